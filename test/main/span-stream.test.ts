import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SpanStream, type StreamPort } from '../../src/main/span-stream.js';
import { BATCH_BYTES, BATCHES_IN_FLIGHT, type StreamMessage } from '../../src/shared/contract.js';
import { SPAN_WORDS } from '../../src/shared/spans.js';

/** Spans of a full batch. */
const BATCH_SPANS = Math.floor(BATCH_BYTES / (8 * SPAN_WORDS));

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
    const full = wordsOf(BATCH_SPANS);
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, full);
    expect(port.batches()).toHaveLength(BATCHES_IN_FLIGHT);
    port.acknowledge(1);
    expect(port.batches()).toHaveLength(BATCHES_IN_FLIGHT + 1);
    port.acknowledge(5);
    expect(port.batches().map((batch) => batch.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps the order of all messages', () => {
    const { stream, port } = connected();
    const full = wordsOf(BATCH_SPANS);
    for (let batch = 0; batch < 5; batch += 1) stream.sendSpans(1, full);
    stream.send({
      type: 'timelineEnd',
      run: 1,
      repeat: 0,
      wallNs: 5,
      keptUntilNs: null,
      dropped: 0,
    });
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
    stream.sendSpans(1, wordsOf(2 * BATCH_SPANS + 17));
    for (const batch of port.batches()) {
      expect(batch.words.byteLength).toBeLessThanOrEqual(BATCH_BYTES);
      expect(batch.words.buffer.byteLength).toBe(batch.words.byteLength);
    }
    expect(port.batches().reduce((sum, batch) => sum + batch.words.length, 0)).toBe(
      (2 * BATCH_SPANS + 17) * SPAN_WORDS,
    );
  });

  it('sends the latest news alone, after what waits', () => {
    const { stream, port } = connected();
    const progress = { phase: 'repeating', repeat: 0, repeats: 1, tasksDone: 0, tasks: 1 } as const;
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, wordsOf(BATCH_SPANS));
    stream.sendNews({ type: 'progress', run: 1, progress });
    stream.sendNews({ type: 'progress', run: 1, progress: { ...progress, tasksDone: 1 } });
    expect(port.posted.map((message) => message.type)).not.toContain('progress');
    port.acknowledge(4);
    port.acknowledge(6);
    expect(port.posted.filter((message) => message.type === 'progress')).toHaveLength(1);
    expect(port.posted.at(-1)).toMatchObject({ progress: { tasksDone: 1 } });
  });

  it('starts afresh with a new port', () => {
    const { stream, port } = connected();
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, wordsOf(BATCH_SPANS));
    const next = new FakePort();
    stream.connect(next);
    expect(port.closed).toBe(true);
    expect(next.posted).toEqual([]);
    stream.sendSpans(2, wordsOf(1));
    expect(next.batches().map((batch) => batch.run)).toEqual([2]);
  });

  describe('with a pace', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('sends the first spans at once, and then what has come together with each beat', () => {
      const { stream, port } = connected();
      stream.setPace(500);
      stream.sendNews({ type: 'progress', run: 1, progress: PROGRESS });
      stream.sendNews({ type: 'progress', run: 1, progress: PROGRESS });
      stream.sendSpans(1, wordsOf(10));
      expect(port.posted.map(({ type }) => type)).toEqual(['progress', 'spans', 'progress']);
      for (let drain = 0; drain < 12; drain += 1) {
        stream.sendSpans(1, wordsOf(10));
        stream.sendNews({ type: 'progress', run: 1, progress: { ...PROGRESS, tasksDone: drain } });
        vi.advanceTimersByTime(33);
      }
      expect(port.posted).toHaveLength(3);
      vi.advanceTimersByTime(500 - 12 * 33);
      expect(port.posted.slice(3).map(({ type }) => type)).toEqual(['spans', 'progress']);
      expect(port.batches()[1]?.words).toHaveLength(12 * 10 * SPAN_WORDS);
      expect(port.posted.at(-1)).toMatchObject({ progress: { tasksDone: 11 } });
      vi.advanceTimersByTime(5000);
      expect(port.posted).toHaveLength(5);
    });

    it('sends the news of a beat even where its spans have to wait for the window', () => {
      const { stream, port } = connected();
      stream.setPace(500);
      stream.sendSpans(1, wordsOf(1));
      for (let batch = 0; batch < BATCHES_IN_FLIGHT + 2; batch += 1) {
        stream.sendSpans(1, wordsOf(BATCH_SPANS));
      }
      stream.sendNews({ type: 'progress', run: 1, progress: PROGRESS });
      vi.advanceTimersByTime(500);
      expect(port.posted.at(-1)?.type).toBe('spans');
      port.acknowledge(BATCHES_IN_FLIGHT);
      expect(port.posted.at(-1)?.type).toBe('progress');
    });

    it('holds nothing back that a command brings about, nor once the pace is over', () => {
      const { stream, port } = connected();
      stream.setPace(500);
      stream.sendSpans(1, wordsOf(1));
      stream.sendSpans(1, wordsOf(1));
      stream.sendInPace({
        type: 'timelineEnd',
        run: 1,
        repeat: 0,
        wallNs: 1,
        keptUntilNs: null,
        dropped: 0,
      });
      expect(port.posted).toHaveLength(1);
      stream.send({ type: 'timeline', run: 1, repeat: 0, lanes: 1, warmup: false });
      const types = ['spans', 'spans', 'timelineEnd', 'timeline'];
      expect(port.posted.map(({ type }) => type)).toEqual(types);
      stream.sendSpans(1, wordsOf(1));
      stream.setPace(0);
      expect(port.posted).toHaveLength(5);
    });
  });
});

const PROGRESS = {
  phase: 'repeating',
  repeat: 0,
  repeats: 1,
  tasksDone: 0,
  tasks: 1,
} as const;
