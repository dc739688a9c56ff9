import { expect, it } from 'vitest';
import { spanCsv } from '../../../src/shared/exports/span-csv.js';
import { speedscopeFile } from '../../../src/shared/exports/speedscope.js';
import { traceEvents } from '../../../src/shared/exports/trace-events.js';
import type { RunRecord } from '../../../src/shared/run-record.js';
import { encodeSpans, type Span } from '../../../src/shared/spans.js';
import { recordOf } from '../../fixtures/records.js';

const LANES = 4;
const TASKS_A_LANE = 5000;

/** A record whose lanes each have many tasks, with a compute span in each. */
function longRecord(): RunRecord {
  const spans = Array.from({ length: LANES }, (_, lane) =>
    Array.from({ length: TASKS_A_LANE }, (__, index): Span[] => {
      const times = { startNs: index * 1000, endNs: index * 1000 + 900 };
      const task = lane * TASKS_A_LANE + index;
      return [
        { lane, kind: 'compute', task, ...times },
        { lane, kind: 'task', task, ...times },
      ];
    }).flat(),
  );
  const record = recordOf({
    parameters: { matrices: LANES * TASKS_A_LANE, threads: LANES, scheduler: 'static' },
    walls: [TASKS_A_LANE * 1000],
  });
  const batches = spans.map(encodeSpans);
  return { ...record, repeats: record.repeats.map((repeat) => ({ ...repeat, spans: batches })) };
}

it.each([
  ['span CSV', spanCsv],
  ['trace', traceEvents],
  ['speedscope', speedscopeFile],
])('%s comes lane by lane as it is asked for, in pieces of about 64 KiB', (_, write) => {
  const record = longRecord();
  const [repeat] = record.repeats;
  if (repeat === undefined) throw new Error('the record has a repeat');
  const text = write([record]);
  const first = text.next();
  expect(first.done).toBe(false);
  // What is changed once the first piece is out shows in the later ones: they were not made yet.
  for (const words of repeat.spans.slice(1)) words.fill(7, 0, 2);
  const pieces = [...text];
  const unchanged = [...write([longRecord()])].slice(1);
  expect(pieces.length).toBeGreaterThan(10);
  expect(pieces).not.toEqual(unchanged);
  for (const piece of [first.value as string, ...pieces]) expect(piece.length).toBeLessThan(66_000);
});
