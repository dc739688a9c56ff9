import { SPAN_KINDS, type SpanKind } from './spans.js';

/**
 * Returns the kinds whose spans together are all that a lane does: tasks, in which the others lie, or,
 * where nothing was recorded by tasks, all of them, which then follow one another.
 */
export function busyKinds(hasTasks: boolean): readonly SpanKind[] {
  return hasTasks ? ['task'] : SPAN_KINDS;
}

/**
 * Returns how long a lane idles, in ns: what its spans leave of a time. Never less than nothing, as spans
 * that are cut at the ends of a range, or timed by a coarse clock, may seem to take all of it and more.
 */
export function idleNs(timeNs: number, busyNs: number): number {
  return Math.max(0, timeNs - busyNs);
}
