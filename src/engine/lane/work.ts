import { ATTENTION, CONTROL } from '../../memory/layout.js';
import type { KIND_CODE } from '../../recording/spans.js';
import type { TaskOutcome } from './recorder.js';

/**
 * What a task does, apart from any lock. A lock mode drives it: `begin`, then `advance` until it
 * is done, with the lock held or not, as the mode has it.
 */
export interface Work {
  /** What its time is recorded as. */
  readonly kind: typeof KIND_CODE.compute | typeof KIND_CODE.sleep;
  /** Starts a task from its first state. */
  begin(task: number): void;
  /** Goes on until the task is done (true), or until the attention word is raised (false). */
  advance(): boolean;
  /** What the task gave, once it is done; undefined where it was stopped before. */
  readonly outcome: TaskOutcome | undefined;
}

/**
 * Work whose steps can be taken one by one: a part that needs no interpreter, and one that does. The
 * last step works out the result.
 */
export interface SteppedWork extends Work {
  /**
   * The part of a step that runs outside the interpreter: the matrix product, unless that is inside, and
   * nothing between two pieces of the part inside. False where it was left unfinished, as the attention word was raised.
   */
  product(): boolean;
  /**
   * A piece of the part that runs inside it: vector work, the interpreter's own and the test. True when
   * the task is done.
   */
  update(): boolean;
}

/** Whether the run is being stopped. */
export function isStopping(words: Int32Array): boolean {
  // Sequentially consistent, as the main thread's store that it meets; it orders no other data.
  return (Atomics.load(words, CONTROL.attention) & ATTENTION.stop) !== 0;
}
