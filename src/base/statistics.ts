import { errorFunction, median as medianOf, quantile } from 'simple-statistics';
import { student95 } from './distributions.js';

/** An interval from its lower to its upper bound. */
export type Interval = readonly [low: number, high: number];

/** Resamples of a bootstrap: enough for a 95 % interval's ends to be stable to a few per cent. */
const RESAMPLES = 2000;

/** Fewest values of which a bootstrap says anything. */
const FEWEST_VALUES = 3;

/**
 * Fewest values of which an interval of the median is one of 95 %. No interval within fewer is: even
 * the whole range misses the median wherever all values lie on one side of it, which is in two of
 * 2^n samples, 6 % for five values and 3 % for six.
 */
export const FEWEST_FOR_95 = 6;

/** The median; of no values it is not a number. */
export function median(values: readonly number[]): number {
  return values.length === 0 ? NaN : medianOf([...values]);
}

/**
 * A 95 % interval of the median by a seeded bootstrap, so that the same values give the same
 * interval. Null with fewer than three values; of fewer than six it is their range, which covers
 * the true median in 75 % of samples of three.
 */
export function medianInterval(values: readonly number[], seed = 1): Interval | null {
  const medianIn = medianOfResample(values);
  return bootstrap(values.length, seed, (random) => medianIn(resample(values.length, random)));
}

/**
 * A 95 % interval of the ratio of two medians (a speed-up: baseline over run), each resampled by
 * itself, as fits values that were measured one after the other. Null with fewer than three values
 * on either side.
 */
export function ratioInterval(
  numerators: readonly number[],
  denominators: readonly number[],
  seed = 1,
): Interval | null {
  const numerator = medianOfResample(numerators);
  const denominator = medianOfResample(denominators);
  const count = Math.min(numerators.length, denominators.length);
  return bootstrap(
    count,
    seed,
    (random) =>
      numerator(resample(numerators.length, random)) /
      denominator(resample(denominators.length, random)),
  );
}

/**
 * The same of values that were measured in rounds, one of either side in each: rounds are resampled,
 * so that what befell a whole round cancels out. Rounds that only one side has are left out; null
 * with fewer than three.
 */
export function pairedRatioInterval(
  numerators: readonly number[],
  denominators: readonly number[],
  seed = 1,
): Interval | null {
  const rounds = Math.min(numerators.length, denominators.length);
  const numerator = medianOfResample(numerators.slice(0, rounds));
  const denominator = medianOfResample(denominators.slice(0, rounds));
  return bootstrap(rounds, seed, (random) => {
    const counts = resample(rounds, random);
    return numerator(counts) / denominator(counts);
  });
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

/**
 * The middle of a figure's bootstrap distribution (Efron 1979). The ends are expanded percentiles
 * (Hesterberg 2015, "What Teachers Should Know About the Bootstrap"): the plain ones make intervals
 * of few values too narrow, of seven values by enough to cover the median in 88 % of samples only.
 */
function bootstrap(
  count: number,
  seed: number,
  figure: (random: () => number) => number,
): Interval | null {
  if (count < FEWEST_VALUES) return null;
  const random = randomSource(seed);
  const figures = Array.from({ length: RESAMPLES }, () => figure(random));
  const tail = normalShareBelow(-Math.sqrt(count / (count - 1)) * student95(count - 1));
  return [quantile(figures, tail), quantile(figures, 1 - tail)];
}

/** The share of a standard normal distribution that lies below a value. */
function normalShareBelow(value: number): number {
  return (1 + errorFunction(value / Math.SQRT2)) / 2;
}

/** As many of so many values, drawn with replacement: how often each is drawn. */
function resample(count: number, random: () => number): Uint32Array {
  const counts = new Uint32Array(count);
  for (let drawn = 0; drawn < count; drawn += 1) {
    const index = Math.floor(random() * count);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** The median of a resample of the values, found by counting through their order: none is sorted. */
function medianOfResample(values: readonly number[]): (counts: Uint32Array) => number {
  const { length } = values;
  const order = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ofRank = (counts: Uint32Array, rank: number) => {
    let seen = 0;
    const index = order.find((place) => (seen += counts[place] ?? 0) > rank);
    return values[index ?? length] ?? NaN;
  };
  return (counts) => {
    const lower = ofRank(counts, Math.floor((length - 1) / 2));
    return length % 2 === 1 ? lower : (lower + ofRank(counts, length / 2)) / 2;
  };
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
