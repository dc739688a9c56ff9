import * as v from 'valibot';
import {
  HistorySchema,
  STREAM_PORT_MESSAGE,
  StreamMessageSchema,
  type Acknowledgement,
  type Bridge,
  type StreamMessage,
} from '../../ipc/index.js';

/** What takes the stream's messages in, one after the other. */
export interface StreamReader {
  /** A stream begins, and says what became of all runs so far. */
  readonly begin: (history: readonly StreamMessage[]) => void;
  readonly receive: (message: StreamMessage) => void;
  /** A message that is none of the contract's. */
  readonly refuse: (reason: string) => void;
}

/** Listens for the stream's port, then asks for it. A port that comes later takes its place. */
export function openStream(bridge: Bridge, reader: StreamReader): void {
  let close: () => void = () => undefined;
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== STREAM_PORT_MESSAGE || port === undefined) return;
    close();
    close = readPort(port, reader);
  });
  bridge.openStream();
}

/** What comes through a port. */
const PortSchema = v.variant('type', [HistorySchema, StreamMessageSchema]);

/**
 * Reads a port's messages; spans are acknowledged once they have been taken in. Returns what closes
 * the port, of which nothing is read from then on.
 */
export function readPort(port: MessagePort, reader: StreamReader): () => void {
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const result = v.safeParse(PortSchema, data);
    if (!result.success) {
      reader.refuse(v.summarize(result.issues));
      return;
    }
    const message = result.output;
    if (message.type === 'history') {
      reader.begin(message.messages);
      return;
    }
    reader.receive(message);
    if (message.type === 'spans') {
      port.postMessage({ type: 'ack', sequence: message.sequence } satisfies Acknowledgement);
    }
  };
  return () => {
    port.onmessage = null;
    port.close();
  };
}
