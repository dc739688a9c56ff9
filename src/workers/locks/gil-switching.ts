import { ATTENTION, CONTROL } from '../../shared/layout.js';
import { isStopping } from '../work.js';
import { GIL, gilWord, type LockContext, type LockMode } from './lock-mode.js';
import { countHandoff } from './mutex.js';

/**
 * CPython's lock since 3.2 (Python/ceval_gil.c, `take_gil` and `drop_gil`, 3.11): a waiter that
 * has waited a switch interval without any switch asks the holder to drop the lock; the holder,
 * asked, drops it and does not take it back before another thread has had it.
 */
export class SwitchingGil {
  readonly #words: Int32Array;
  readonly #locked: number;
  readonly #lastHolder: number;
  readonly #switches: number;
  readonly #lane: number;
  readonly #intervalMs: number;

  constructor({ words, layout, lane, parameters }: LockContext) {
    const gil = gilWord(layout);
    this.#words = words;
    this.#locked = gil + GIL.locked;
    this.#lastHolder = gil + GIL.lastHolder;
    this.#switches = gil + GIL.switches;
    this.#lane = lane;
    this.#intervalMs = parameters.switchIntervalMs;
  }

  /** `take_gil`: takes the lock, waiting for it if need be; says whether it waited. */
  take(): boolean {
    let waited = false;
    // Acquire: what the last holder wrote before dropping the lock is seen after this.
    while (Atomics.compareExchange(this.#words, this.#locked, 0, 1) !== 0) {
      waited = true;
      this.#waitOneInterval();
    }
    this.#noteSwitch();
    // RESET_GIL_DROP_REQUEST: whoever asked has it now, or will ask again.
    Atomics.and(this.#words, CONTROL.attention, ~ATTENTION.dropRequest);
    return waited;
  }

  /**
   * `drop_gil`: releases the lock and, if it was asked for, waits until another has had it; says
   * whether it waited.
   */
  drop(): boolean {
    const switches = Atomics.load(this.#words, this.#switches);
    const requested = this.#isDropRequested();
    // Release: what this holder wrote is seen by the next.
    Atomics.store(this.#words, this.#locked, 0);
    Atomics.notify(this.#words, this.#locked, 1);
    // FORCE_SWITCHING. Who asked still waits for the lock, so a switch is sure to come.
    if (requested) Atomics.wait(this.#words, this.#switches, switches);
    return requested;
  }

  /** Waits on the lock for an interval; if nobody switched meanwhile, asks the holder to drop it. */
  #waitOneInterval(): void {
    const switches = Atomics.load(this.#words, this.#switches);
    const outcome = Atomics.wait(this.#words, this.#locked, 1, this.#intervalMs);
    const sameHolder =
      Atomics.load(this.#words, this.#locked) === 1 &&
      Atomics.load(this.#words, this.#switches) === switches;
    if (outcome === 'timed-out' && sameHolder) {
      // SET_GIL_DROP_REQUEST: the kernel sees the bit within microseconds.
      Atomics.or(this.#words, CONTROL.attention, ATTENTION.dropRequest);
    }
  }

  /** With the lock just taken: counts a switch if another held it last, and wakes who waits for one. */
  #noteSwitch(): void {
    if (Atomics.load(this.#words, this.#lastHolder) === this.#lane + 1) return;
    countHandoff(this.#words, this.#lastHolder, this.#lane);
    // Release: the new holder is named before the count says that there is one.
    Atomics.add(this.#words, this.#switches, 1);
    Atomics.notify(this.#words, this.#switches);
  }

  #isDropRequested(): boolean {
    return (Atomics.load(this.#words, CONTROL.attention) & ATTENTION.dropRequest) !== 0;
  }
}

/** Held while computing, and given up on request: pure Python code under CPython's lock. */
export function gilSwitching(context: LockContext): LockMode {
  const gil = new SwitchingGil(context);
  return {
    run(work, recorder) {
      for (;;) {
        const asked = recorder.at;
        const waited = gil.take();
        recorder.tick();
        if (waited) recorder.span('wait', asked);
        const acquired = recorder.at;
        const done = work.advance();
        recorder.tick();
        recorder.span(work.kind, acquired);
        recorder.span('hold', acquired);
        const dropped = recorder.at;
        if (gil.drop()) {
          recorder.tick();
          recorder.span('wait', dropped);
        }
        if (done || isStopping(context.words)) return;
      }
    },
  };
}
