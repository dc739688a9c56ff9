import { SPECIFICATIONS, type Parameters } from '../experiment/parameters.js';
import type { Host } from '../recording/host.js';
import { formatCores } from '../base/units.js';
import { mostFittedThreads } from './curve-points.js';
import { FEWEST_POINTS } from './fit/choose.js';
import { namedPeak, type FittedCurve } from './fit/fitted-curve.js';
import { speedUpAt } from './fit/law.js';
import { isLacking } from './fit/noise.js';

/** A number of threads that would say more, and why. */
export interface NextPoint {
  readonly threads: number;
  readonly reason: string;
}

/** Further threads are worth measuring where the law has them so many times as fast. */
const WORTH_GAIN = 1.05;

/** A point within this ratio of the peak shows it as well as one on it. */
const NEAR_PEAK = 1.25;

/**
 * Says what to measure next, the most telling first: one thread, as speed-ups are over it; as many
 * numbers of threads as a whole law takes; where the law fails; its peak; and further out, where that gains.
 */
export function nextPoints(
  measured: readonly number[],
  fitted: FittedCurve | null,
  params: Parameters,
  machine: Pick<Host, 'usableCores'>,
): NextPoint[] {
  const most = Math.min(mostFittedThreads(params, machine), SPECIFICATIONS.threads.max);
  const single = measured.includes(1)
    ? []
    : [{ threads: 1, reason: 'speed-ups are over one thread' }];
  const known = [...measured, ...single.map(({ threads }) => threads)];
  const missing = FEWEST_POINTS.usl - known.length;
  return [
    ...single,
    ...(missing > 0
      ? pointsForLaw(known, missing, most, machine)
      : fitted === null
        ? []
        : pointsForFit(measured, fitted, most)),
  ];
}

/** Fills up the numbers of threads, first those that a machine of this kind has cores for. */
function pointsForLaw(
  known: readonly number[],
  missing: number,
  most: number,
  { usableCores }: Pick<Host, 'usableCores'>,
): NextPoint[] {
  const within = spreadPoints(known, missing, most);
  const needs = `Amdahl’s law takes ${FEWEST_POINTS.amdahl} numbers of threads, coherency ${FEWEST_POINTS.usl}`;
  const beyond = spreadPoints([...known, ...within], missing - within.length, Infinity);
  const elsewhere = `${needs}; that takes a machine with ${Math.max(...beyond)} cores, and this one has ${formatCores(usableCores)}`;
  return [
    ...within.map((threads) => ({ threads, reason: needs })),
    ...beyond.map((threads) => ({ threads, reason: elsewhere })),
  ];
}

/** So many new numbers of threads up to `most`: powers of two, then what lies between. */
function spreadPoints(known: readonly number[], count: number, most: number): number[] {
  const candidates = [2, 4, 8, 16, 3, 6, 12, 5, 7].filter((threads) => threads <= most);
  return candidates
    .filter((threads) => !known.includes(threads))
    .slice(0, count)
    .sort((a, b) => a - b);
}

function pointsForFit(measured: readonly number[], fitted: FittedCurve, most: number): NextPoint[] {
  const greatest = fitted.measured[1];
  if (isLacking(fitted.lackOfFit)) return pointInWidestGap(measured);
  const peak = namedPeak(fitted);
  if (peak !== null) return pointAtPeak(peak, measured, most);
  const further = Math.min(2 * greatest, most);
  const gain = speedUpAt(fitted.law, further) / speedUpAt(fitted.law, greatest);
  return gain >= WORTH_GAIN
    ? [{ threads: further, reason: `where the gain ends lies beyond ${greatest} threads` }]
    : [];
}

function pointAtPeak(peak: number, measured: readonly number[], most: number): NextPoint[] {
  const threads = Math.round(peak);
  const isNear = measured.some((known) => Math.max(known / peak, peak / known) <= NEAR_PEAK);
  return isNear || threads > most
    ? []
    : [{ threads, reason: 'the law has its peak there, and nothing was measured near it' }];
}

/** Halves the widest ratio between neighbours; none where all are neighbours. */
function pointInWidestGap(measured: readonly number[]): NextPoint[] {
  const sorted = [...measured].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((to, index) => ({ from: sorted[index] ?? to, to }));
  const widest = gaps
    .filter(({ from, to }) => to - from > 1)
    .reduce<{ from: number; to: number } | null>(
      (best, gap) => (best === null || gap.to / gap.from > best.to / best.from ? gap : best),
      null,
    );
  if (widest === null) return [];
  const { from, to } = widest;
  const threads = Math.min(Math.max(Math.round(Math.sqrt(from * to)), from + 1), to - 1);
  return [
    {
      threads,
      reason: `the law does not describe these points, and between ${from} and ${to} threads none was measured`,
    },
  ];
}
