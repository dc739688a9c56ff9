import { median as medianOf, quantile } from 'simple-statistics';

/** An interval from its lower to its upper bound. */
export type Interval = readonly [low: number, high: number];

/** Resamples of a bootstrap: enough for a 95 % interval's ends to be stable to a few per cent. */
const RESAMPLES = 2000;

/** Fewest values of which a bootstrap says anything. */
const FEWEST_VALUES = 3;

/** The median; of no values it is not a number. */
export function median(values: readonly number[]): number {
  return values.length === 0 ? NaN : medianOf([...values]);
}

/**
 * A 95 % interval of the median by the percentile bootstrap (Efron 1979), seeded, so that the same
 * values give the same interval. Null with fewer than three values; with fewer than about six it
 * is hardly more than their range, and covers the true median less often than it says.
 */
export function medianInterval(values: readonly number[], seed = 1): Interval | null {
  if (values.length < FEWEST_VALUES) return null;
  const draw = resampledMedian(values, randomSource(seed));
  return middle95(Array.from({ length: RESAMPLES }, draw));
}

/**
 * A 95 % interval of the ratio of two medians (a speed-up: baseline over run), both resampled.
 * Null with fewer than three values on either side.
 */
export function ratioInterval(
  numerators: readonly number[],
  denominators: readonly number[],
  seed = 1,
): Interval | null {
  if (Math.min(numerators.length, denominators.length) < FEWEST_VALUES) return null;
  const random = randomSource(seed);
  const numerator = resampledMedian(numerators, random);
  const denominator = resampledMedian(denominators, random);
  return middle95(Array.from({ length: RESAMPLES }, () => numerator() / denominator()));
}

function middle95(values: number[]): Interval {
  return [quantile(values, 0.025), quantile(values, 0.975)];
}

/**
 * Draws medians of resamples (as many values as there are, with replacement). A resample of sorted
 * values is a count for each of them, so its median is found by counting, without sorting anew.
 */
function resampledMedian(values: readonly number[], random: () => number): () => number {
  const sorted = Float64Array.from(values).sort();
  const counts = new Uint32Array(sorted.length);
  const { length } = sorted;
  return () => {
    counts.fill(0);
    for (let drawn = 0; drawn < length; drawn += 1) {
      const index = Math.floor(random() * length);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    const lower = valueOfRank(sorted, counts, Math.floor((length - 1) / 2));
    return length % 2 === 1 ? lower : (lower + valueOfRank(sorted, counts, length / 2)) / 2;
  };
}

/** The value at a place, from 0, in the order of a resample given by its counts. */
function valueOfRank(sorted: Float64Array, counts: Uint32Array, rank: number): number {
  let seen = 0;
  const index = counts.findIndex((count) => (seen += count) > rank);
  return sorted[index] ?? NaN;
}

/** Uniform numbers in [0, 1): xorshift32 (Marsaglia 2003); good enough to pick indices. */
function randomSource(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
