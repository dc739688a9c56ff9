import type { Timeline } from '../recording/timeline.js';
import type { CooperativeTask } from '../base/cooperative-task.js';
import type { TimeRange } from '../recording/span-walk.js';

/** How the process-wide lock is used over a range of time, cut into equal slices. */
export interface LockOccupancy {
  readonly range: TimeRange;
  /** For each slice the share of it in which the lock is held, 0 to 1. */
  readonly held: Float64Array;
  /** For each slice how many lanes wait for the lock, on average over it. */
  readonly waiting: Float64Array;
}

/**
 * Works out how much the lock is held and waited for in each of so many slices. Null where there is
 * no process-wide lock: none was held, or there is one for each object.
 *
 * The sum of `held` times a slice's length is the time for which the lock is held in the range. Two
 * lanes' clocks may let holds seem to overlap by less than a microsecond; a share of over 1 that
 * comes of it is shown as 1.
 */
export function* lockOccupancy(
  timeline: Timeline,
  range: TimeRange,
  slices: number,
): CooperativeTask<LockOccupancy | null> {
  const { lock } = timeline;
  if (lock.length === 0) return null;
  const held = new Float64Array(slices);
  addShares(lock, range, held);
  held.forEach((share, slice) => {
    held[slice] = Math.min(1, share);
  });
  const waiting = new Float64Array(slices);
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    addShares(timeline.lane(lane).wait, range, waiting);
    yield;
  }
  return { range, held, waiting };
}

/** Spans that know how much time they cover before any moment. */
interface Covering {
  coveredBefore(timeNs: number): number;
}

/** Adds to each slice the share of it that the spans cover. */
function addShares(spans: Covering, { startNs, endNs }: TimeRange, shares: Float64Array): void {
  const lengthNs = (endNs - startNs) / shares.length;
  let before = spans.coveredBefore(startNs);
  for (let slice = 0; slice < shares.length; slice += 1) {
    const after = spans.coveredBefore(startNs + (slice + 1) * lengthNs);
    shares[slice] = (shares[slice] ?? 0) + (after - before) / lengthNs;
    before = after;
  }
}
