/**
 * A lock that lanes get in the order in which they came, asleep until their turn: the array-based
 * queue lock of T. E. Anderson, "The Performance of Spin Lock Alternatives for Shared-Memory
 * Multiprocessors" (1990), with sleeping in place of spinning.
 *
 * Each lane that comes draws a ticket. It sleeps on the slot of its ticket, and whoever unlocks
 * writes the next ticket into that ticket's slot: it wakes one lane and no other, and whoever comes
 * meanwhile does not get ahead. A lane that comes to a free lock finds its ticket written already.
 */
export class QueueLock {
  readonly #words: Int32Array;
  /** The word that holds the next ticket. */
  readonly #nextTicket: number;
  readonly #firstSlot: number;
  /** Slots less one: as these are a power of two, the bits of a ticket that number its slot. */
  readonly #slotMask: number;
  #ticket = 0;

  /**
   * All words are zero at first.
   *
   * @param nextTicket index of the word that counts the tickets
   * @param firstSlot index of the first slot's word
   * @param slots how many there are: a power of two, and at least one for each lane
   */
  constructor(words: Int32Array, nextTicket: number, firstSlot: number, slots: number) {
    this.#words = words;
    this.#nextTicket = nextTicket;
    this.#firstSlot = firstSlot;
    this.#slotMask = slots - 1;
  }

  /** Locks, sleeping until all who came before have had the lock. */
  lock(): void {
    // Orders the lanes: each draws a ticket of its own.
    this.#ticket = Atomics.add(this.#words, this.#nextTicket, 1);
    const slot = this.#slotOf(this.#ticket);
    // Acquire: pairs with the store of the lane before.
    let written = Atomics.load(this.#words, slot);
    while (written !== this.#ticket) {
      // Where the ticket is written in between, nobody sleeps.
      Atomics.wait(this.#words, slot, written);
      written = Atomics.load(this.#words, slot);
    }
  }

  /** Passes the lock on to the next in line, or to whoever comes next. */
  unlock(): void {
    // As the tickets' word counts: beyond 2^31 - 1 it goes on below zero.
    const next = (this.#ticket + 1) | 0;
    const slot = this.#slotOf(next);
    // Release: the next lane sees what this one wrote.
    Atomics.store(this.#words, slot, next);
    // Orders nothing: whoever wakes looks at the slot again.
    Atomics.notify(this.#words, slot, 1);
  }

  #slotOf(ticket: number): number {
    return this.#firstSlot + (ticket & this.#slotMask);
  }
}
