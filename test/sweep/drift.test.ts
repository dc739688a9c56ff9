import { expect, it } from 'vitest';
import type { Cell } from '../../src/sweep/axes.js';
import { contentionEstimate, fitCurve } from '../../src/sweep/fit/fitted-curve.js';
import { contentionOf, timeNs } from '../../src/sweep/fit/law.js';
import { orderOfRound } from '../../src/sweep/round-order.js';
import { smallRun } from '../fixtures/parameters.js';
import { lawWith } from '../fixtures/scaling-laws.js';

const LAW = lawWith(0.1, 0);

/** The contention of a sweep on a machine on which every run takes 1 % longer than the one before. */
function contentionOnDriftingMachine(
  threads: readonly number[],
  rounds: number,
  seed: number,
): number {
  const cells = threads.map((count, index): Cell => {
    return { cell: index + 1, parameters: smallRun({ threads: count }) };
  });
  const walls = new Map<number, number[]>(threads.map((count) => [count, []]));
  let slowness = 1;
  for (let round = 0; round < rounds; round += 1) {
    for (const { parameters } of orderOfRound(cells, { seed, round, isGrouped: false })) {
      walls.get(parameters.threads)?.push(timeNs(LAW, parameters.threads) * slowness);
      slowness *= 1.01;
    }
  }
  const fitted = fitCurve([...walls].map(([count, wallsNs]) => ({ threads: count, wallsNs })));
  return fitted === null ? NaN : contentionEstimate(fitted).value;
}

it.each([
  [[1, 2, 4, 8], 5],
  [[1, 2, 4, 8, 16], 3],
  [[1, 2, 3, 4, 6, 8], 10],
  [[1, 2, 3, 4, 5, 6, 7, 8], 30],
])(
  'a drift of 1 % a run shifts contention by less than 0.005: threads %j, %d rounds',
  (threads, rounds) => {
    const seeds = Array.from({ length: 50 }, (_, seed) => seed);
    const shifts = seeds.map((seed) =>
      Math.abs(contentionOnDriftingMachine(threads, rounds, seed) - contentionOf(LAW)),
    );
    expect(Math.max(...shifts)).toBeLessThan(0.005);
  },
);
