import type { Timeline } from '../../shared/timeline.js';

/** Holds in a column, for each lane, up to which counting them one by one is quicker than searching. */
const FEW_A_LANE = 16;

/**
 * Who holds the lock most in a pixel column, so that it can have the holder's colour. Asked from
 * left to right. It is the true one at any zoom, and of equals the lane with the lower number, so
 * that a column's colour never depends on how it came into view.
 */
export class Holders {
  readonly #timeline: Timeline;
  /** For each lane, its first hold that ends after the column asked for last. */
  readonly #next: number[];
  readonly #heldNs: Float64Array;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#next = Array.from({ length: timeline.lanes }, () => 0);
    this.#heldNs = new Float64Array(timeline.lanes);
  }

  /** The lane that holds longest in the lock's holds from `first` to before `next`. */
  of(first: number, next: number): number {
    const { lock } = this.#timeline;
    if (next - first === 1) return lock.tag(first);
    this.#heldNs.fill(0);
    if (next - first <= FEW_A_LANE * this.#heldNs.length) {
      for (let index = first; index < next; index += 1) {
        const lane = lock.tag(index);
        this.#heldNs[lane] = (this.#heldNs[lane] ?? 0) + lock.durationNs(index);
      }
    } else {
      this.#sum(lock.startNs(first), lock.endNs(next - 1));
    }
    return longest(this.#heldNs);
  }

  /** Sums each lane's holds between two times, by its own track. */
  #sum(startNs: number, endNs: number): void {
    for (let lane = 0; lane < this.#heldNs.length; lane += 1) {
      const { hold } = this.#timeline.lane(lane);
      const from = hold.firstEndingAfter(startNs, this.#next[lane]);
      const to = hold.firstEndingAfter(endNs, from);
      this.#next[lane] = from;
      this.#heldNs[lane] = hold.coveredBefore(endNs, to) - hold.coveredBefore(startNs, from);
    }
  }
}

/** The index of the greatest value, the first of equals. */
function longest(values: Float64Array): number {
  let found = 0;
  for (let index = 1; index < values.length; index += 1) {
    if ((values[index] ?? 0) > (values[found] ?? 0)) found = index;
  }
  return found;
}
