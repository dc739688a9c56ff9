import { setTimeout as sleep } from 'node:timers/promises';
import { shuffled } from '../../src/base/shuffle.js';
import { anyCores, type Cores } from './whole-cores.js';

/** Measures once, and gives what it took: in any unit, or as several figures. */
export type Measurement<Value> = () => Value | Promise<Value>;

/** Two measurements whose ratio is wanted. */
export interface Pair<Value = number> {
  readonly first: Measurement<Value>;
  readonly second: Measurement<Value>;
}

/** What a pair's measurements gave, round by round. */
export interface PairValues<Value = number> {
  readonly first: readonly Value[];
  readonly second: readonly Value[];
}

/** How pairs are measured. */
export interface PairOptions {
  readonly rounds: number;
  /** On which each pair is measured; on any there are, where what comes of it is not kept. */
  readonly cores?: Cores;
  /** Rest after each measurement, in ms, in which its threads fall asleep. */
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
export async function measurePairs<Value>(
  pairs: readonly Pair<Value>[],
  { rounds, cores = anyCores, restMs = 0, random = Math.random }: PairOptions,
): Promise<PairValues<Value>[]> {
  const measureAndRest = async (measure: Measurement<Value>) => {
    await cores.wake();
    const value = await measure();
    if (restMs > 0) await sleep(restMs);
    return value;
  };
  const measureBoth = async (pair: Pair<Value>) => {
    if (random() < 0.5) {
      const first = await measureAndRest(pair.first);
      return { first, second: await measureAndRest(pair.second) };
    }
    const second = await measureAndRest(pair.second);
    return { first: await measureAndRest(pair.first), second };
  };
  const values = pairs.map((pair) => ({ pair, first: [] as Value[], second: [] as Value[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { pair, first, second } of shuffled(values, random)) {
      const both = await cores.measure(() => measureBoth(pair));
      first.push(both.first);
      second.push(both.second);
    }
  }
  return values.map(({ first, second }) => ({ first, second }));
}
