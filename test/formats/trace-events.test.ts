import type { ExperimentRecording } from '../../src/experiment/recording.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceEvents } from '../../src/formats/trace-events.js';
import { anyNestedRecord, recordWith } from '../fixtures/nested-records.js';
import { span } from '../fixtures/timelines.js';
import {
  eventsOf,
  expectPerfettoTakesAll,
  readTrace,
  spansInTrace,
  threadNames,
} from '../fixtures/trace-files.js';

const PID = 1000;

function traceOf(...records: ExperimentRecording[]) {
  return readTrace([...traceEvents(records)].join(''));
}

/** Two lanes that take turns with the lock. */
const held = recordWith(2, [
  [
    span(0, 'compute', 0, 1500, 0),
    span(0, 'hold', 0, 1500, 0),
    span(0, 'task', 0, 1500, 0),
    span(0, 'compute', 2000, 3001, 2),
    span(0, 'hold', 2000, 3001, 2),
    span(0, 'task', 1500, 3001, 2),
    span(1, 'wait', 0, 1499, 1),
    span(1, 'hold', 1499, 2000, 1),
    span(1, 'task', 0, 2000, 1),
  ],
]);

describe('the trace', () => {
  it('has every span of every lane, and nothing that Perfetto would drop', () => {
    fc.assert(
      fc.property(anyNestedRecord, ({ record, lanes }) => {
        const events = traceOf(record);
        expectPerfettoTakesAll(events);
        lanes.forEach((spans, lane) => {
          const expected = spans.map(({ kind, task, startNs, endNs }) => ({
            lane,
            kind,
            task,
            startNs,
            endNs,
          }));
          expect(spansInTrace(events, PID, lane)).toEqual(expected);
        });
      }),
    );
  });

  it('has times that add up in floating point and are exact when rounded', () => {
    const anyTime = fc.integer({ min: 0, max: 8e12 });
    fc.assert(
      fc.property(anyTime, anyTime, anyTime, (...times) => {
        const [a, b, c] = times.sort((one, other) => one - other);
        const spans = [span(0, 'hold', a, b), span(0, 'compute', b, c), span(0, 'task', a, c)];
        const events = eventsOf(traceOf(recordWith(1, [spans])), PID, 'lane 0');
        const [task, hold, compute] = ['task', 'hold', 'compute'].map((kind) =>
          events.find(({ name }) => name === kind),
        );
        const end = (event: typeof task) => (event?.ts ?? NaN) + (event?.dur ?? NaN);
        expect(end(compute)).toBe(end(task));
        expect(end(hold)).toBe(compute?.ts);
        expect(Math.round((task?.dur ?? NaN) * 1000)).toBe(c - a);
      }),
    );
  });

  it('names processes, lanes and the lock, and orders them', () => {
    const events = traceOf(held);
    const processes = events.filter(({ name }) => name === 'process_name');
    expect(processes.map(({ pid, args }) => [pid, args?.name])).toEqual([
      [PID, 'run 1 (static/none), repeat 0'],
    ]);
    expect([...threadNames(events, PID)]).toEqual([
      [1, 'lane 0'],
      [2, 'lane 1'],
      [3, 'lock'],
    ]);
    expect(events.filter(({ name }) => name === 'thread_sort_index')).toHaveLength(3);
  });

  it('shows the holder of the lock over time, one at a time', () => {
    const lock = eventsOf(traceOf(held), PID, 'lock');
    const times = lock.map(({ name, ts = NaN, dur = NaN }) => [
      name,
      Math.round(ts * 1000),
      Math.round((ts + dur) * 1000),
    ]);
    // The clocks of the lanes disagree by a nanosecond, which the second hold gives way for.
    expect(times).toEqual([
      ['lane 0', 0, 1500],
      ['lane 1', 1500, 2000],
      ['lane 0', 2000, 3001],
    ]);
    expectPerfettoTakesAll(traceOf(held));
  });

  it('has no track of a lock where there is none, or one for each object', () => {
    const none = recordWith(1, [[span(0, 'compute', 0, 9), span(0, 'task', 0, 9)]]);
    const held = recordWith(2, [[span(0, 'hold', 0, 9000), span(1, 'hold', 0, 9000)]]);
    const many = { ...held, description: { ...held.description, locks: 'each' as const } };
    for (const record of [none, many]) {
      expect([...threadNames(traceOf(record), PID).values()]).not.toContain('lock');
    }
  });

  it('has a process for each repeat of each run', () => {
    const repeats = [...held.repeats, ...held.repeats];
    const events = traceOf({ ...held, repeats }, { ...held, number: 2 });
    expect([...new Set(events.map(({ pid }) => pid))]).toEqual([1000, 1001, 2000]);
    for (const pid of [1001, 2000]) {
      expect(spansInTrace(events, pid, 1)).toEqual(spansInTrace(events, PID, 1));
    }
  });

  it('gives what is alike one name and no arguments', () => {
    const events = traceOf(held).filter(({ ph }) => ph === 'X');
    expect(events.every(({ args }) => args === undefined)).toBe(true);
    const names = new Set(events.map(({ name }) => name));
    expect([...names].sort()).toEqual(['compute', 'hold', 'lane 0', 'lane 1', 'task', 'wait']);
  });
});
