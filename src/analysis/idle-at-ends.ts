import type { SpanTrack } from '../recording/span-track.js';
import { spansIn, type TimeRange } from '../recording/span-walk.js';
import type { Timeline } from '../recording/timeline.js';
import type { RangeFigures } from './selection-stats.js';

/** Thread time at both ends of a repeat, as far as it is in a range. */
export interface IdleAtEnds {
  /** Before lanes' first tasks, of a lane without any the first one of all; after the last task of all. */
  readonly beforeNs: number;
  /** After lanes' last tasks, until the last task of all in the range ends. */
  readonly idleNs: number;
  /** How much of that is due to their having less work than the lane with the most. */
  readonly unevenNs: number;
}

/** Returns what of the lanes' time in a range lies at the ends of the repeat. */
export function idleAtEnds(timeline: Timeline, { range, lanes }: RangeFigures): IdleAtEnds {
  const firstOfAll = firstTaskNs(timeline, range);
  const ends = lanes.map(({ kinds }, lane) => {
    const { task } = timeline.lane(lane);
    const { first, end } = spansIn(task, range);
    const beganNs = beginningNs(task, range, firstOfAll);
    return {
      beganNs,
      lastNs: end > first ? Math.min(task.endNs(end - 1), range.endNs) : beganNs,
      hasMore: end < task.length,
      workNs: kinds.task.sumNs - kinds.wait.sumNs,
    };
  });
  const lastOfAll = ends.reduce((latest, { lastNs }) => Math.max(latest, lastNs), range.startNs);
  const mostWork = ends.reduce((most, { workNs }) => Math.max(most, workNs), 0);
  let beforeNs = ends.some(({ hasMore }) => hasMore) ? 0 : (range.endNs - lastOfAll) * lanes.length;
  let idleNs = 0;
  let unevenNs = 0;
  for (const { beganNs, lastNs, hasMore, workNs } of ends) {
    beforeNs += beganNs - range.startNs;
    if (hasMore) continue;
    idleNs += lastOfAll - lastNs;
    unevenNs += Math.min(lastOfAll - lastNs, mostWork - workNs);
  }
  return { beforeNs, idleNs, unevenNs };
}

/** When the first task of all begins, kept within a range. */
function firstTaskNs(timeline: Timeline, range: TimeRange): number {
  let firstNs = Infinity;
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    const { task } = timeline.lane(lane);
    if (task.length > 0) firstNs = Math.min(firstNs, task.startNs(0));
  }
  return Math.min(Math.max(firstNs, range.startNs), range.endNs);
}

/** When a lane begins to have tasks, within a range; its start where that was before. */
function beginningNs(task: SpanTrack, range: TimeRange, firstOfAll: number): number {
  const beganNs = task.length > 0 ? task.startNs(0) : firstOfAll;
  return Math.min(Math.max(beganNs, range.startNs), range.endNs);
}
