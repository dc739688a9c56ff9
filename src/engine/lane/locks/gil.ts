import { ATTENTION, CONTROL, queueSlotsOf } from '../../../memory/layout.js';
import { toNanoseconds, type Clock, type Milliseconds } from '../../../base/units.js';
import { GIL, gilWord, type LockContext } from './lock-mode.js';
import { Mutex, countHandoff } from './mutex.js';
import { QueueLock } from './queue-lock.js';

/** How a lock is asked for. */
export interface GilOptions {
  /** How long a waiter waits before it asks, in ms. */
  readonly intervalMs: number;
  /** Whether a request takes the holder out of its work; else it is seen where the holder looks. */
  readonly interrupts: boolean;
}

/**
 * CPython's lock since 3.2 (Python/ceval_gil.c of 3.11, `take_gil` and `drop_gil`). A waiter that
 * has waited a switch interval without a switch asks the holder to drop the lock; the holder,
 * asked, drops it and does not take it back before another thread has had it.
 *
 * Whoever finds the lock free takes it, as there; waiters have it in the order in which they came.
 *
 * It differs in three things that a thread cannot see but by its clock:
 *
 * - There, every waiter wakes after each interval to look at the lock. Here the first in line alone
 *   waits for the lock and asks for all, and the others sleep until they are first: it has waited
 *   longest, so that no other's time would be up before its own.
 * - There, a waiter sleeps an interval, looks whether there was a switch meanwhile, and if so
 *   sleeps another whole one. Here it sleeps until an interval after the switch, which it reads
 *   off a word: the wait is as long as the rule has it, whenever the waiter began.
 * - There, a mutex around all of it makes sure that a request meets the holder it is meant for.
 *   Here the request names the tenure, by the number of the switch that began it, and one that
 *   comes late is of no effect.
 */
export class Gil {
  readonly #words: Int32Array;
  readonly #mutex: Mutex;
  /** Held by the waiter that is first in line. */
  readonly #firstInLine: QueueLock;
  readonly #lastHolder: number;
  readonly #switches: number;
  readonly #asked: number;
  /** When the lock last changed hands, in ns on the common clock. */
  readonly #switchedAt: BigInt64Array;
  readonly #lane: number;
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #interrupts: boolean;
  #isHeld = false;

  constructor({ words, layout, lane, clock }: LockContext, options: GilOptions) {
    const gil = gilWord(layout);
    this.#words = words;
    this.#mutex = new Mutex(words, gil + GIL.locked);
    this.#firstInLine = new QueueLock(
      words,
      gil + GIL.nextTicket,
      gil + GIL.firstSlot,
      queueSlotsOf(layout.lanes),
    );
    this.#lastHolder = gil + GIL.lastHolder;
    this.#switches = gil + GIL.switches;
    this.#asked = gil + GIL.asked;
    this.#switchedAt = new BigInt64Array(words.buffer, (gil + GIL.switchedAt) * 4, 1);
    this.#lane = lane;
    this.#clock = clock;
    this.#intervalMs = options.intervalMs;
    this.#interrupts = options.interrupts;
  }

  /**
   * Has the lock when it returns: keeps it if this lane holds it and nobody asks, else takes it,
   * having passed it on before where it was held. Says which, and whether the lane waited.
   */
  hold(): 'kept' | 'taken' | 'waited' {
    const isAsked = this.#isHeld && this.isAsked();
    if (this.#isHeld && !isAsked) return 'kept';
    if (isAsked) this.#release(isAsked);
    const waits = !this.#mutex.tryLock();
    if (waits) this.#wait(isAsked ? this.#lastSwitch() : this.#clock());
    this.#isHeld = true;
    this.#noteSwitch();
    // After the switch is noted, so that the next in line waits for an interval from then.
    if (waits) this.#firstInLine.unlock();
    return isAsked || waits ? 'waited' : 'taken';
  }

  /** With the lock held: whether a waiter asks for it. */
  isAsked(): boolean {
    // Before the look at the request: one that comes after it raises the bit again.
    if (this.#interrupts) Atomics.and(this.#words, CONTROL.attention, ~ATTENTION.dropRequest);
    // Acquire: pairs with the waiter's exchange. Only the holder changes the number of switches.
    return Atomics.load(this.#words, this.#asked) === Atomics.load(this.#words, this.#switches);
  }

  /** Releases the lock, if this lane holds it. */
  drop(): void {
    if (this.#isHeld) this.#release(this.isAsked());
  }

  /** `drop_gil`: releases the lock and, if it was asked for, waits until another has had it. */
  #release(isAsked: boolean): void {
    const switches = Atomics.load(this.#words, this.#switches);
    this.#isHeld = false;
    this.#mutex.unlock();
    // FORCE_SWITCHING. Who asked in this tenure still waits for the lock, so a switch is sure to
    // come; where it has come before this, the number is another and nobody sleeps.
    if (isAsked) Atomics.wait(this.#words, this.#switches, switches);
  }

  /**
   * Waits in line, as from a time on, and then for the lock: asks for it after every interval
   * without a switch. Has the lock when it returns, and is still the first in line.
   */
  #wait(since: Milliseconds): void {
    this.#firstInLine.lock();
    const lastSwitch = this.#lastSwitch();
    let askAt = this.#intervalAfter(lastSwitch > since ? lastSwitch : since);
    while (!this.#mutex.lockUntil(askAt, this.#clock)) {
      // The number before the time: of a switch in between, the time is seen to be new.
      const tenure = Atomics.load(this.#words, this.#switches);
      const askAfterSwitch = this.#intervalAfter(this.#lastSwitch());
      if (askAfterSwitch > askAt) {
        askAt = askAfterSwitch;
      } else {
        this.#ask(tenure);
        askAt = this.#intervalAfter(askAt);
      }
    }
  }

  #intervalAfter(time: Milliseconds): Milliseconds {
    return (time + this.#intervalMs) as Milliseconds;
  }

  /** SET_GIL_DROP_REQUEST: asks for the end of the tenure that a switch began. */
  #ask(tenure: number): void {
    // Release: the request is there before the bit that has the holder look at it.
    const before = Atomics.exchange(this.#words, this.#asked, tenure);
    if (this.#interrupts && before !== tenure) {
      // The kernel sees it within microseconds.
      Atomics.or(this.#words, CONTROL.attention, ATTENTION.dropRequest);
    }
  }

  /** With the lock just taken: counts a switch if another held it last, and wakes who waits for one. */
  #noteSwitch(): void {
    if (!countHandoff(this.#words, this.#lastHolder, this.#lane)) return;
    // Release: holder and time are visible before the number that announces a new tenure.
    Atomics.store(this.#switchedAt, 0, BigInt(toNanoseconds(this.#clock())));
    Atomics.add(this.#words, this.#switches, 1);
    Atomics.notify(this.#words, this.#switches);
  }

  #lastSwitch(): Milliseconds {
    // Acquire, and never half of one time and half of another.
    return (Number(Atomics.load(this.#switchedAt, 0)) / 1e6) as Milliseconds;
  }
}
