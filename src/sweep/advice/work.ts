import { laneCount } from '../../experiment/plan.js';
import { reasonToLeaveOut } from '../curve-points.js';
import { factorsOf, taskBound } from '../factors.js';
import type { Rule } from './rule.js';

/** So many tasks a lane leave at most a ninth of the lanes' time over in the last turn. */
const TASKS_A_LANE = 8;

/** A bound or a scaling from here on is let pass. */
const NEGLIGIBLE = 0.95;

/** Says that too few tasks bound the efficiency on the most threads. */
export const moreTasks: Rule = ({ curve }) => {
  const params = curve.cells.at(-1)?.overview.params;
  if (params === undefined) return null;
  const [tasks, threads] = [params.matrices, laneCount(params)];
  const boundShare = taskBound(tasks, threads);
  const wantedTasks = TASKS_A_LANE * threads;
  if (boundShare >= NEGLIGIBLE || tasks >= wantedTasks) return null;
  return {
    figures: { threads, tasks, boundShare, wantedTasks },
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
  const cause =
    turbo === false
      ? 'lanes share caches, memory or physical cores'
      : 'cores slow down together (turbo), or lanes share caches, memory or physical cores';
  return {
    figures: {
      threads: laneCount(most.overview.params),
      slowerRatio: 1 / scaling,
      turbo: turbo === null ? 'unknown' : turbo ? 'on' : 'off',
    },
    template: `Computing itself takes {slowerRatio} as long on {threads} threads as on one: ${cause}. It looks like contention, and no change of the lock mends it.`,
  };
};
