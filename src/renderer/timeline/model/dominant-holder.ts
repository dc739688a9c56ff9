import type { Timeline } from '../../../recording/timeline.js';
import type { Columns } from '../paint/column-strip.js';

/** The dominant holder of a pixel column: who held the lock longest; of equals, the lowest lane. */

/** The lane that holds longest in a column, by the columns of all lanes' holds. */
export function dominantHolderInColumn(holds: readonly Columns[], column: number): number {
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

/**
 * The lane that holds longest in the lock's holds from `first` to before `next`, which lie between
 * two times. A few of them are looked at; where there are more than lanes, these are asked instead.
 */
export function dominantHolderAmong(
  timeline: Timeline,
  { first, next, startNs, endNs }: HoldsInColumn,
): number {
  const { lock, lanes } = timeline;
  if (next - first === 1) return lock.tag(first);
  const heldNs = new Float64Array(lanes);
  if (next - first <= lanes) {
    for (let index = first; index < next; index += 1) {
      const lane = lock.tag(index);
      heldNs[lane] = (heldNs[lane] ?? 0) + lock.durationNs(index);
    }
  } else {
    for (let lane = 0; lane < lanes; lane += 1) {
      heldNs[lane] = timeline.lane(lane).hold.coveredNs(startNs, endNs);
    }
  }
  return heldNs.indexOf(Math.max(...heldNs));
}

/** Holds that share a column, by their places in the lock's track, and from when to when it shows. */
export interface HoldsInColumn {
  readonly first: number;
  readonly next: number;
  readonly startNs: number;
  readonly endNs: number;
}
