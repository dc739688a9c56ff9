import type { CooperativeTask } from '../base/cooperative-task.js';
import { curvePoints, type CurvePoints, type LeftOut } from './curve-points.js';
import type { Curve, Where } from './curves.js';
import {
  coherencyEstimate,
  contentionEstimate,
  fitCurve,
  namedCeiling,
  namedPeak,
  singleTimeEstimate,
  type Estimate,
  type FittedCurve,
} from './fit/fitted-curve.js';
import type { Model } from './fit/law.js';
import type { LackOfFit } from './fit/noise.js';
import { nextPoints, type NextPoint } from './next-points.js';

/** The law of a curve as the sweep's JSON has it. What is not known is null. */
export interface Fit {
  readonly where: Where;
  readonly over: 'threads';
  /** What the law is fitted to: the geometric mean of each point's wall times. */
  readonly points: readonly { readonly threads: number; readonly wallNs: number }[];
  readonly chosen: Model | null;
  /** α: the serial share of one thread's time. */
  readonly contention: Estimate | null;
  /** β: what each further thread costs, as a share of one thread's time. */
  readonly coherency: Estimate | null;
  /** Tasks a second on one thread. */
  readonly rate: Estimate | null;
  /** The number of threads beyond which more are slower, where the data bear one. */
  readonly peak: number | null;
  /** What the speed-up comes to at most. */
  readonly ceiling: number | null;
  readonly lackOfFit: LackOfFit | null;
  readonly leftOut: readonly LeftOut[];
  /** What would say more. */
  readonly next: readonly NextPoint[];
}

/** Fits a law to each curve over threads; a serial one has a single point and none. */
export function* fitsOf(curves: readonly Curve[]): CooperativeTask<Fit[]> {
  const fits: Fit[] = [];
  for (const curve of curves.filter(isOverThreads)) {
    fits.push(fitOf(curve));
    yield;
  }
  return fits;
}

/** Whether a curve's cells may have several threads. */
export function isOverThreads({ cells }: Curve): boolean {
  return cells.some(({ overview }) => overview.params.scheduler !== 'serial');
}

/** Fits the law of one curve. */
function fitOf(curve: Curve): Fit {
  const points = curvePoints(curve);
  const fitted = fitCurve(points.fitted);
  return {
    where: curve.where,
    over: 'threads',
    points: points.fitted.map(({ threads, wallsNs }) => ({
      threads,
      wallNs: Math.round(geometricMean(wallsNs)),
    })),
    ...figuresOf(curve, fitted),
    leftOut: points.leftOut,
    next: nextOf(curve, points, fitted),
  };
}

type LawFigures = Omit<Fit, 'where' | 'over' | 'points' | 'leftOut' | 'next'>;

function figuresOf({ cells }: Curve, fitted: FittedCurve | null): LawFigures {
  if (fitted === null) {
    return {
      ...{ chosen: null, contention: null, coherency: null, rate: null },
      ...{ peak: null, ceiling: null, lackOfFit: null },
    };
  }
  const tasks = cells[0]?.overview.params.matrices ?? NaN;
  return {
    chosen: fitted.model,
    contention: contentionEstimate(fitted),
    coherency: coherencyEstimate(fitted),
    rate: rateOf(tasks, singleTimeEstimate(fitted)),
    peak: namedPeak(fitted),
    ceiling: namedCeiling(fitted),
    lackOfFit: fitted.lackOfFit,
  };
}

function nextOf({ cells }: Curve, { fitted: points }: CurvePoints, fitted: FittedCurve | null) {
  const [first] = cells;
  if (first === undefined) return [];
  const { params, machine } = first.overview;
  return nextPoints(
    points.map(({ threads }) => threads),
    fitted,
    params,
    machine,
  );
}

/** Tasks a second of a time, in ns, that all take on one thread. */
function rateOf(tasks: number, { value, se, ci95 }: Estimate): Estimate {
  const rate = (timeNs: number) => (tasks * 1e9) / timeNs;
  return {
    value: rate(value),
    se: se === null ? null : (rate(value) * se) / value,
    ci95: ci95 === null ? null : [rate(ci95[1]), rate(ci95[0])],
  };
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
