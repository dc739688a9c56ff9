import type { GilChange, GilReader } from '../python/gil-reader.js';

/** What sampling needs of a lock's reader. */
export type LockReader = Pick<
  GilReader,
  'poll' | 'holder' | 'lastHolder' | 'switchNumber' | 'enabled' | 'futexFrom' | 'futexTo'
>;

/** A lock as its samples show it, with its hand-offs counted. */
export class SampledLock {
  /** Counts the locks of a recording, over all processes. */
  readonly number: number;
  readonly reader: LockReader;
  #isFirst = true;
  #lastHolder = 0;
  #lastHolderSinceNs = 0;
  #switchNumber = 0;
  #handoffs = 0;
  #hidden = 0;

  constructor(number: number, reader: LockReader) {
    this.number = number;
    this.reader = reader;
  }

  /** Times that the lock passed to another thread while it was sampled. */
  get handoffs(): number {
    return this.#handoffs;
  }

  /** Those among them that came between two samples. */
  get hidden(): number {
    return this.#hidden;
  }

  /** The thread state that holds the lock as of the last sample; 0 where it was free. */
  get holder(): number {
    return this.reader.holder;
  }

  /** False where a free-threaded build does without it. */
  get isEnabled(): boolean {
    return this.reader.enabled;
  }

  /** Takes a sample. */
  sample(timeNs: number): GilChange {
    const change = this.reader.poll();
    if (change === 'changed') this.#count(timeNs);
    return change;
  }

  /** Whether a futex at the address is of those on which threads wait for the lock. */
  isWaitedForAt(address: number): boolean {
    return address >= this.reader.futexFrom && address < this.reader.futexTo;
  }

  /** Whether a thread came to hold the lock since a time, whether or not it still does. */
  wasTakenBy(thread: number, sinceNs: number): boolean {
    return this.#lastHolder === thread && this.#lastHolderSinceNs > sinceNs;
  }

  /** The lock's own number of switches tells those that no sample saw: each sample shows one at most. */
  #count(timeNs: number): void {
    const { lastHolder, switchNumber } = this.reader;
    const switches = switchNumber - this.#switchNumber;
    const isOther = lastHolder !== this.#lastHolder;
    if (!this.#isFirst && switches > 0) {
      this.#handoffs += switches;
      this.#hidden += switches - (isOther ? 1 : 0);
    }
    if (isOther) this.#lastHolderSinceNs = timeNs;
    this.#isFirst = false;
    this.#lastHolder = lastHolder;
    this.#switchNumber = switchNumber;
  }
}
