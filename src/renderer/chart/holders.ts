import type { Timeline } from '../../shared/timeline.js';
import type { Columns } from './column-strip.js';

/** Who holds the lock most in a pixel column; of equals the lane with the lowest number. */

/** The lane that holds longest in a column, by the columns of all lanes' holds. */
export function holderInColumn(holds: readonly Columns[], column: number): number {
  let found = 0;
  let most = -1;
  // Asked for each column of a frame: an iterator's objects would be felt.
  for (let lane = 0; lane < holds.length; lane += 1) {
    const covered = holds[lane]?.coverage[column] ?? 0;
    if (covered > most) {
      most = covered;
      found = lane;
    }
  }
  return found;
}

/** The lane that holds longest between two times, in time that does not depend on how many holds there are. */
export function holderBetween(timeline: Timeline, startNs: number, endNs: number): number {
  let found = 0;
  let mostNs = -1;
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    const heldNs = timeline.lane(lane).hold.coveredNs(startNs, endNs);
    if (heldNs > mostNs) {
      mostNs = heldNs;
      found = lane;
    }
  }
  return found;
}
