import type { TimeRange } from './time-window.js';

/** The shortest range that can be zoomed to, in ns: below it there is nothing to see. */
const SHORTEST_NS = 50;

/** A range's length in ns. */
export function durationOf({ startNs, endNs }: TimeRange): number {
  return endNs - startNs;
}

/** The whole of a timeline that ends at that time. */
export function wholeRange(endNs: number): TimeRange {
  return { startNs: 0, endNs: Math.max(SHORTEST_NS, endNs) };
}

/**
 * An end for an axis that follows a growing timeline: no earlier than the timeline's, and the same
 * until that has grown by several per cent, so that the axis moves in calm steps.
 */
export function calmEnd(endNs: number): number {
  if (endNs <= SHORTEST_NS) return SHORTEST_NS;
  const step = 2 ** (Math.floor(Math.log2(endNs)) - 3);
  return Math.ceil(endNs / step) * step;
}

/** Zooms by a factor (above 1 in, below 1 out) with the time under the pointer staying there. */
export function zoomed(
  range: TimeRange,
  whole: TimeRange,
  aboutNs: number,
  factor: number,
): TimeRange {
  const duration = Math.min(Math.max(durationOf(range) / factor, SHORTEST_NS), durationOf(whole));
  const share = (aboutNs - range.startNs) / durationOf(range);
  const startNs = aboutNs - share * duration;
  return within({ startNs, endNs: startNs + duration }, whole);
}

/** Moves a range by a time, as far as the whole reaches. */
export function panned(range: TimeRange, whole: TimeRange, byNs: number): TimeRange {
  return within({ startNs: range.startNs + byNs, endNs: range.endNs + byNs }, whole);
}

/** The range moved to lie in the whole; the whole itself where it is longer than that. */
export function within(range: TimeRange, whole: TimeRange): TimeRange {
  const duration = durationOf(range);
  if (duration >= durationOf(whole)) return whole;
  const startNs = Math.min(Math.max(range.startNs, whole.startNs), whole.endNs - duration);
  return { startNs, endNs: startNs + duration };
}
