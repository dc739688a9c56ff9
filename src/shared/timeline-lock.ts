import { SpanTrack } from './timeline-track.js';

/** Holds of one lock may seem to overlap by so many ns, as each lane reads the clock itself. */
const CLOCK_TOLERANCE_NS = 1000;

/**
 * The process-wide lock over time: the holds of all lanes in one order, tagged with the lanes. New
 * holds are merged in when they are asked for, which costs as many steps as there are holds later
 * than the first new one.
 */
export class LockTrack {
  #holds = new SpanTrack();
  /** For each lane, how many of its holds are merged in. */
  readonly #merged: number[] = [];
  /** Two lanes held at once, so that there is more than one lock. */
  #hasManyLocks = false;

  /** The holds, with those that the lanes have got since; empty where there is more than one lock. */
  update(lanes: readonly { readonly hold: SpanTrack }[]): SpanTrack {
    if (this.#hasManyLocks) return this.#holds;
    let changed = this.#holds.length;
    lanes.forEach(({ hold }, lane) => {
      const merged = this.#merged[lane] ?? 0;
      if (merged === hold.length) return;
      changed = Math.min(changed, this.#holds.mergeIn(hold, merged, lane));
      this.#merged[lane] = hold.length;
    });
    if (this.#overlapsFrom(changed)) {
      this.#hasManyLocks = true;
      this.#holds = new SpanTrack();
    }
    return this.#holds;
  }

  #overlapsFrom(index: number): boolean {
    for (let later = Math.max(1, index); later < this.#holds.length; later += 1) {
      const overlapNs = this.#holds.endNs(later - 1) - this.#holds.startNs(later);
      if (overlapNs > CLOCK_TOLERANCE_NS) return true;
    }
    return false;
  }
}

/** How long a lane held the lock. */
export interface HolderShare {
  readonly lane: number;
  readonly heldNs: number;
}

/** Who held a lock in [startNs, endNs), whoever held it longest first. */
export function holdersDuring(
  lanes: readonly { readonly hold: SpanTrack }[],
  startNs: number,
  endNs: number,
): HolderShare[] {
  return lanes
    .map(({ hold }, lane) => ({ lane, heldNs: hold.coveredNs(startNs, endNs) }))
    .filter(({ heldNs }) => heldNs > 0)
    .sort((a, b) => b.heldNs - a.heldNs);
}
