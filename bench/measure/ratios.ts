import { median } from '../../src/base/statistics.js';

/** Where values lie: their median and the least and the greatest of them. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The spread of some values.
 *
 * @throws RangeError of no values
 */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('there are no values to take the spread of');
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * The ratios of paired values, each numerator over the denominator that was measured beside it:
 * what slows a machine down for a while slows both down and leaves the ratio.
 *
 * @throws RangeError where the values do not pair
 */
export function ratiosOf(numerators: readonly number[], denominators: readonly number[]): number[] {
  if (numerators.length !== denominators.length) {
    throw new RangeError(`${numerators.length} values do not pair with ${denominators.length}`);
  }
  return numerators.map((numerator, index) => numerator / (denominators[index] ?? NaN));
}

/**
 * The spread of the ratios of paired values.
 *
 * @throws RangeError where the values are none or do not pair
 */
export function ratioSpread(
  numerators: readonly number[],
  denominators: readonly number[],
): Spread {
  return spreadOf(ratiosOf(numerators, denominators));
}

/** The value below which a share of the values lies, picked and not interpolated. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
