const FREE = 0;
const LOCKED = 1;

/** The indices of a lock's three words. */
export interface ConditionLockWords {
  readonly locked: number;
  /** How many wait, those woken that have not looked yet among them. */
  readonly waiters: number;
  /** Counts the wake-ups, so that none is slept through. */
  readonly signals: number;
}

/**
 * A lock whose every release wakes a waiter, which then competes for it with whoever comes: `drop_gil` and
 * `take_gil` of CPython's Python/ceval_gil.c, where a mutex and a condition variable stand for these words. A
 * thread that releases the lock for a moment wakes another each time, and mostly has it back first. A
 * mutex that sleeps and wakes no more than it must would make that cheaper than it is.
 *
 * No wake-up is lost: who waits is counted before it looks at the lock, and sleeps only while no release has
 * come after its look at `signals`.
 */
export class ConditionLock {
  readonly #words: Int32Array;
  readonly #at: ConditionLockWords;

  constructor(words: Int32Array, at: ConditionLockWords) {
    this.#words = words;
    this.#at = at;
  }

  /** Locks if free, and says whether it did. */
  tryLock(): boolean {
    // Acquire: what the last holder wrote before it unlocked is seen after this.
    return Atomics.compareExchange(this.#words, this.#at.locked, FREE, LOCKED) === FREE;
  }

  /** Locks, sleeping while another holds it. */
  lock(): void {
    // Sequentially consistent with `unlock`: either it sees this waiter, or this sees the lock free.
    Atomics.add(this.#words, this.#at.waiters, 1);
    for (;;) {
      // Before the look at the lock: a release after that look has another number.
      const signals = Atomics.load(this.#words, this.#at.signals);
      if (this.tryLock()) break;
      Atomics.wait(this.#words, this.#at.signals, signals);
    }
    Atomics.add(this.#words, this.#at.waiters, -1);
  }

  /** Unlocks, and wakes one waiter where there is any. */
  unlock(): void {
    // Release: what this holder wrote is seen by the next.
    Atomics.store(this.#words, this.#at.locked, FREE);
    // After the store, as `lock` counts before it looks.
    if (Atomics.load(this.#words, this.#at.waiters) > 0) this.#wakeOne();
  }

  /** Apart, as it is seldom needed: what remains of `unlock` is short enough to be inlined. */
  #wakeOne(): void {
    // Orders nothing: whoever wakes looks at the lock again.
    Atomics.add(this.#words, this.#at.signals, 1);
    Atomics.notify(this.#words, this.#at.signals, 1);
  }
}
