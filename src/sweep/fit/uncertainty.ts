import { Matrix, pseudoInverse } from 'ml-matrix';
import { student95 } from '../../base/distributions.js';
import type { Interval } from '../../base/statistics.js';
import { coherencyOf, contentionOf, TERMS, timeNs, valuesOf, type Law } from './law.js';
import { jacobian, LOG_TIME } from './least-squares.js';
import { problemOf, type ModelFit } from './model-fit.js';
import type { Noise } from './noise.js';
import type { Observations } from './observations.js';

/** What is known of a law's times: the fullest model's, whatever their signs, and their covariance. */
export interface Uncertainty {
  readonly law: Law;
  /** In ns², a row and a column for each of the model's terms. */
  readonly covariance: readonly (readonly number[])[];
  /** How many standard errors a 95 % interval reaches to either side. */
  readonly reach: number;
}

/** A figure's standard error and the 95 % interval around it. */
export interface Spread {
  readonly se: number;
  readonly ci95: Interval;
}

/** Works out what is known from the fullest model that the points bear. */
export function uncertaintyOf(
  { law, terms }: ModelFit,
  noise: Noise,
  observations: Observations,
): Uncertainty {
  const problem = problemOf(terms, observations, LOG_TIME);
  const values = terms.map((term) => valuesOf(law)[term] ?? NaN);
  const inverted = pseudoInverse(new Matrix(jacobian(problem, values)));
  const covariance = inverted.mmul(inverted.transpose()).mul(noise.meanSquare);
  return { law, covariance: covariance.to2DArray(), reach: student95(noise.freedom) };
}

/** The spread of α; null where one thread's time is not known to be positive. */
export function contentionSpread(known: Uncertainty): Spread | null {
  const alpha = contentionOf(known.law);
  return shareSpread(known, alpha, [-alpha, 1 - alpha, 0]);
}

/** The spread of β. */
export function coherencySpread(known: Uncertainty): Spread | null {
  const beta = coherencyOf(known.law);
  return shareSpread(known, beta, [-beta, -beta, 1]);
}

/** The spread of the logarithm of one thread's time. */
export function logTimeSpread(known: Uncertainty): Spread | null {
  const single = timeNs(known.law, 1);
  if (!(single > 0)) return null;
  return spreadAround(known, Math.log(single), scaled(termsAt(1), 1 / single));
}

/** The spread of the logarithm of a speed-up; null where the law has no positive time there. */
export function logSpeedUpSpread(known: Uncertainty, threads: number): Spread | null {
  const single = timeNs(known.law, 1);
  const time = timeNs(known.law, threads);
  if (!(single > 0 && time > 0)) return null;
  const slopes = scaled(termsAt(1), 1 / single);
  const others = scaled(termsAt(threads), 1 / time);
  return spreadAround(
    known,
    Math.log(single / time),
    slopes.map((slope, term) => slope - (others[term] ?? NaN)),
  );
}

/** The spread of a share of one thread's time; `slopes` are its derivatives, times that time. */
function shareSpread(known: Uncertainty, share: number, slopes: readonly number[]): Spread | null {
  const single = timeNs(known.law, 1);
  return single > 0 ? spreadAround(known, share, scaled(slopes, 1 / single)) : null;
}

/** The delta method: the variance of a figure by its derivatives in the law's times. */
function spreadAround(known: Uncertainty, value: number, slopes: readonly number[]): Spread {
  const { covariance, reach } = known;
  let variance = 0;
  for (const [row, covariances] of covariance.entries()) {
    for (const [column, entry] of covariances.entries()) {
      variance += (slopes[row] ?? NaN) * entry * (slopes[column] ?? NaN);
    }
  }
  const se = Math.sqrt(Math.max(0, variance));
  return { se, ci95: [value - reach * se, value + reach * se] };
}

function termsAt(threads: number): number[] {
  return TERMS.map((term) => term(threads));
}

function scaled(values: readonly number[], factor: number): number[] {
  return values.map((value) => value * factor);
}
