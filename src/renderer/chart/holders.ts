import type { SpanTrack } from '../../shared/timeline-track.js';
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

/** The lane that holds longest in the lock's holds from `first` to before `next`, of a few. */
export function holderOf(lock: SpanTrack, first: number, next: number): number {
  if (next - first === 1) return lock.tag(first);
  const heldNs = new Map<number, number>();
  for (let index = first; index < next; index += 1) {
    const lane = lock.tag(index);
    heldNs.set(lane, (heldNs.get(lane) ?? 0) + lock.durationNs(index));
  }
  const most = Math.max(...heldNs.values());
  return Math.min(...[...heldNs].filter(([, held]) => held === most).map(([lane]) => lane));
}
