import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  RING_HEADER_BYTES,
  SpanRingReader,
  SpanRingWriter,
  type RingPlace,
} from '../../src/memory/span-ring.js';
import { KIND_CODE, SPAN_BYTES, decodeSpans } from '../../src/recording/spans.js';

const CAPACITY = 8;
const LANE = 3;

/** A ring in memory of its own, its counters standing at `start`, some bytes from address 0. */
function newRing(start = 0) {
  const place: RingPlace = { header: 64, records: 64 + RING_HEADER_BYTES, capacity: CAPACITY };
  const buffer = new SharedArrayBuffer(place.records + CAPACITY * SPAN_BYTES);
  const header = new Int32Array(buffer, place.header, RING_HEADER_BYTES / 4);
  header[0] = start;
  header[16] = start;
  return {
    writer: new SpanRingWriter(buffer, place, LANE),
    reader: new SpanRingReader(buffer, place),
  };
}

function push(writer: SpanRingWriter, task: number): void {
  write(writer, task);
  writer.publish();
}

/** Writes a span that is not published. */
function write(writer: SpanRingWriter, task: number): void {
  writer.push(KIND_CODE.compute, task, task * 10, task * 10 + 5);
}

function tasksIn(pieces: readonly Float64Array[]): number[] {
  return pieces.flatMap((words) => [...decodeSpans(words)].map(({ task }) => task));
}

describe('the ring', () => {
  it('is empty at first', () => {
    expect(newRing().reader.read()).toEqual([]);
  });

  it('gives back what was written, once', () => {
    const { writer, reader } = newRing();
    push(writer, 7);
    expect([...decodeSpans(reader.read()[0] ?? new Float64Array())]).toEqual([
      { lane: LANE, kind: 'compute', task: 7, startNs: 70, endNs: 75 },
    ]);
    expect(reader.read()).toEqual([]);
  });

  it('gives what has been published', () => {
    const { writer, reader } = newRing();
    write(writer, 1);
    write(writer, 2);
    expect(reader.read()).toEqual([]);
    writer.publish();
    expect(tasksIn(reader.read())).toEqual([1, 2]);
  });

  it('counts what finds it full, and keeps what it has', () => {
    const { writer, reader } = newRing();
    for (let task = 0; task < CAPACITY + 3; task += 1) push(writer, task);
    expect(reader.dropped).toBe(3);
    expect(tasksIn(reader.read())).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    push(writer, 99);
    expect(tasksIn(reader.read())).toEqual([99]);
  });

  it('forgets what is in it and what was dropped when it is reset', () => {
    const { writer, reader } = newRing();
    for (let task = 0; task < CAPACITY + 3; task += 1) push(writer, task);
    reader.reset();
    expect(reader.dropped).toBe(0);
    push(writer, 50);
    expect(tasksIn(reader.read())).toEqual([50]);
  });

  it('gives a copy, which later spans do not change', () => {
    const { writer, reader } = newRing();
    push(writer, 1);
    const pieces = reader.read();
    for (let task = 10; task < 10 + CAPACITY; task += 1) push(writer, task);
    expect(tasksIn(pieces)).toEqual([1]);
  });

  it('is taken up by a new writer where the last one left it', () => {
    const place: RingPlace = { header: 0, records: RING_HEADER_BYTES, capacity: CAPACITY };
    const buffer = new SharedArrayBuffer(place.records + CAPACITY * SPAN_BYTES);
    push(new SpanRingWriter(buffer, place, 0), 1);
    push(new SpanRingWriter(buffer, place, 0), 2);
    expect(tasksIn(new SpanRingReader(buffer, place).read())).toEqual([1, 2]);
  });

  it.each([
    ['0', 0],
    ['2^31', 2 ** 31 - 5],
    ['2^32', -5],
  ])('goes on where its counters pass %s, full or not', (_, start) => {
    const { writer, reader } = newRing(start);
    for (let round = 0; round < 5; round += 1) {
      const tasks = Array.from({ length: CAPACITY }, (_, index) => round * 100 + index);
      for (const task of tasks) push(writer, task);
      push(writer, 9999);
      expect(tasksIn(reader.read())).toEqual(tasks);
      expect(reader.dropped).toBe(round + 1);
    }
  });

  it('does as a queue of bounded length does', () => {
    const step = fc.oneof(
      fc.constantFrom('read' as const, 'publish' as const),
      fc.integer({ min: 1, max: 12 }),
    );
    const start = fc.constantFrom(0, 3, 2 ** 31 - 4, -4);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), start, (steps, from) => {
        const { writer, reader } = newRing(from);
        const queue: number[] = [];
        const unpublished: number[] = [];
        let dropped = 0;
        let task = 0;
        for (const action of steps) {
          if (action === 'read') {
            expect(tasksIn(reader.read())).toEqual(queue.splice(0));
            continue;
          }
          if (action === 'publish') {
            writer.publish();
            queue.push(...unpublished.splice(0));
            continue;
          }
          for (let count = 0; count < action; count += 1) {
            write(writer, task);
            if (queue.length + unpublished.length < CAPACITY) unpublished.push(task);
            else {
              dropped += 1;
              // What fills the ring is published, so that the reader can make room.
              queue.push(...unpublished.splice(0));
            }
            task += 1;
          }
        }
        expect(reader.dropped).toBe(dropped);
        expect(tasksIn(reader.read())).toEqual(queue);
      }),
    );
  });
});
