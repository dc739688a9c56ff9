import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { expect, it } from 'vitest';
import { collectGarbage } from '../../src/engine/garbage.js';
import { spanCsv } from '../../src/formats/span-csv.js';
import { speedscopeFile } from '../../src/formats/speedscope.js';
import { taskCsv } from '../../src/formats/task-csv.js';
import { traceEvents } from '../../src/formats/trace-events.js';
import { encodeSpans, type Span } from '../../src/recording/spans.js';
import { recordOf } from '../fixtures/records.js';

const LANES = 4;

/** A record whose lanes each have many tasks, with a compute span in each. */
function longRecord(tasksOfLane: number): ExperimentRecording {
  const spans = Array.from({ length: LANES }, (_, lane) =>
    Array.from({ length: tasksOfLane }, (__, index): Span[] => {
      const times = { startNs: index * 1000, endNs: index * 1000 + 900 };
      const task = lane * tasksOfLane + index;
      return [
        { lane, kind: 'compute', task, ...times },
        { lane, kind: 'task', task, ...times },
      ];
    }).flat(),
  );
  const record = recordOf({
    parameters: { matrices: LANES * tasksOfLane, threads: LANES, scheduler: 'static' },
    walls: [tasksOfLane * 1000],
  });
  const batches = spans.map(encodeSpans);
  return { ...record, repeats: record.repeats.map((repeat) => ({ ...repeat, spans: batches })) };
}

it.each([
  ['span CSV', spanCsv],
  ['trace', traceEvents],
  ['speedscope', speedscopeFile],
])('%s comes lane by lane as it is asked for, in pieces of about 64 KiB', (_, write) => {
  const record = longRecord(5000);
  const [repeat] = record.repeats;
  if (repeat === undefined) throw new Error('the record has a repeat');
  const text = write([record]);
  const first = text.next();
  expect(first.done).toBe(false);
  // What is changed once the first piece is out shows in the later ones: they were not made yet.
  for (const words of repeat.spans.slice(1)) words.fill(7, 0, 2);
  const pieces = [...text];
  const unchanged = [...write([longRecord(5000)])].slice(1);
  expect(pieces.length).toBeGreaterThan(10);
  expect(pieces).not.toEqual(unchanged);
  for (const piece of [first.value as string, ...pieces]) expect(piece.length).toBeLessThan(66_000);
});

/** Live objects and texts on the heap, in bytes. */
function liveBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Looks at the heap in a text of so many pieces, evenly spread. */
const LOOKS = 8;

it.each([
  ['task CSV', taskCsv],
  ['span CSV', spanCsv],
  ['trace', traceEvents],
  ['speedscope', speedscopeFile],
])('%s is let go of piece by piece: memory does not grow with the text', (_, write) => {
  const record = longRecord(20_000);
  let pieces = 0;
  for (const piece of write([record])) pieces += Math.sign(piece.length);
  const between = Math.floor(pieces / LOOKS);
  const before = liveBytes();
  let written = 0;
  let looks = 0;
  let most = 0;
  let number = 0;
  for (const piece of write([record])) {
    written += piece.length;
    number += 1;
    if (number % between !== 0) continue;
    looks += 1;
    most = Math.max(most, liveBytes() - before);
  }
  expect(looks).toBeGreaterThanOrEqual(LOOKS);
  expect(most).toBeLessThan(written / 4);
});
