/** The lock modes: what each is called and means, and what else follows from it. */

/** What follows from a lock mode apart from how it is taken, which src/engine/lane/locks/ has. */
export interface LockModeTraits {
  readonly label: string;
  readonly meaning: string;
  /** Whether there is no lock, one for all tasks, or one for each matrix. */
  readonly locks: 'none' | 'one' | 'each';
  /** Whether a lane holds its lock for as long as it computes. */
  readonly heldWhileComputing: boolean;
  /** Whether a lane holds its lock while it sleeps; else it sleeps without any. */
  readonly heldWhileSleeping: boolean;
  /** Whether a task may release its lock and take it back, any number of times. */
  readonly givenUpWithinTask: boolean;
  /** Whether the switch interval is the run's parameter. */
  readonly takesInterval: boolean;
}

/** Every lock mode by its name, in the order of display. */
export const LOCK_MODES = {
  none: {
    label: 'None',
    meaning: 'No lock, as Numba nogil=True or a free-threaded build.',
    locks: 'none',
    heldWhileComputing: false,
    heldWhileSleeping: false,
    givenUpWithinTask: false,
    takesInterval: false,
  },
  'gil-held': {
    label: 'GIL held',
    meaning: 'Held for each whole task, as Numba nogil=False. One lane computes, others wait.',
    locks: 'one',
    heldWhileComputing: true,
    heldWhileSleeping: true,
    givenUpWithinTask: false,
    takesInterval: false,
  },
  'gil-released': {
    label: 'GIL released',
    meaning: 'Held for vector work, released around each matrix product, as NumPy does.',
    locks: 'one',
    heldWhileComputing: false,
    heldWhileSleeping: false,
    givenUpWithinTask: true,
    takesInterval: false,
  },
  'gil-switching': {
    label: 'GIL switching',
    meaning: 'Given up on request after a switch interval, as CPython does since 3.2.',
    locks: 'one',
    heldWhileComputing: true,
    heldWhileSleeping: false,
    givenUpWithinTask: true,
    takesInterval: true,
  },
  'per-object': {
    label: 'Per object',
    meaning: 'A lock for each matrix, as free-threaded CPython (PEP 703).',
    locks: 'each',
    heldWhileComputing: true,
    heldWhileSleeping: false,
    givenUpWithinTask: false,
    takesInterval: false,
  },
} as const satisfies Record<string, LockModeTraits>;

/** A lock mode's name. */
export type LockModeName = keyof typeof LOCK_MODES;

/** Whether all lanes share one lock. */
export function sharesOneLock(lock: LockModeName): boolean {
  return LOCK_MODES[lock].locks === 'one';
}

/** Whether lanes compute one at a time, as each holds the one lock meanwhile. */
export function computesOneAtATime(lock: LockModeName): boolean {
  return sharesOneLock(lock) && LOCK_MODES[lock].heldWhileComputing;
}
