import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/experiment/parameters.js';
import { cellsOf, problemsOf } from '../../src/sweep/axes.js';
import { smallAxes } from '../fixtures/sweeps.js';

/** Whole numbers from 1 on. */
function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function cellsWith(changes: Parameters_, ...names: (keyof Parameters)[]) {
  return cellsOf(smallAxes(changes)).map(({ parameters }) => names.map((name) => parameters[name]));
}
type Parameters_ = Parameters extends infer P
  ? Partial<{ [N in keyof P]: readonly P[N][] }>
  : never;

describe('the cells of a sweep', () => {
  it('are every combination once, threads changing fastest', () => {
    const changes = { size: [8, 16], threads: [1, 2], lock: ['none', 'gil-held'] } as const;
    expect(cellsWith(changes, 'size', 'lock', 'threads')).toEqual([
      [8, 'none', 1],
      [8, 'none', 2],
      [8, 'gil-held', 1],
      [8, 'gil-held', 2],
      [16, 'none', 1],
      [16, 'none', 2],
      [16, 'gil-held', 1],
      [16, 'gil-held', 2],
    ]);
    const cells = cellsOf(smallAxes(changes));
    expect(cells.map(({ cell }) => cell)).toEqual(upTo(8));
  });

  it('count a serial one once, on one thread, whatever threads there are', () => {
    const changes = { scheduler: ['serial', 'static'], threads: [2, 4] } as const;
    expect(cellsWith(changes, 'scheduler', 'threads')).toEqual([
      ['serial', 1],
      ['static', 2],
      ['static', 4],
    ]);
  });

  it('do not combine what has no effect', () => {
    const intervals = { lock: ['none', 'gil-switching'], switchIntervalMs: [1, 5, 10] } as const;
    expect(cellsWith(intervals, 'lock', 'switchIntervalMs')).toEqual([
      ['none', 1],
      ['gil-switching', 1],
      ['gil-switching', 5],
      ['gil-switching', 10],
    ]);
    const sleeps = { workload: ['power', 'sleep'], size: [8, 16], sleepMs: [0, 1] } as const;
    expect(cellsWith(sleeps, 'workload', 'size', 'sleepMs')).toEqual([
      ['power', 8, 0],
      ['power', 16, 0],
      ['sleep', 8, 0],
      ['sleep', 8, 1],
    ]);
  });
});

describe('too much', () => {
  it('of cells is refused with their count, without making them', () => {
    const most = { threads: upTo(64), size: upTo(64) };
    expect(problemsOf(smallAxes({ ...most, repeats: [1] }))).toEqual([]);
    expect(problemsOf(smallAxes({ ...most, lock: ['none', 'gil-held'] }))).toEqual([
      'the sweep has 8,192 cells; it takes at most 4,096',
    ]);
    const all = { seed: upTo(64), matrices: upTo(64), epsilon: upTo(64), maxIterations: upTo(64) };
    expect(problemsOf(smallAxes({ ...most, ...all }))).toEqual([
      'the sweep has 68,719,476,736 cells; it takes at most 4,096',
    ]);
    // Serial work has no threads.
    const serial = { ...most, scheduler: ['serial'], lock: ['none', 'gil-held'] } as const;
    expect(problemsOf(smallAxes(serial))).toEqual([]);
  });

  it('of repeats is refused with their count', () => {
    const cells = { threads: upTo(50), size: upTo(4) };
    expect(problemsOf(smallAxes({ ...cells, repeats: [500] }))).toEqual([]);
    expect(problemsOf(smallAxes({ ...cells, repeats: [501] }))).toEqual([
      'the sweep has 100,200 repeats of 200 cells; it takes at most 100,000',
    ]);
  });

  it('of values, and lists of what has one value, are refused', () => {
    expect(problemsOf(smallAxes({ size: upTo(65), repeats: [3, 5], warmup: [0, 1] }))).toEqual([
      'size has 65 values; a list has at most 64',
      'repeats has 2 values; a sweep takes one of it, for all cells alike',
      'warmup has 2 values; a sweep takes one of it, for all cells alike',
    ]);
  });
});
