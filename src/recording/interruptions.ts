import type { TimeRange } from './span-walk.js';

/** When the lanes of a repeat could not go on, for reasons outside of the program. */
export interface Interruptions {
  /**
   * For each lane, the time in ns in which it was ready and had no core, as other processes, a quota
   * or the machine under a virtual one had them; null where the system does not say.
   */
  readonly queuedNs: readonly number[] | null;
  /** The same as a share of the lane's computing, at most 1; 0 where it computed nothing. */
  readonly queuedShares: readonly number[] | null;
  /** Gaps in which the whole process stood still, in order of time. */
  readonly suspensions: readonly Suspension[];
}

/** A gap in which the whole process stood still: it was stopped, or the machine slept. */
export interface Suspension extends TimeRange {
  /** How long the machine slept while its clock stood still, so that no span shows it, in ns. */
  readonly sleptNs: number;
}

export const NO_INTERRUPTIONS: Interruptions = {
  queuedNs: null,
  queuedShares: null,
  suspensions: [],
};

/** How long a suspension was, as a clock outside of the machine would have it, in ns. */
export function suspendedNs({ startNs, endNs, sleptNs }: Suspension): number {
  return endNs - startNs + sleptNs;
}
