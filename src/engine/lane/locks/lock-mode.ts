import { CACHE_LINE, type Layout } from '../../../memory/layout.js';
import type { Parameters } from '../../../experiment/parameters.js';
import type { Clock } from '../../../base/units.js';
import type { Recorder } from '../recorder.js';
import type { SteppedWork, Work } from '../work.js';

/**
 * How a lane runs a task under a lock: which lock it takes, when it gives it up, and what of that
 * is recorded. One small piece a mode; `lockModes` in index.ts lists them.
 *
 * While the run is being stopped a mode still takes and releases its lock as ever: holders leave
 * their work within microseconds, so every waiter has its turn at once, and no lock is left held.
 */
export interface LockMode<W extends Work = Work> {
  /**
   * Runs the begun work to its end, or until the run is stopped, and records the task's inner
   * spans. The recorder's stamp is the task's start on entry and must be its end on return.
   */
  run(work: W, recorder: Recorder, task: number): void;

  /** The lane has no next task at hand: what is held from one task to the next is given up. */
  rest?(): void;
}

/** What a lock mode is made of: the memory's words and its place in the run. */
export interface LockContext {
  readonly words: Int32Array;
  readonly layout: Layout;
  readonly parameters: Parameters;
  readonly lane: number;
  readonly clock: Clock;
}

/** Makes the lock mode of one lane. */
export type LockModeFactory = (context: LockContext) => LockMode<SteppedWork>;

/**
 * The words of the process-wide lock, as places after the first word of the locks' region.
 * `switchedAt` is of 64 bits. The slots of the queue of waiters follow, on lines of their own.
 */
export const GIL = {
  locked: 0,
  lastHolder: 1,
  switches: 2,
  asked: 3,
  switchedAt: 4,
  nextTicket: 6,
  waiters: 8,
  signals: 9,
  firstSlot: CACHE_LINE / 4,
} as const;

/** The index of the process-wide lock's first word. */
export function gilWord({ locks }: Pick<Layout, 'locks'>): number {
  return locks / 4;
}
