import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { asking } from '../../../src/renderer/app/bridge.js';
import { openStream, readPort } from '../../../src/renderer/app/stream.js';
import {
  STREAM_PORT_MESSAGE,
  type Bridge,
  type History,
  type StreamMessage,
} from '../../../src/ipc/index.js';
import { spans, started } from '../messages.js';

/** A port that keeps what is posted to it. */
function fakePort() {
  const posted: unknown[] = [];
  const port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (message: unknown) => posted.push(message),
    close: () => undefined,
  };
  return {
    port: port as unknown as MessagePort,
    posted,
    send: (data: unknown) => port.onmessage?.({ data }),
  };
}

describe('the stream', () => {
  it('acknowledges spans once they have been taken in, and nothing else', () => {
    const { port, posted, send } = fakePort();
    const seen: { message: StreamMessage; acknowledged: number }[] = [];
    readPort(port, {
      begin: () => expect.unreachable(),
      receive: (message) => seen.push({ message, acknowledged: posted.length }),
      refuse: (reason) => expect.unreachable(reason),
    });
    send(started(1));
    send(spans(1, 8));
    expect(seen.map(({ message, acknowledged }) => [message.type, acknowledged])).toEqual([
      ['started', 0],
      ['spans', 0],
    ]);
    expect(posted).toEqual([{ type: 'ack', sequence: 8 }]);
  });

  it('refuses what is no message of the contract', () => {
    const { port, posted, send } = fakePort();
    const refused: string[] = [];
    readPort(port, {
      begin: () => expect.unreachable(),
      receive: () => expect.unreachable(),
      refuse: (reason) => refused.push(reason),
    });
    send({ type: 'spans', sequence: 1, run: 1, words: new Float64Array(4) });
    send('hello');
    expect(refused).toHaveLength(2);
    expect(posted).toEqual([]);
  });

  it('is read from the newest port alone, which begins with what there was', () => {
    const window = new EventTarget();
    vi.stubGlobal('window', window);
    onTestFinished(() => {
      vi.unstubAllGlobals();
    });
    const read: string[] = [];
    openStream({ openStream: () => undefined } as unknown as Bridge, {
      begin: (history) => read.push(`history of ${history.length}`),
      receive: ({ type }) => read.push(type),
      refuse: (reason) => expect.unreachable(reason),
    });
    const handOver = (port: MessagePort) => {
      const facts = { data: STREAM_PORT_MESSAGE, ports: [port], source: window };
      window.dispatchEvent(Object.assign(new Event('message'), facts));
    };
    const [first, second] = [fakePort(), fakePort()];
    handOver(first.port);
    first.send({ type: 'history', messages: [] } satisfies History);
    first.send(started(1));
    handOver(second.port);
    first.send(started(2));
    second.send({ type: 'history', messages: [started(1), started(2)] } satisfies History);
    expect(read).toEqual(['history of 0', 'started', 'history of 2']);
  });
});

describe('asking', () => {
  const bridge = (startRun: () => unknown) => asking({ startRun } as unknown as Bridge);

  it('hands on answers of the contract', async () => {
    const ask = bridge(() => Promise.resolve({ ok: true, value: 3 }));
    expect(await ask('startRun', {} as never)).toEqual({ ok: true, value: 3 });
  });

  it.each([
    ['an answer of another shape', () => Promise.resolve({ ok: true, value: 'three' })],
    ['a bridge that throws', () => Promise.reject(new Error('gone'))],
  ])('makes a failure of %s', async (_, answer) => {
    const result = await bridge(answer)('startRun', {} as never);
    expect(result).toMatchObject({ ok: false });
  });
});
