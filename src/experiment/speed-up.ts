import { isEffective, type Parameters } from './parameters.js';
import { median, pairedRatioInterval, ratioInterval, type Interval } from '../base/statistics.js';
import type { Overview } from './report.js';

/** How many times as fast a run is as another. */
export interface SpeedUp {
  readonly ratio: number;
  /** Its 95 % interval, or their range where repeats are too few for one; null with fewer than three. */
  readonly ci95: Interval | null;
  /** The repeats of the one that has fewer. */
  readonly repeats: number;
}

/** The parameters that say what is computed, apart from how it is spread over threads. */
const WORK_PARAMETERS = [
  'workload',
  'matrices',
  'size',
  'seed',
  'sleepMs',
  'interpreterUs',
  'epsilon',
  'maxIterations',
  'convergence',
] as const satisfies readonly (keyof Parameters)[];

/** Whether two runs do the same work, so that their times compare. */
export function isSameWork(a: Parameters, b: Parameters): boolean {
  return differingWork(a, b).length === 0;
}

/** Returns the parameters by which two runs do other work. What has no effect may differ. */
export function differingWork(a: Parameters, b: Parameters): (typeof WORK_PARAMETERS)[number][] {
  return WORK_PARAMETERS.filter((name) => a[name] !== b[name] && isEffective(name, a));
}

/** The newest run among `runs` that does the same work serially and without a lock. */
export function serialBaseline<Run extends { readonly overview: Overview }>(
  runs: readonly Run[],
  params: Parameters,
): Run | undefined {
  return runs.findLast(({ overview }) => {
    const candidate = overview.params;
    return (
      candidate.scheduler === 'serial' && candidate.lock === 'none' && isSameWork(candidate, params)
    );
  });
}

/** What of a run a speed-up is worked out from. */
type TimedRun = Pick<Overview, 'repeats'>;

/** The wall time of each repeat of a run, in ns. */
export function wallTimes({ repeats }: TimedRun): number[] {
  return repeats.map(({ wallNs }) => wallNs);
}

/**
 * The speed-up of a run over a baseline that was measured at another time: the baseline's median
 * wall time over the run's.
 */
export function speedUp(run: TimedRun, baseline: TimedRun): SpeedUp {
  const walls = wallTimes(run);
  const baselineWalls = wallTimes(baseline);
  return {
    ...speedUpOfMedians(walls, baselineWalls),
    ci95: ratioInterval(baselineWalls, walls),
  };
}

/**
 * The same of two that were measured in rounds, in turn, by their wall times in ns: what befell a
 * whole round does not widen the interval.
 */
export function speedUpByRounds(
  wallsNs: readonly number[],
  baselineNs: readonly number[],
): SpeedUp {
  return {
    ...speedUpOfMedians(wallsNs, baselineNs),
    ci95: pairedRatioInterval(baselineNs, wallsNs),
  };
}

/** A speed-up without its interval, of medians to whole nanoseconds, as reports have them. */
export function speedUpOfMedians(wallsNs: readonly number[], baselineNs: readonly number[]) {
  const medianNs = (values: readonly number[]) => Math.round(median(values));
  return {
    ratio: medianNs(baselineNs) / medianNs(wallsNs),
    repeats: Math.min(wallsNs.length, baselineNs.length),
  };
}
