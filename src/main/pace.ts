import { computesOneAtATime, type Parameters } from '../shared/parameters.js';
import { laneCount } from '../shared/plan.js';

/**
 * What the window costs to show an update, in ms of processor time: 21 in the page's process (script,
 * layout, painting) and 8 for putting the window together without a graphics processor, as read off
 * the processes' own times at 1600 x 1000.
 */
const UPDATE_COST_MS = 30;

/** What of all cores' time the updates may take from lanes that keep them busy. */
const UPDATE_SHARE = 0.015;

/** The pace of a crowded run: often enough to be called live, and no oftener than anyone follows. */
const LONGEST_PACE_MS = 1000;
const SHORTEST_PACE_MS = 100;

/**
 * The time between two tellings of a run, in ms: 0, as it comes, while a core is free to draw on;
 * else seldom, as what the window takes is taken from what is measured.
 */
export function paceOf(parameters: Parameters, cores: number): number {
  if (busyLanes(parameters) < cores) return 0;
  const paceMs = Math.round(UPDATE_COST_MS / (UPDATE_SHARE * cores));
  return Math.min(Math.max(paceMs, SHORTEST_PACE_MS), LONGEST_PACE_MS);
}

/** Lanes that compute at the same time, at most. */
function busyLanes(parameters: Parameters): number {
  if (parameters.workload === 'sleep') return 0;
  return computesOneAtATime(parameters.lock) ? 1 : laneCount(parameters);
}
