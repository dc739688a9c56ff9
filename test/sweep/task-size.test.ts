import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/experiment/parameters.js';
import { curvesOf, type SweptCell } from '../../src/sweep/curves.js';
import { taskSizesOf } from '../../src/sweep/task-size.js';
import { sweptCell } from '../fixtures/swept-cells.js';

const TASKS = 12;

/** Cells of several sizes on one thread and on `threads`, where a task takes `costNs + factor w` of a lane. */
function cellsWhere(
  costNs: number,
  factor: number,
  threads: number,
  sizes: readonly number[] = [16, 32, 64],
  more: Partial<Parameters> = {},
): SweptCell[] {
  return sizes.flatMap((size) => {
    const taskNs = size ** 2;
    const cell = (count: number, laneNs: number) =>
      sweptCell({
        parameters: { matrices: TASKS, size, threads: count, ...more },
        walls: [(TASKS * laneNs) / count],
      });
    return [cell(1, taskNs), cell(threads, costNs + factor * taskNs)];
  });
}

const sizesOf = (cells: readonly SweptCell[]) => taskSizesOf(curvesOf(cells));

describe('the least size of a task', () => {
  it('is that from which on the efficiency is 80 %', () => {
    const [found, ...others] = sizesOf(cellsWhere(500, 1.05, 4));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ threads: 4, over: 'size', where: {} });
    expect(found?.costNs).toBeCloseTo(500, 6);
    expect(found?.factor).toBeCloseTo(1.05, 9);
    expect(found?.leastTaskNs).toBeCloseTo(2500, 6);
    // w is the square of the size here, and the logarithms lie on a line.
    expect(found?.leastValue).toBeCloseTo(50, 6);
  });

  it('is that of the median repeat, whatever held another one up', () => {
    const [first, ...others] = cellsWhere(500, 1.05, 4);
    if (first === undefined) throw new Error('no cell');
    const { wallNs } = first.overview.summary;
    const heldUp = sweptCell({
      parameters: first.overview.params,
      walls: [wallNs.median, wallNs.median, 50 * wallNs.median],
    });
    expect(sizesOf([heldUp, ...others])[0]?.leastTaskNs).toBeCloseTo(2500, 6);
  });

  it('is none where the lock is held throughout', () => {
    const [found] = sizesOf(cellsWhere(0, 4, 4, [16, 32], { lock: 'gil-held' }));
    expect(found?.factor).toBeCloseTo(4, 9);
    expect(found?.leastTaskNs).toBeNull();
    expect(found?.leastValue).toBeNull();
  });

  it('is not named beyond the measured sizes', () => {
    const [found] = sizesOf(cellsWhere(5000, 1, 4));
    expect(found?.leastTaskNs).toBeCloseTo(20_000, 5);
    expect(found?.leastValue).toBeNull();
  });

  it('is the least measured one where that is enough', () => {
    const [found] = sizesOf(cellsWhere(10, 1, 4));
    expect(found?.leastValue).toBe(16);
  });

  it('costs nothing where larger tasks lose more', () => {
    const [found] = sizesOf(cellsWhere(-20, 1.2, 4));
    expect(found?.costNs).toBe(0);
    expect(found?.leastTaskNs).toBe(0);
  });

  it('is worked out for each number of threads and each curve on its own', () => {
    const cells = [
      ...cellsWhere(500, 1, 2, [16, 64]),
      ...cellsWhere(500, 4, 4, [16, 64], { lock: 'gil-held' }),
    ];
    expect(sizesOf(cells).map(({ where, threads }) => [where.lock, threads])).toEqual([
      ['none', 2],
      ['gil-held', 4],
    ]);
  });

  it('is none of tasks of one size, nor where nothing ran on one thread', () => {
    expect(sizesOf(cellsWhere(500, 1, 4, [16]))).toEqual([]);
    const several = cellsWhere(500, 1, 4).filter(({ overview }) => overview.params.threads > 1);
    expect(sizesOf(several)).toEqual([]);
  });

  it('is none where lanes that compute had to share their cores', () => {
    expect(sizesOf(cellsWhere(500, 1, 65))).toEqual([]);
  });
});
