import { describe, expect, it } from 'vitest';
import { matricesOf } from '../../src/experiment/plan.js';
import { cellsOf, type Cell } from '../../src/sweep/axes.js';
import { isGenerationDear, orderOfRound } from '../../src/sweep/round-order.js';
import { smallAxes } from '../fixtures/sweeps.js';

const CELLS = cellsOf(smallAxes({ size: [8, 16, 32], threads: [1, 2, 3, 4] }));

function numbers(cells: readonly Cell[]): number[] {
  return cells.map(({ cell }) => cell);
}

/** How often the cells of an order have other matrices than the one before. */
function changes(cells: readonly Cell[]): number {
  return cells.filter(
    ({ parameters }, index) => parameters.size !== cells[index - 1]?.parameters.size,
  ).length;
}

describe('the order of a round', () => {
  const order = (round: number, { seed = 7, isGrouped = false } = {}) =>
    numbers(orderOfRound(CELLS, { seed, round, isGrouped }));

  it('has each cell once, follows from the seed, and is another one in each round', () => {
    expect([...order(0)].sort((a, b) => a - b)).toEqual(numbers(CELLS));
    expect(order(0)).toEqual(order(0));
    const orders = [0, 1, 2, 3].map((round) => order(round).join());
    expect(new Set([...orders, order(0, { seed: 9 }).join(), numbers(CELLS).join()]).size).toBe(6);
  });

  it.each([false, true])(
    'is that of the round before backwards in every second one',
    (isGrouped) => {
      for (const round of [0, 2, 4]) {
        expect(order(round + 1, { isGrouped })).toEqual(order(round, { isGrouped }).reverse());
      }
    },
  );

  it('may have the cells of the same matrices one after another, at random all the same', () => {
    const orders = [0, 1, 2, 3].map((round) =>
      orderOfRound(CELLS, { seed: 7, round, isGrouped: true }),
    );
    for (const order of orders) {
      expect(numbers(order).sort((a, b) => a - b)).toEqual(numbers(CELLS));
      expect(changes(order)).toBe(3);
    }
    expect(new Set(orders.map((order) => numbers(order).join())).size).toBe(4);
    expect(changes(orderOfRound(CELLS, { seed: 7, round: 0, isGrouped: false }))).toBeGreaterThan(
      3,
    );
  });
});

describe('making matrices', () => {
  const each = new Map(CELLS.map(({ parameters }) => [matricesOf(parameters), 100]));

  it('is dear where it would take more than 5 % of a round', () => {
    // A cell has other matrices than the one before in 8 of 11 cases: 873 ns for the twelve.
    expect(isGenerationDear(CELLS, { generationNs: each, repeatsNs: 17_000 })).toBe(true);
    expect(isGenerationDear(CELLS, { generationNs: each, repeatsNs: 18_000 })).toBe(false);
  });

  it('is not where all have the same, or none', () => {
    const alike = cellsOf(smallAxes({ threads: [1, 2, 3, 4] }));
    expect(isGenerationDear(alike, { generationNs: each, repeatsNs: 1 })).toBe(false);
    const sleeps = cellsOf(smallAxes({ workload: ['sleep'], sleepMs: [1, 2, 3] }));
    expect(isGenerationDear(sleeps, { generationNs: new Map(), repeatsNs: 1 })).toBe(false);
  });
});
