import { isEffective, type Parameters } from './parameters.js';
import { ratioInterval, type Interval } from './statistics.js';
import type { Overview } from './report.js';

/** How many times as fast a run is as another, with its 95 % interval where there is one. */
export interface SpeedUp {
  readonly ratio: number;
  readonly ci95: Interval | null;
}

/** The parameters that say what is computed, apart from how it is spread over threads. */
const WORK_PARAMETERS = [
  'workload',
  'matrices',
  'size',
  'seed',
  'sleepMs',
  'epsilon',
  'maxIterations',
  'convergence',
] as const satisfies readonly (keyof Parameters)[];

/** Whether two runs do the same work, so that their times compare. What has no effect may differ. */
export function isSameWork(a: Parameters, b: Parameters): boolean {
  return WORK_PARAMETERS.every((name) => a[name] === b[name] || !isEffective(name, a));
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
type TimedRun = Pick<Overview, 'repeats' | 'summary'>;

/**
 * The speed-up of a run over a baseline: the baseline's median wall time over the run's. That of
 * the baseline over itself is exactly 1.
 */
export function speedUp(run: TimedRun, baseline: TimedRun): SpeedUp {
  if (run === baseline) return { ratio: 1, ci95: [1, 1] };
  const walls = ({ repeats }: TimedRun) => repeats.map((repeat) => repeat.wallNs);
  return {
    ratio: baseline.summary.wallNs.median / run.summary.wallNs.median,
    ci95: ratioInterval(walls(baseline), walls(run)),
  };
}
