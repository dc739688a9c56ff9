import type { Overview } from '../experiment/report.js';
import type { RepeatTotals } from '../experiment/summary.js';
import { laneCount } from '../experiment/plan.js';
import type { SweptCell } from './curves.js';

/**
 * Where a cell's efficiency goes, as factors of 1 (after the POP Centre of Excellence's metrics of
 * parallel programs). The parallel efficiency is the product of the three after it; the speed-up over
 * the number of lanes is it, times the computation scaling, over the baseline's parallel efficiency.
 * Null where there is no baseline or nothing was computed.
 */
export interface Factors {
  /** The serial share that Amdahl's law would need for the speed-up (Karp and Flatt 1990). */
  readonly serialFraction: number | null;
  /** What the lanes compute, or sleep where that is their work, over all their time. */
  readonly parallelEfficiency: number | null;
  /** The mean lane's work over that of the lane with the most. */
  readonly loadBalance: number | null;
  /** That lane's work over it and its waiting for the lock. */
  readonly lockEfficiency: number | null;
  /** The rest: handing tasks out, starting and ending. */
  readonly handoutEfficiency: number | null;
  /** All work on the baseline over that here: less than 1 where computing itself takes longer. */
  readonly computationScaling: number | null;
}

/** Times of a cell, each the mean of its repeats, in ns. */
interface CellTimes {
  readonly wallNs: number;
  /** The work of all lanes together. */
  readonly workNs: number;
  /** The work of the lane with the most of it, and what that lane waited. */
  readonly mostWorkNs: number;
  readonly itsWaitNs: number;
}

/** Works out the factors of a cell, and its speed-up's serial fraction, beside its baseline. */
export function factorsOf(cell: SweptCell, baseline: SweptCell | null): Factors {
  const lanes = laneCount(cell.overview.params);
  const { wallNs, workNs, mostWorkNs, itsWaitNs } = meanTimes(cell.overview);
  const single = baseline === null ? null : meanTimes(baseline.overview);
  return {
    serialFraction: single === null ? null : karpFlatt(single.wallNs / wallNs, lanes),
    parallelEfficiency: quotient(workNs, lanes * wallNs),
    loadBalance: quotient(workNs / lanes, mostWorkNs),
    lockEfficiency: quotient(mostWorkNs, mostWorkNs + itsWaitNs),
    handoutEfficiency: quotient(mostWorkNs + itsWaitNs, wallNs),
    computationScaling: single === null ? null : quotient(single.workNs, workNs),
  };
}

/** Returns the serial share by which Amdahl's law has this speed-up; null with one lane. */
export function karpFlatt(speedUp: number, lanes: number): number | null {
  return lanes > 1 && speedUp > 0 ? (1 / speedUp - 1 / lanes) / (1 - 1 / lanes) : null;
}

/**
 * Returns the most efficiency that so many equal tasks allow on so many lanes, whatever the lock: in
 * the last of their turns some lanes have none.
 */
export function taskBound(tasks: number, lanes: number): number {
  return tasks / (lanes * Math.ceil(tasks / lanes));
}

/** Means over the repeats, so that their ratios multiply up to those of whole lanes and walls. */
function meanTimes({ repeats }: Overview): CellTimes {
  const times = repeats.map(timesOf);
  const mean = (name: keyof CellTimes) =>
    times.reduce((sum, time) => sum + time[name], 0) / times.length;
  return {
    wallNs: mean('wallNs'),
    workNs: mean('workNs'),
    mostWorkNs: mean('mostWorkNs'),
    itsWaitNs: mean('itsWaitNs'),
  };
}

function timesOf({ wallNs, lanes }: RepeatTotals): CellTimes {
  let workNs = 0;
  let [mostWorkNs, itsWaitNs] = [0, 0];
  for (const { computeNs, sleepNs, waitNs } of lanes) {
    const own = computeNs + sleepNs;
    workNs += own;
    if (own > mostWorkNs) [mostWorkNs, itsWaitNs] = [own, waitNs];
  }
  return { wallNs, workNs, mostWorkNs, itsWaitNs };
}

function quotient(part: number, whole: number): number | null {
  return part > 0 && whole > 0 ? part / whole : null;
}
