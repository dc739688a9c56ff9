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

/** Modified z-scores beyond this are called outliers. */
const OUTLIER_SCORE = 3.5;

/** Fewest values of which one can stand out. */
const FEWEST_FOR_OUTLIERS = 5;

/**
 * The indices of the outliers: of modified z-scores 0.6745 (x - median) / MAD those beyond 3.5,
 * where MAD is the median absolute deviation (Iglewicz and Hoaglin 1993, "How to Detect and Handle
 * Outliers"). None with fewer than five values, and none where more than half are alike. Of clean
 * normal samples of five to twenty values, one in five to ten has such a value too: they are to be
 * looked at, not to be left out.
 */
export function outliersOf(values: readonly number[]): number[] {
  if (values.length < FEWEST_FOR_OUTLIERS) return [];
  const middle = median(values);
  const deviation = median(values.map((value) => Math.abs(value - middle)));
  if (deviation === 0) return [];
  return [...values.keys()].filter(
    (index) => (0.6745 * Math.abs((values[index] ?? NaN) - middle)) / deviation > OUTLIER_SCORE,
  );
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
