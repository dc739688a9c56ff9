import { CONTROL } from '../../../memory/layout.js';
import type { Clock, Milliseconds } from '../../../base/units.js';

const FREE = 0;
const LOCKED = 1;
const CONTENDED = 2;

/**
 * A mutex on one word of shared memory: 0 free, 1 locked, 2 locked with waiters. The protocol is
 * the second mutex of U. Drepper, "Futexes Are Tricky" (2011): uncontended it is one atomic
 * operation to lock and one to unlock. It is not fair: whoever comes first when it is free has it.
 *
 * No wake-up is lost: a lane sleeps only on a word that it has itself set to 2 or found at 2, so
 * whoever unlocks then sees the 2 and wakes one. That one sets 2 again as it wakes, on behalf of
 * the others that still sleep, whether it finds the lock free or taken.
 */
export class Mutex {
  readonly #words: Int32Array;
  readonly #word: number;

  /** @param word index of the mutex's word */
  constructor(words: Int32Array, word: number) {
    this.#words = words;
    this.#word = word;
  }

  /** Locks if free, and says whether it did. */
  tryLock(): boolean {
    // Acquire: what the last holder wrote before it unlocked is seen after this.
    return Atomics.compareExchange(this.#words, this.#word, FREE, LOCKED) === FREE;
  }

  /** Locks, sleeping while another holds it. */
  lock(): void {
    if (this.tryLock()) return;
    while (!this.#lockContended()) Atomics.wait(this.#words, this.#word, CONTENDED);
  }

  /**
   * Locks, sleeping while another holds it until a time on the clock at most; says whether it did.
   * Who was woken and came too late sleeps for what is left of the time.
   */
  lockUntil(time: Milliseconds, clock: Clock): boolean {
    while (!this.#lockContended()) {
      const outcome = Atomics.wait(this.#words, this.#word, CONTENDED, time - clock());
      if (outcome === 'timed-out') return false;
    }
    return true;
  }

  /** Unlocks, and wakes one waiter where there may be any. */
  unlock(): void {
    // Release: what this holder wrote is seen by the next.
    if (Atomics.exchange(this.#words, this.#word, FREE) === CONTENDED) this.#wakeOne();
  }

  /** Tries to lock, marking that somebody waits. Returns whether it locked. */
  #lockContended(): boolean {
    // Acquire. It stays 2 when taken from 0: one wake-up too many later is harmless, one too few
    // is not.
    return Atomics.exchange(this.#words, this.#word, CONTENDED) === FREE;
  }

  /** Apart, as it is seldom needed: what remains of `unlock` is short enough to be inlined. */
  #wakeOne(): void {
    // Orders nothing: the word was freed before, and whoever wakes looks at it again.
    Atomics.notify(this.#words, this.#word, 1);
  }
}

/**
 * Counts hand-offs of one lock. The word beside the lock names its last holder as lane + 1, with
 * 0 for nobody yet. Call it with the lock held: the lock orders these words. Returns whether
 * another lane than this one, or none, held it last.
 */
export function countHandoff(words: Int32Array, lastHolderWord: number, lane: number): boolean {
  const me = lane + 1;
  // A load is far cheaper than an exchange, and a lane mostly takes a lock that it had last.
  if (Atomics.load(words, lastHolderWord) === me) return false;
  handOver(words, lastHolderWord, me);
  return true;
}

/** Apart, as it is seldom needed: what remains of `countHandoff` is short enough to be inlined. */
function handOver(words: Int32Array, lastHolderWord: number, to: number): void {
  // The lock orders the exchange; the count is one for all locks of a run, and orders nothing.
  if (Atomics.exchange(words, lastHolderWord, to) !== 0) Atomics.add(words, CONTROL.handoffs, 1);
}
