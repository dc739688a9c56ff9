import type { Interval } from '../../base/statistics.js';
import { chooseModel, fullestModel } from './choose.js';
import {
  ceilingOf,
  coherencyOf,
  contentionOf,
  peakThreads,
  speedUpAt,
  timeNs,
  type Law,
  type Model,
} from './law.js';
import { fitModel, fitPositive } from './model-fit.js';
import { isLacking, noiseAbout, type LackOfFit } from './noise.js';
import { observe, type TimedPoint } from './observations.js';
import {
  coherencySpread,
  contentionSpread,
  logSpeedUpSpread,
  logTimeSpread,
  uncertaintyOf,
  type Spread,
  type Uncertainty,
} from './uncertainty.js';

/** A figure with its standard error and its 95 % interval; null where these are not known. */
export interface Estimate {
  readonly value: number;
  readonly se: number | null;
  readonly ci95: Interval | null;
}

/** The law that fits the times at several numbers of threads. */
export interface FittedCurve {
  readonly model: Model;
  /** With no negative time. */
  readonly law: Law;
  readonly known: Uncertainty;
  /** Where the law does not describe the points, it foretells nothing beyond them. */
  readonly lackOfFit: LackOfFit | null;
  /** The least and the greatest number of threads that were fitted. */
  readonly measured: Interval;
}

/** A peak is named up to so many times the greatest number of threads that was measured. */
const PEAK_REACH = 2;

/** Fits the laws and chooses one; null where the points are too few for any. */
export function fitCurve(points: readonly TimedPoint[]): FittedCurve | null {
  const fullestOf = fullestModel(points.length);
  if (fullestOf === null) return null;
  const observations = observe(points);
  const fullest = fitModel(fullestOf, observations);
  const noise = noiseAbout(fullest, observations);
  const model = chooseModel(fullest, noise, observations);
  return {
    model,
    law: fitPositive(model, observations).law,
    known: uncertaintyOf(fullest, noise, observations),
    lackOfFit: noise.lackOfFit,
    measured: [Math.min(...observations.threads), Math.max(...observations.threads)],
  };
}

/** α, between 0 and 1. */
export function contentionEstimate({ law, known }: FittedCurve): Estimate {
  return boundedEstimate(contentionOf(law), contentionSpread(known), 1);
}

/** β, 0 or more; null where the points are too few for it. */
export function coherencyEstimate({ law, known }: FittedCurve): Estimate | null {
  if (known.covariance.length < 3) return null;
  return boundedEstimate(coherencyOf(law), coherencySpread(known), Infinity);
}

/** Returns one thread's time, in ns. */
export function singleTimeEstimate({ law, known }: FittedCurve): Estimate {
  return estimateOfLog(timeNs(law, 1), logTimeSpread(known), Infinity);
}

/**
 * Foretells the speed-up of so many threads. Null beyond the points where the law does not describe
 * them.
 */
export function speedUpEstimate(curve: FittedCurve, threads: number): Estimate | null {
  const { law, known, lackOfFit, measured } = curve;
  const [least, most] = measured;
  if (isLacking(lackOfFit) && (threads < least || threads > most)) return null;
  return estimateOfLog(speedUpAt(law, threads), logSpeedUpSpread(known, threads), threads);
}

/**
 * The number of threads beyond which more are slower. Null where the data do not bear it: there is none
 * that is sure, or it lies beyond twice what was measured, or beyond that where the law does not fit.
 */
export function namedPeak(curve: FittedCurve): number | null {
  const { model, law, lackOfFit, measured } = curve;
  const peak = peakThreads(law);
  const [low] = coherencyEstimate(curve)?.ci95 ?? [0];
  const isSure = model === 'usl' && low > 0;
  return isSure && peak <= measured[1] * (isLacking(lackOfFit) ? 1 : PEAK_REACH) ? peak : null;
}

/** What the serial time lets the speed-up come to; null where there is none or the law does not fit. */
export function namedCeiling({ law, lackOfFit }: FittedCurve): number | null {
  const ceiling = ceilingOf(law);
  return isLacking(lackOfFit) || !Number.isFinite(ceiling) ? null : ceiling;
}

/**
 * The interval of a figure that cannot be negative is cut at 0, and stretched to the figure. One without an
 * end says nothing.
 */
function boundedEstimate(value: number, spread: Spread | null, most: number): Estimate {
  if (spread === null) return { value, se: null, ci95: null };
  const cut = (end: number) => Math.min(Math.max(end, 0), most);
  const [low, high] = [cut(spread.ci95[0]), cut(spread.ci95[1])];
  return high < Infinity
    ? { value, se: spread.se, ci95: [Math.min(low, value), Math.max(high, value)] }
    : { value, se: null, ci95: null };
}

/** The same of a figure whose logarithm's spread is known. */
function estimateOfLog(value: number, spread: Spread | null, most: number): Estimate {
  if (spread === null) return { value, se: null, ci95: null };
  const [low, high] = spread.ci95;
  const ci95 = [Math.exp(low), Math.exp(high)] as const;
  return boundedEstimate(value, { se: spread.se * value, ci95 }, most);
}
