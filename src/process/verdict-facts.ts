import type { Contention } from './contention.js';
import type { FunctionTimes } from './functions.js';
import type { ProcessSource } from './recording.js';
import { summed, totalOf, type StateTimes } from './thread-shares.js';

/** What the verdict on a program rests on. */
export interface ProgramFacts {
  /** From the recording's start to its end. */
  readonly lengthNs: number;
  /** The time of all threads together. */
  readonly all: StateTimes;
  /** The time in which threads held a lock, waited for it, computed or were queued for a core. */
  readonly activeNs: number;
  /** Threads that had a hundredth of all active time or more. */
  readonly activeThreads: number;
  readonly cores: number;
  readonly handoffs: number;
  readonly hiddenHandoffs: number;
  /** Of the time in which locks were held: with the holder blocked, and without a core. */
  readonly heldBlockedNs: number;
  readonly heldQueuedNs: number;
  /** The function that caused most waiting, and for how long it held while others waited. */
  readonly worst: WorstFunction | null;
  /** A build without the lock. */
  readonly isFreeThreaded: boolean;
}

export interface WorstFunction {
  readonly times: FunctionTimes;
  readonly contendedNs: number;
}

/** Threads with less of the active time than this are passed over where threads are counted. */
const LEAST_ACTIVE_SHARE = 0.01;

/** A recording, or a part of its time, that is judged. */
export interface JudgedPart {
  readonly source: ProcessSource;
  readonly cores: number;
  readonly lengthNs: number;
  readonly handoffs: number;
  /**
   * It is all of the recording. Which hand-offs were not seen, and for how long holders did not run, is
   * known of all of it alone; in a part of it there are none.
   */
  readonly isWhole: boolean;
}

/** Gathers the facts of a recording, or of a part of it. */
export function programFacts(
  { source, cores, lengthNs, handoffs, isWhole }: JudgedPart,
  threads: readonly StateTimes[],
  contention: Contention,
  functions: readonly FunctionTimes[],
): ProgramFacts {
  const all = summed(threads);
  const activeNs = activeOf(all);
  const sum = (valueOf: (thread: (typeof source.threads)[number]) => number) =>
    isWhole ? source.threads.reduce((total, thread) => total + valueOf(thread), 0) : 0;
  const [worst] = functions;
  const [contended] = contention.labels.filter(
    ({ causedWaitNs, heldNs }) => causedWaitNs === worst?.causedWaitNs && heldNs === worst.heldNs,
  );
  return {
    lengthNs,
    all,
    activeNs,
    activeThreads: threads.filter((times) => activeOf(times) >= LEAST_ACTIVE_SHARE * activeNs)
      .length,
    cores,
    handoffs,
    hiddenHandoffs: isWhole ? source.hiddenHandoffs : 0,
    heldBlockedNs: sum(({ heldBlockedNs }) => heldBlockedNs),
    heldQueuedNs: sum(({ heldQueuedNs }) => heldQueuedNs),
    worst:
      worst === undefined || contended === undefined || worst.causedWaitNs === 0
        ? null
        : { times: worst, contendedNs: contended.contendedNs },
    isFreeThreaded: source.processes.some(({ gil }) => gil === 'disabled'),
  };
}

/** The time in which a thread wanted to run: it did, or it waited for the lock or for a core. */
function activeOf(times: StateTimes): number {
  return totalOf(times) - times.sleep - times.blocked;
}
