import { SPANS_A_SLICE, type CooperativeTask } from '../base/cooperative-task.js';
import { SpanTrack } from './span-track.js';

/**
 * The process-wide lock over time: the holds of all lanes in one order, tagged with the lanes. New
 * holds are merged in when they are asked for, which costs as many steps as there are holds later
 * than the first new one.
 */
export class LockTrack {
  readonly #holds = new SpanTrack();
  /** For each lane, how many of its holds are merged in. */
  readonly #merged: number[] = [];

  /** The holds, with those that the lanes have got since. */
  update(lanes: readonly { readonly hold: SpanTrack }[]): SpanTrack {
    lanes.forEach(({ hold }, lane) => {
      const merged = this.#merged[lane] ?? 0;
      if (merged === hold.length) return;
      this.#holds.mergeIn(hold, merged, lane);
      this.#merged[lane] = hold.length;
    });
    return this.#holds;
  }

  /** Takes in all holds of the lanes, which have them in this order, one after another. */
  *fill(
    lanes: readonly { readonly hold: SpanTrack }[],
    holders: Uint32Array,
  ): CooperativeTask<void> {
    for (let index = 0; index < holders.length; index += 1) {
      const lane = holders[index] ?? NaN;
      const hold = lanes[lane]?.hold;
      const next = this.#merged[lane] ?? 0;
      if (hold === undefined) continue;
      this.#holds.push(hold.startNs(next), hold.endNs(next), lane);
      this.#merged[lane] = next + 1;
      if (index % SPANS_A_SLICE === SPANS_A_SLICE - 1) yield;
    }
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
