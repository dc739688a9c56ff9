import * as v from 'valibot';
import {
  STREAM_PORT_MESSAGE,
  StreamMessageSchema,
  type Acknowledgement,
  type Bridge,
  type StreamMessage,
} from '../../ipc/index.js';

/** What takes the stream's messages in, one after the other. */
export interface StreamReader {
  readonly receive: (message: StreamMessage) => void;
  /** A message that is none of the contract's. */
  readonly refuse: (reason: string) => void;
}

/** Listens for the stream's port, then asks for it. */
export function openStream(bridge: Bridge, reader: StreamReader): void {
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== STREAM_PORT_MESSAGE || port === undefined) return;
    readPort(port, reader);
  });
  bridge.openStream();
}

/** Reads a port's messages; spans are acknowledged once they have been taken in. */
export function readPort(port: MessagePort, reader: StreamReader): void {
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const result = v.safeParse(StreamMessageSchema, data);
    if (!result.success) {
      reader.refuse(v.summarize(result.issues));
      return;
    }
    const message = result.output;
    reader.receive(message);
    if (message.type === 'spans') {
      port.postMessage({ type: 'ack', sequence: message.sequence } satisfies Acknowledgement);
    }
  };
}
