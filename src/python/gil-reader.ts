import type { GilLayout } from './gil-layout.js';
import {
  type Address,
  Block,
  isAddress,
  type ProcessMemory,
  readBlock,
  unlessDoubtful,
} from './memory.js';

/** What a reading of the lock showed beside the one before. */
export type GilChange = 'same' | 'changed' | 'gone';

/** Returns the address of the word whose lowest bits say that the lock is requested; null where none does. */
export type RequestWord = (lastHolder: Address) => Address | null;

/**
 * Reads the state of one GIL. A reading is one system call into a buffer that is used again; what it
 * shows holds from then on until the next.
 */
export class GilReader {
  readonly address: Address;
  /** Threads wait for the lock on addresses from here … */
  readonly futexFrom: Address;
  /** … to here, not included. */
  readonly futexTo: Address;

  readonly #memory: ProcessMemory;
  readonly #layout: GilLayout;
  readonly #requestWord: RequestWord;
  #now: Block;
  #before: Block;

  constructor(
    memory: ProcessMemory,
    address: Address,
    layout: GilLayout,
    requestWord: RequestWord = () => null,
  ) {
    this.#memory = memory;
    this.#layout = layout;
    this.#requestWord = requestWord;
    this.address = address;
    this.futexFrom = address + layout.conditions;
    this.futexTo = address + layout.bytes;
    this.#now = new Block(Buffer.alloc(layout.bytes));
    this.#before = new Block(Buffer.alloc(layout.bytes));
  }

  /** Reads the lock. It is gone where nothing is there, or something that is no lock. */
  poll(): GilChange {
    [this.#now, this.#before] = [this.#before, this.#now];
    const { bytes } = this.#now;
    if (this.#memory.read(this.address, bytes) !== bytes.length || !this.#isPlausible()) {
      bytes.fill(0);
      return 'gone';
    }
    return Buffer.compare(bytes, this.#before.bytes) === 0 ? 'same' : 'changed';
  }

  /** The thread state that holds the lock; 0 where it is free. */
  get holder(): Address {
    return this.locked ? this.lastHolder : 0;
  }

  /** The thread state that holds the lock or did so last; 0 before any did. */
  get lastHolder(): Address {
    return this.#now.u64(this.#layout.lastHolder);
  }

  get locked(): boolean {
    return this.#now.i32(this.#layout.locked) === 1;
  }

  /** How often the lock passed to another thread. */
  get switchNumber(): number {
    return this.#now.u64(this.#layout.switchNumber);
  }

  /** The switch interval in µs. */
  get intervalUs(): number {
    return this.#now.u64(this.#layout.interval);
  }

  /** Whether the lock is in use: a free-threaded build does without it. */
  get enabled(): boolean {
    return this.#layout.enabled === null || this.#now.i32(this.#layout.enabled) !== 0;
  }

  /** Whether a waiter has requested that the lock be released, as read now. */
  get requested(): boolean {
    const address = this.#requestWord(this.lastHolder);
    if (address === null) return false;
    return unlessDoubtful(() => (readBlock(this.#memory, address, 4).u32(0) & 1) === 1, false);
  }

  #isPlausible(): boolean {
    return isPlausibleGil(this.#now, this.#layout);
  }
}

/** The longest switch interval, in µs, that is taken for one: 1,000 s. */
const MAX_INTERVAL_US = 1e9;

/** Whether bytes can be a GIL that has been set up. */
export function isPlausibleGil(block: Block, layout: GilLayout): boolean {
  const locked = block.i32(layout.locked);
  const interval = block.u64(layout.interval);
  const holder = block.u64(layout.lastHolder);
  return (
    (locked === 0 || locked === 1) &&
    interval > 0 &&
    interval <= MAX_INTERVAL_US &&
    (holder === 0 || isAddress(holder))
  );
}
