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

/** How much longer than it need be an axis may stay. */
const ROOMY = 3;
/** What an axis has room for beyond what is foreseen, and beyond what is there. */
const SLACK = 1.05;
const GROWTH = 1.3;

/**
 * An end for an axis of a timeline that grows to a foreseen end, chosen so that it seldom changes:
 * the present one as long as the timeline ends before it and it is neither much too early nor much
 * too late for what is foreseen.
 */
export function steadyEnd(presentNs: number, endNs: number, foreseenNs: number): number {
  const neededNs = Math.max(endNs, foreseenNs);
  const isFit = neededNs <= GROWTH * presentNs && presentNs <= ROOMY * neededNs;
  if (endNs <= presentNs && isFit) return presentNs;
  return calmEnd(Math.max(GROWTH * endNs, SLACK * foreseenNs));
}

/** A timeline that has come so far shows where it will end. */
const FORETELLING_SHARE = 0.02;

/** Whether an axis is much too long or too short for a timeline that has come far enough to know. */
export function isMisfit(presentNs: number, endNs: number, foreseenNs: number): boolean {
  const canTell = endNs < foreseenNs && endNs >= FORETELLING_SHARE * foreseenNs;
  return canTell && steadyEnd(presentNs, endNs, foreseenNs) !== presentNs;
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

/** What is left free on each side of a span that is zoomed to, as a share of its length. */
const MARGIN = 0.08;

/** The range that shows a part of time nearly as large as can be, with a margin around it. */
export function around({ startNs, endNs }: TimeRange, whole: TimeRange): TimeRange {
  const duration = Math.max((endNs - startNs) * (1 + 2 * MARGIN), SHORTEST_NS);
  const middle = (startNs + endNs) / 2;
  return within({ startNs: middle - duration / 2, endNs: middle + duration / 2 }, whole);
}

/**
 * The range moved, no more than needed, so that a part of time is in sight: all of it, in the
 * middle, where it fits; else its start, unless some of it is in sight already.
 */
export function revealed(range: TimeRange, whole: TimeRange, part: TimeRange): TimeRange {
  const duration = durationOf(range);
  if (part.startNs >= range.startNs && part.endNs <= range.endNs) return range;
  if (durationOf(part) <= duration) {
    const startNs = (part.startNs + part.endNs - duration) / 2;
    return within({ startNs, endNs: startNs + duration }, whole);
  }
  if (part.startNs < range.endNs && part.endNs > range.startNs) return range;
  const startNs = part.startNs - MARGIN * duration;
  return within({ startNs, endNs: startNs + duration }, whole);
}

/** The range of a length that ends at the newest time of a timeline that grows. */
export function newest(durationNs: number, whole: TimeRange, newestNs: number): TimeRange {
  return within({ startNs: newestNs - durationNs, endNs: newestNs }, whole);
}

/** The range between two times in any order, kept within the whole; null where it is empty. */
export function rangeBetween(aNs: number, bNs: number, whole: TimeRange): TimeRange | null {
  const inWhole = (timeNs: number) => Math.min(Math.max(timeNs, whole.startNs), whole.endNs);
  const startNs = inWhole(Math.min(aNs, bNs));
  const endNs = inWhole(Math.max(aNs, bNs));
  return endNs > startNs ? { startNs, endNs } : null;
}

/** The range with one end moved to a time, no shorter than can be zoomed to. */
export function resized(
  range: TimeRange,
  whole: TimeRange,
  end: 'start' | 'end',
  timeNs: number,
): TimeRange {
  return end === 'start'
    ? { ...range, startNs: Math.max(whole.startNs, Math.min(timeNs, range.endNs - SHORTEST_NS)) }
    : { ...range, endNs: Math.min(whole.endNs, Math.max(timeNs, range.startNs + SHORTEST_NS)) };
}
