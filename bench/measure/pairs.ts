import { setTimeout as sleep } from 'node:timers/promises';
import { shuffled } from '../../src/shared/shuffle.js';

/** Measures once, and gives what it took in any unit. */
export type Measurement = () => number | Promise<number>;

/** Two measurements whose ratio is wanted. */
export interface Pair {
  readonly first: Measurement;
  readonly second: Measurement;
}

/** What a pair's measurements gave, round by round. */
export interface PairValues {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** How pairs are measured. */
export interface PairOptions {
  readonly rounds: number;
  /** Rest before each measurement, in ms, in which threads of the one before fall asleep. */
  readonly restMs?: number;
  /** Uniform numbers in [0, 1); they make the order. */
  readonly random?: () => number;
}

/**
 * Measures all pairs once a round. A pair's two measurements follow each other, in random order,
 * and the pairs of a round come in random order too.
 *
 * @returns the values of each pair, in the order of the pairs
 */
export async function measurePairs(
  pairs: readonly Pair[],
  { rounds, restMs = 0, random = Math.random }: PairOptions,
): Promise<PairValues[]> {
  const values = pairs.map((pair) => ({ pair, first: [] as number[], second: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { pair, first, second } of shuffled(values, random)) {
      const sides = [
        { measure: pair.first, into: first },
        { measure: pair.second, into: second },
      ];
      for (const { measure, into } of shuffled(sides, random)) {
        if (restMs > 0) await sleep(restMs);
        into.push(await measure());
      }
    }
  }
  return values.map(({ first, second }) => ({ first, second }));
}
