import { CONTROL } from '../../memory/layout.js';
import { KIND_CODE } from '../../recording/spans.js';
import { systemClock } from '../../base/units.js';
import type { TaskOutcome } from './recorder.js';
import { isStopping, type Work } from './work.js';

/** A sleep that returns twice its input, the task's number; the post's `double(n)`. */
export class SleepWork implements Work {
  readonly kind = KIND_CODE.sleep;
  outcome: TaskOutcome | undefined;

  readonly #words: Int32Array;
  readonly #sleepMs: number;
  #task = 0;
  /** When to wake on the common clock; set as the sleep begins, which is after any wait. */
  #wakeAt: number | undefined;

  constructor(memory: ArrayBufferLike, sleepMs: number) {
    this.#words = new Int32Array(memory);
    this.#sleepMs = sleepMs;
  }

  begin(task: number): void {
    this.outcome = undefined;
    this.#task = task;
    this.#wakeAt = undefined;
  }

  advance(): boolean {
    this.#wakeAt ??= systemClock() + this.#sleepMs;
    for (;;) {
      if (isStopping(this.#words)) return false;
      const left = this.#wakeAt - systemClock();
      if (left <= 0) break;
      // Sleeps on the attention word, so that a stop wakes it; the value is as loaded, so a stop
      // between the two is not missed.
      const attention = Atomics.load(this.#words, CONTROL.attention);
      if (!isStopping(this.#words)) Atomics.wait(this.#words, CONTROL.attention, attention, left);
    }
    this.outcome = {
      eigenvalue: 2 * this.#task,
      rayleigh: NaN,
      residual: NaN,
      iterations: 0,
      converged: true,
    };
    return true;
  }
}
