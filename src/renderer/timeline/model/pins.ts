/**
 * Pinned lanes stand on top in the order in which they were pinned; the others follow in theirs. A
 * lane's slot is its place from the top among those of its kind: the pinned ones, or the others.
 */

/** The pins with a lane pinned last, or no longer pinned. */
export function togglePin(pins: readonly number[], lane: number): readonly number[] {
  return pins.includes(lane) ? pins.filter((pinned) => pinned !== lane) : [...pins, lane];
}

/** The slot of a lane that is not pinned. */
export function slotOf(pins: readonly number[], lane: number): number {
  return lane - pins.filter((pinned) => pinned < lane).length;
}

/** The lane, not pinned, of a slot; the inverse of `slotOf`. */
export function laneOfSlot(pins: readonly number[], slot: number): number {
  return [...pins]
    .sort((a, b) => a - b)
    .reduce((lane, pinned) => (pinned <= lane ? lane + 1 : lane), slot);
}
