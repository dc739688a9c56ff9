/** What a run's verdict needs to know of its costs, apart from its spans. */
export interface WorkCosts {
  /** Whether there is a lock at all. */
  readonly hasLock: boolean;
  /** Whether operations of the lock lie within compute spans; else they lie between these. */
  readonly isLockInCompute: boolean;
  readonly holdNs: number;
  readonly handOverNs: number;
  /** The least work of a whole repeat; null where it is not known, and of a part of a repeat. */
  readonly least: LeastWork | null;
}

/** How long a repeat's tasks take where each iteration is as fast as the fastest one measured. */
export interface LeastWork {
  /** Computing and sleeping of all tasks together, on all lanes. */
  readonly computeNs: number;
  readonly sleepNs: number;
  /** The task with the most iterations, by itself. */
  readonly longestTaskNs: number;
}

/** The costs for a part of a repeat: which iterations are in it is not known. */
export function costsOfPart(costs: WorkCosts): WorkCosts {
  return { ...costs, least: null };
}
