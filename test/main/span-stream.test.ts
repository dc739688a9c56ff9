import { describe, expect, it } from 'vitest';
import { SpanStream, type StreamPort } from '../../src/main/span-stream.js';
import { BATCH_BYTES, BATCHES_IN_FLIGHT, type StreamMessage } from '../../src/shared/contract.js';
import { SPAN_WORDS } from '../../src/shared/spans.js';

/** A port that keeps what was posted and lets a test answer. */
class FakePort implements StreamPort {
  readonly posted: StreamMessage[] = [];
  closed = false;
  #listener: (event: { data: unknown }) => void = () => undefined;

  postMessage(message: StreamMessage): void {
    this.posted.push(message);
  }

  on(_event: 'message', listener: (event: { data: unknown }) => void): void {
    this.#listener = listener;
  }

  start(): void {
    // Nothing waits before the port is started in this fake.
  }

  close(): void {
    this.closed = true;
  }

  acknowledge(sequence: number): void {
    this.#listener({ data: { type: 'ack', sequence } });
  }

  batches() {
    return this.posted.filter((message) => message.type === 'spans');
  }
}

function connected() {
  const stream = new SpanStream();
  const port = new FakePort();
  stream.connect(port);
  return { stream, port };
}

function wordsOf(spans: number, first = 0): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: spans * SPAN_WORDS }, (_, index) => first + index);
}

describe('the span stream', () => {
  it('has no more batches in flight than agreed, and goes on as they are acknowledged', () => {
    const { stream, port } = connected();
    const full = wordsOf(Math.floor(BATCH_BYTES / 24));
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, full);
    expect(port.batches()).toHaveLength(BATCHES_IN_FLIGHT);
    port.acknowledge(1);
    expect(port.batches()).toHaveLength(BATCHES_IN_FLIGHT + 1);
    port.acknowledge(5);
    expect(port.batches().map((batch) => batch.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps the order of all messages', () => {
    const { stream, port } = connected();
    const full = wordsOf(Math.floor(BATCH_BYTES / 24));
    for (let batch = 0; batch < 5; batch += 1) stream.sendSpans(1, full);
    stream.send({ type: 'timelineEnd', run: 1, repeat: 0, wallNs: 5, dropped: 0 });
    expect(port.posted.at(-1)?.type).toBe('spans');
    port.acknowledge(4);
    expect(port.posted.at(-1)?.type).toBe('timelineEnd');
  });

  it('joins small batches that wait, and loses no span', () => {
    const { stream, port } = connected();
    const sent: number[] = [];
    for (let batch = 0; batch < 20; batch += 1) {
      const words = wordsOf(2, batch * 100);
      sent.push(...words);
      stream.sendSpans(1, words);
    }
    expect(port.batches()).toHaveLength(BATCHES_IN_FLIGHT);
    port.acknowledge(4);
    expect(port.batches()).toHaveLength(BATCHES_IN_FLIGHT + 1);
    expect(port.batches().flatMap((batch) => [...batch.words])).toEqual(sent);
  });

  it('splits a large batch into agreed sizes', () => {
    const { stream, port } = connected();
    stream.sendSpans(1, wordsOf(100_000));
    for (const batch of port.batches()) {
      expect(batch.words.byteLength).toBeLessThanOrEqual(BATCH_BYTES);
      expect(batch.words.buffer.byteLength).toBe(batch.words.byteLength);
    }
    expect(port.batches().reduce((sum, batch) => sum + batch.words.length, 0)).toBe(300_000);
  });

  it('leaves out news while older messages wait', () => {
    const { stream, port } = connected();
    const progress = { phase: 'repeating', repeat: 0, repeats: 1, tasksDone: 0, tasks: 1 } as const;
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, wordsOf(40_000));
    stream.sendIfIdle({ type: 'progress', run: 1, progress });
    port.acknowledge(4);
    port.acknowledge(6);
    expect(port.posted.map((message) => message.type)).not.toContain('progress');
    stream.sendIfIdle({ type: 'progress', run: 1, progress });
    expect(port.posted.at(-1)?.type).toBe('progress');
  });

  it('starts afresh with a new port', () => {
    const { stream, port } = connected();
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, wordsOf(40_000));
    const next = new FakePort();
    stream.connect(next);
    expect(port.closed).toBe(true);
    expect(next.posted).toEqual([]);
    stream.sendSpans(2, wordsOf(1));
    expect(next.batches().map((batch) => batch.run)).toEqual([2]);
  });
});
