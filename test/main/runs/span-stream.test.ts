import { NO_INTERRUPTIONS } from '../../../src/recording/interruptions.js';
import { describe, expect, it } from 'vitest';
import { SpanStream, type StreamPort } from '../../../src/main/runs/span-stream.js';
import {
  BATCH_BYTES,
  BATCHES_IN_FLIGHT,
  type History,
  type StreamMessage,
} from '../../../src/ipc/index.js';
import { SPAN_WORDS } from '../../../src/recording/spans.js';
import { CROWDED } from '../../fixtures/paces.js';

/** Spans of a full batch. */
const BATCH_SPANS = Math.floor(BATCH_BYTES / (8 * SPAN_WORDS));

/** A port that keeps what was posted and lets a test answer. */
class FakePort implements StreamPort {
  /** What it was told first, and all that came after. */
  readonly histories: History[] = [];
  readonly posted: StreamMessage[] = [];
  closed = false;
  #listener: (event: { data: unknown }) => void = () => undefined;

  postMessage(message: StreamMessage | History): void {
    if (message.type === 'history') this.histories.push(message);
    else this.posted.push(message);
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
  stream.connect(port, []);
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
      interruptions: NO_INTERRUPTIONS,
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

  it('sends news although spans wait, and the latest alone once something is acknowledged', () => {
    const { stream, port } = connected();
    const news = () => port.posted.filter((message) => message.type === 'progress');
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, wordsOf(BATCH_SPANS));
    for (let tasksDone = 0; tasksDone < 3; tasksDone += 1) {
      stream.sendNews(progressed(tasksDone));
    }
    expect(news()).toMatchObject([{ progress: { tasksDone: 0 } }]);
    port.acknowledge(1);
    expect(news()).toMatchObject([{ progress: { tasksDone: 0 } }, { progress: { tasksDone: 2 } }]);
  });

  it('is never without news while spans come faster than they are taken in', () => {
    const { stream, port } = connected();
    for (let drain = 0; drain < 30; drain += 1) {
      stream.sendSpans(1, wordsOf(3 * BATCH_SPANS));
      stream.sendNews(progressed(drain));
      port.acknowledge(drain + 1);
    }
    expect(port.posted.filter((message) => message.type === 'progress').length).toBeGreaterThan(28);
  });

  it('has no news of what a command has ended', () => {
    const { stream, port } = connected();
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, wordsOf(BATCH_SPANS));
    stream.sendNews(progressed(0));
    stream.sendNews(progressed(0));
    stream.send({ type: 'spansEvicted', run: 1 });
    port.acknowledge(6);
    expect(port.posted.filter((message) => message.type === 'progress')).toHaveLength(1);
  });

  it('starts afresh with a new port', () => {
    const { stream, port } = connected();
    for (let batch = 0; batch < 6; batch += 1) stream.sendSpans(1, wordsOf(BATCH_SPANS));
    const next = new FakePort();
    const messages: StreamMessage[] = [{ type: 'spansEvicted', run: 1 }];
    stream.connect(next, messages);
    expect(port.closed).toBe(true);
    expect(next.histories).toEqual([{ type: 'history', messages }]);
    expect(next.posted).toEqual([]);
    stream.sendSpans(2, wordsOf(1));
    expect(next.batches().map((batch) => batch.run)).toEqual([2]);
  });

  it('announces to the page that there is, or to the next one, once', () => {
    const { stream, port } = connected();
    const message = { type: 'failed', failure: { message: 'lost' } } as const;
    stream.announce(message);
    expect(port.posted).toEqual([message]);
    stream.disconnect();
    stream.announce(message);
    const [next, last] = [new FakePort(), new FakePort()];
    stream.connect(next, []);
    stream.connect(last, []);
    expect([next.posted, last.posted]).toEqual([[message], []]);
  });

  it('minds no acknowledgement that is late, came before, or is of another port’s batches', () => {
    const { stream, port } = connected();
    const full = wordsOf(BATCH_SPANS);
    for (let batch = 0; batch < 12; batch += 1) stream.sendSpans(1, full);
    for (const sequence of [3, 1, 2, 3, 0]) port.acknowledge(sequence);
    expect(port.batches()).toHaveLength(3 + BATCHES_IN_FLIGHT);
    const next = new FakePort();
    stream.connect(next, []);
    for (let batch = 0; batch < 12; batch += 1) stream.sendSpans(2, full);
    next.acknowledge(7);
    port.acknowledge(9);
    expect(next.batches()).toHaveLength(BATCHES_IN_FLIGHT);
  });

  describe('with a pace', () => {
    /** A stream with a pace, and one pulse of a run: a drain, and news of it. */
    function paced() {
      let nowMs = 0;
      const stream = new SpanStream(() => nowMs);
      const port = new FakePort();
      stream.connect(port, []);
      stream.setPace(CROWDED);
      let pulses = 0;
      const pulse = () => {
        stream.sendSpans(1, wordsOf(10));
        stream.sendNews(progressed(pulses));
        port.acknowledge(port.batches().length);
        pulses += 1;
        nowMs += 33;
      };
      const types = () => port.posted.map(({ type }) => type);
      return { stream, port, pulse, types };
    }

    it('sends the first spans at once, and then news of them', () => {
      const { stream, pulse, types } = paced();
      stream.sendNews(progressed(0));
      stream.sendNews(progressed(0));
      expect(types()).toEqual(['progress']);
      pulse();
      expect(types()).toEqual(['progress', 'spans']);
      pulse();
      expect(types()).toEqual(['progress', 'spans', 'progress']);
    });

    it('sends spans with each beat, together and as new as can be, and news seldom between', () => {
      const { port, pulse, types } = paced();
      for (let count = 0; count < 17; count += 1) pulse();
      const beat = Array.from({ length: 8 }, () => 'spans');
      expect(types()).toEqual(['spans', 'progress', ...beat]);
      expect(port.batches().map(({ words }) => words.length / SPAN_WORDS)).toEqual([
        10,
        ...beat.map(() => 20),
      ]);
      pulse();
      expect(types().slice(10)).toEqual(['progress']);
      expect(port.posted.at(-1)).toMatchObject({ progress: { tasksDone: 17 } });
    });

    it('sends news beside spans where those go out with every pulse', () => {
      const { stream, pulse, types } = paced();
      stream.setPace({ ...CROWDED, beatMs: 25, newsMs: 250 });
      for (let count = 0; count < 3; count += 1) pulse();
      expect(types()).toEqual(['spans', 'spans', 'progress', 'spans']);
    });

    it('goes on in a new pace from where it is', () => {
      const { stream, pulse, types } = paced();
      pulse();
      pulse();
      stream.setPace({ ...CROWDED, beatMs: 90, newsMs: 90 });
      pulse();
      expect(types()).toEqual(['spans', 'progress']);
      pulse();
      expect(types()).toEqual(['spans', 'progress', 'spans']);
      pulse();
      expect(types()).toEqual(['spans', 'progress', 'spans', 'progress']);
    });

    it('leaves out what is over before it would be seen', () => {
      const { stream, port, pulse, types } = paced();
      const repeatOf = (repeat: number) => {
        stream.sendInPace({ type: 'timeline', run: 1, repeat, lanes: 1, warmup: false });
        stream.sendSpans(1, wordsOf(10, 100 * repeat));
        const end = { wallNs: 1, keptUntilNs: null, interruptions: NO_INTERRUPTIONS, dropped: 0 };
        stream.sendInPace({ type: 'timelineEnd', run: 1, repeat, ...end });
      };
      for (let count = 0; count < 3; count += 1) pulse();
      const before = types();
      for (const repeat of [1, 2, 3]) repeatOf(repeat);
      expect(types()).toEqual(before);
      stream.setPace(null);
      expect(types().slice(before.length)).toEqual(['timeline', 'spans', 'timelineEnd']);
      expect(port.posted.at(-1)).toMatchObject({ repeat: 3 });
      expect(port.batches().at(-1)?.words).toEqual(wordsOf(10, 300));
    });

    it('sends the beginning of a repeat with what comes of it, and keeps what came of others', () => {
      const { stream, port, pulse, types } = paced();
      for (let count = 0; count < 3; count += 1) pulse();
      const before = types().length;
      stream.sendSpans(2, wordsOf(1));
      pulse();
      // It is time for the next beat.
      stream.sendInPace({ type: 'timeline', run: 1, repeat: 1, lanes: 1, warmup: false });
      expect(types()).toHaveLength(before);
      pulse();
      expect(types().slice(before)).toEqual(['spans', 'timeline', 'spans']);
      expect(
        port
          .batches()
          .slice(-2)
          .map(({ run }) => run),
      ).toEqual([2, 1]);
    });

    it('holds nothing back that a command brings about, nor once the pace is over', () => {
      const { stream, port, types } = paced();
      stream.sendSpans(1, wordsOf(1));
      stream.sendSpans(1, wordsOf(1));
      stream.sendInPace({
        type: 'timelineEnd',
        run: 1,
        repeat: 0,
        wallNs: 1,
        keptUntilNs: null,
        interruptions: NO_INTERRUPTIONS,
        dropped: 0,
      });
      expect(port.posted).toHaveLength(1);
      stream.send({ type: 'timeline', run: 1, repeat: 0, lanes: 1, warmup: false });
      expect(types()).toEqual(['spans', 'spans', 'timelineEnd', 'timeline']);
      stream.sendSpans(1, wordsOf(1));
      stream.setPace(null);
      expect(port.posted).toHaveLength(5);
    });
  });
});

function progressed(tasksDone: number): StreamMessage {
  const progress = { phase: 'repeating', repeat: 0, repeats: 1, tasksDone, tasks: 1 } as const;
  return { type: 'progress', run: 1, progress, pace: CROWDED };
}
