/** How often something is done that takes a while. */
export interface Pace {
  readonly leastNs: number;
  readonly mostNs: number;
  /** Which part of the time it may take, between these bounds. */
  readonly share: number;
}

/**
 * When it is due again, in ns. What it took is bounded by `mostNs`, since it also counts the time in which
 * this thread had no core.
 */
export function nextDueNs(
  startNs: number,
  endNs: number,
  { leastNs, mostNs, share }: Pace,
): number {
  return startNs + Math.min(mostNs, Math.max(leastNs, (endNs - startNs) / share));
}
