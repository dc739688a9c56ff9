import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffOf, type DiffRow } from '../../src/experiment/diff.js';
import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { recordOf, type RecordChanges } from '../fixtures/records.js';

function rowOf(base: ExperimentRecording, other: ExperimentRecording): DiffRow {
  const [row] = diffOf([base], [other]).rows;
  if (row === undefined) throw new Error('there is no row');
  return row;
}

const anyWalls = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 9 });

/** A recording of the same 12 tasks on any lanes, with any waiting, and queues or none. */
const anyRecording = fc
  .record({
    walls: anyWalls,
    threads: fc.integer({ min: 1, max: 8 }),
    scheduler: fc.constantFrom('serial' as const, 'static' as const),
    waitNs: fc.integer({ min: 0, max: 100 }),
    queuedShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ walls, threads, scheduler, waitNs, queuedShare }) => {
    const lanes = scheduler === 'serial' ? 1 : threads;
    const queuedShares =
      queuedShare === null ? null : Array.from({ length: lanes }, () => queuedShare);
    const interruptions = { queuedShares };
    return recordOf({ walls, waitNs, parameters: { threads, scheduler }, interruptions });
  });

describe('the ratio of two recordings', () => {
  it('is the product of its parts, and the inverse of that the other way round', () => {
    fc.assert(
      fc.property(anyRecording, anyRecording, (base, other) => {
        const { ratio, parts } = rowOf(base, other);
        expect(parts.coreSpeed * parts.efficiency * parts.lanes).toBeCloseTo(
          ratio,
          9 - digits(ratio),
        );
        const back = rowOf(other, base);
        expect(back.ratio * ratio).toBeCloseTo(1, 9);
        expect(back.parts.coreSpeed * parts.coreSpeed).toBeCloseTo(1, 9);
        expect(back.parts.lanes * parts.lanes).toBeCloseTo(1, 9);
      }),
    );
  });

  it('of a recording and itself is 1 in every part', () => {
    fc.assert(
      fc.property(anyRecording, (recording) => {
        const { ratio, parts, ci95, results } = rowOf(recording, recording);
        expect({ ratio, ...parts }).toEqual({ ratio: 1, coreSpeed: 1, efficiency: 1, lanes: 1 });
        if (ci95 !== null) expect(ci95[0] <= 1 && ci95[1] >= 1).toBe(true);
        expect(results).toEqual({ tasks: 12, disagreeing: 0, greatest: null });
      }),
    );
  });

  it('is of lanes where twice as many do the same in half the time', () => {
    const { ratio, parts } = rowOf(
      recordOf({ walls: [1200], parameters: { threads: 1, scheduler: 'static' } }),
      recordOf({ walls: [600], parameters: { threads: 2, scheduler: 'static' } }),
    );
    expect({ ratio, ...parts }).toEqual({ ratio: 2, coreSpeed: 1, efficiency: 1, lanes: 2 });
  });

  it('is of efficiency where lanes wait, and of core speed where they compute slower', () => {
    const base = recordOf({ walls: [600], parameters: { threads: 2 } });
    const waits = recordOf({ walls: [1200], parameters: { threads: 2 } });
    expect(rowOf(base, waits).parts).toEqual({ coreSpeed: 1, efficiency: 0.5, lanes: 1 });
    expect(rowOf(base, slowed(base, 2)).parts).toEqual({ coreSpeed: 0.5, efficiency: 1, lanes: 1 });
  });

  it('counts a lane without a core as one that does not work, where that is known of both', () => {
    const interruptions = { queuedShares: [0.5, 0.5] };
    const base = recordOf({
      walls: [600],
      parameters: { threads: 2 },
      interruptions: { queuedShares: [0, 0] },
    });
    const queued = slowed(
      { ...recordOf({ walls: [600], parameters: { threads: 2 }, interruptions }) },
      2,
    );
    expect(rowOf(base, queued).parts).toEqual({ coreSpeed: 1, efficiency: 0.5, lanes: 1 });
    const unknown = recordOf({ walls: [600], parameters: { threads: 2 } });
    expect(rowOf(unknown, queued).parts).toEqual({ coreSpeed: 0.5, efficiency: 1, lanes: 1 });
  });

  it('is all of efficiency where nothing was computed', () => {
    const { ratio, parts } = rowOf(recordOf({ waitNs: 100 }), recordOf({ walls: [500, 500] }));
    expect(parts).toEqual({ coreSpeed: 1, efficiency: ratio, lanes: 1 });
  });
});

describe('what cannot be compared', () => {
  it.each([
    [{ size: 32 }, 'size is 16 in one and 32 in the other'],
    [{ seed: 7, matrices: 3 }, 'matrices is 12 in one and 3 in the other, seed is 42 in one and 7'],
    [{ convergence: 'sign-aware' as const }, 'convergence is strict in one and sign-aware'],
    [{ workload: 'sleep' as const }, 'workload is power in one and sleep in the other'],
  ])('is other work, which is named: %o', (parameters, expected) => {
    const changes: RecordChanges = { parameters };
    expect(() => diffOf([recordOf()], [recordOf(changes)])).toThrow(expected);
  });

  it('is nothing that has no effect, nor how the work is spread', () => {
    const parameters = { sleepMs: 7, threads: 2, scheduler: 'executor', lock: 'gil-held' } as const;
    expect(rowOf(recordOf(), recordOf({ parameters })).results.disagreeing).toBe(0);
  });
});

describe('results', () => {
  const base = recordOf();

  it.each([
    [1e-10, 0],
    [1e-8, 1],
    [Infinity, 1],
    [NaN, 1],
  ])('that differ by %d disagree in %d tasks', (difference, disagreeing) => {
    const { results } = rowOf(
      base,
      changed(base, 5, (value) => value * (1 + difference)),
    );
    expect(results.disagreeing).toBe(disagreeing);
    expect(results.greatest?.task).toBe(disagreeing === 0 ? undefined : 5);
  });

  it('that are numbers in neither agree', () => {
    const none = changed(base, 5, () => NaN);
    expect(rowOf(none, none).results.disagreeing).toBe(0);
  });
});

/** Digits before the decimal sign. */
function digits(value: number): number {
  return Math.max(0, Math.ceil(Math.log10(value)));
}

/** A recording whose tasks took so many times as long to compute, and its repeats to run. */
function slowed(recording: ExperimentRecording, times: number): ExperimentRecording {
  const repeats = recording.repeats.map((repeat) => ({
    ...repeat,
    wallNs: repeat.wallNs * times,
    timings: {
      ...repeat.timings,
      computeNs: repeat.timings.computeNs.map((timeNs) => timeNs * times),
    },
  }));
  return { ...recording, repeats };
}

/** A recording with another eigenvalue of one task. */
function changed(
  recording: ExperimentRecording,
  task: number,
  change: (value: number) => number,
): ExperimentRecording {
  const { source } = recording;
  const eigenvalue = source.results.eigenvalue.map((value, index) =>
    index === task ? change(value) : value,
  );
  return { ...recording, source: { ...source, results: { ...source.results, eigenvalue } } };
}
