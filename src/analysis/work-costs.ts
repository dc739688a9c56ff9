import * as v from 'valibot';
import type { Checked } from '../base/schemas.js';
import type { Locks } from '../recording/recording.js';

export const WorkCostsSchema = v.object({
  /** Whether there is a lock at all. */
  hasLock: v.boolean(),
  /** Whether operations of the lock lie within compute spans; else they lie between these. */
  isLockInCompute: v.boolean(),
  holdNs: v.number(),
  handOverNs: v.number(),
  /** The least work of a whole repeat; null where it is not known, and of a part of a repeat. */
  least: v.nullable(
    v.object({
      /** Computing and sleeping of all tasks together, on all lanes. */
      computeNs: v.number(),
      sleepNs: v.number(),
      /** The task with the most iterations, by itself. */
      longestTaskNs: v.number(),
    }),
  ),
});

/** What a run's verdict needs to know of its costs, apart from its spans. */
export type WorkCosts = Checked<typeof WorkCostsSchema>;

/** How long a repeat's tasks take where each iteration is as fast as the fastest one measured. */
export type LeastWork = NonNullable<WorkCosts['least']>;

/** The costs for a part of a repeat: which iterations are in it is not known. */
export function costsOfPart(costs: WorkCosts): WorkCosts {
  return { ...costs, least: null };
}

/** The costs of a recording of whose work nothing is known, such as that of a program. */
export function unknownCosts(locks: Locks): WorkCosts {
  return {
    hasLock: locks !== 'none',
    isLockInCompute: false,
    holdNs: 0,
    handOverNs: 0,
    least: null,
  };
}
