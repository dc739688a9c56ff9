import type { Parameters } from '../shared/parameters.js';
import { laneCount } from '../shared/plan.js';

/**
 * How often the window is told of a run whose lanes keep every core busy, in ms. Whatever it shows
 * costs some 30 ms of processor time: the page's script, layout and painting, and putting the
 * window together without a graphics processor. A lane has to wait for a core meanwhile, so with a
 * second between, two cores lose 1.5 per cent.
 */
const CROWDED_PACE_MS = 1000;

/**
 * The time between two tellings of a run, in ms: 0, as it comes, while a core is free to draw on;
 * else seldom, as what the window takes is taken from what is measured.
 */
export function paceOf(parameters: Parameters, cores: number): number {
  return busyLanes(parameters) < cores ? 0 : CROWDED_PACE_MS;
}

/** Lanes that compute at the same time, at most. */
function busyLanes(parameters: Parameters): number {
  if (parameters.workload === 'sleep') return 0;
  const isOneAtATime = parameters.lock === 'gil-held' || parameters.lock === 'gil-switching';
  return isOneAtATime ? 1 : laneCount(parameters);
}
