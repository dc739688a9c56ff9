import { laneCount } from '../../experiment/plan.js';
import { reasonToLeaveOut } from '../curve-points.js';
import { factorsOf, taskBound } from '../factors.js';
import type { Rule } from './rule.js';

/** So many tasks a lane leave at most a ninth of the lanes' time over in the last turn. */
const TASKS_A_LANE = 8;

/** A bound or a scaling from here on is let pass. */
const NEGLIGIBLE = 0.95;

/** Says that too few tasks bound the efficiency, on the number of threads where they do so the most. */
export const moreTasks: Rule = ({ curve: { cells } }) => {
  const bounds = cells.map(({ overview: { params } }) => {
    const [tasks, threads] = [params.matrices, laneCount(params)];
    return { threads, tasks, boundShare: taskBound(tasks, threads) };
  });
  const worst = bounds
    .filter(({ tasks, threads }) => tasks < TASKS_A_LANE * threads)
    .reduce<(typeof bounds)[number] | null>(
      (least, bound) => (least === null || bound.boundShare < least.boundShare ? bound : least),
      null,
    );
  if (worst === null || worst.boundShare >= NEGLIGIBLE) return null;
  const wantedTasks = TASKS_A_LANE * Math.max(...bounds.map(({ threads }) => threads));
  return {
    figures: { ...worst, wantedTasks },
    template:
      '{tasks} equal tasks keep {threads} lanes at an efficiency of at most {boundShare}, whatever the lock: take {wantedTasks} or more.',
  };
};

/** Says that computing itself takes longer on several threads, which looks like contention. */
export const slowerComputing: Rule = ({ curve: { cells, baseline } }) => {
  const most = cells.findLast((cell) => reasonToLeaveOut(cell) === null);
  if (most === undefined || baseline === null) return null;
  const scaling = factorsOf(most, baseline).computationScaling;
  if (scaling === null || scaling >= NEGLIGIBLE) return null;
  const { turbo } = most.overview.machine;
  const queuedShare = most.overview.summary.queuedShare ?? 0;
  const cause =
    queuedShare > 1 - NEGLIGIBLE
      ? 'the lanes were ready and had no core for {queuedShare} of their time, as others had them'
      : turbo === false
        ? 'lanes share caches, memory or physical cores'
        : 'cores slow down together (turbo), or lanes share caches, memory or physical cores';
  return {
    figures: {
      threads: laneCount(most.overview.params),
      slowerRatio: 1 / scaling,
      queuedShare,
      turbo: turbo === null ? 'unknown' : turbo ? 'on' : 'off',
    },
    template: `Computing itself takes {slowerRatio} as long on {threads} threads as on one: ${cause}. It looks like contention, and no change of the lock mends it.`,
  };
};
