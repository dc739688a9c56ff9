/**
 * Returns how long a lane idles, in ns: what its tasks leave of a time. Never less than nothing, as tasks
 * that are cut at the ends of a range, or timed by a coarse clock, may seem to take all of it and more.
 */
export function idleNs(timeNs: number, busyNs: number): number {
  return Math.max(0, timeNs - busyNs);
}
