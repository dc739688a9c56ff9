import { setTimeout as sleep } from 'node:timers/promises';
import { BenchThread } from '../threads/bench-thread.js';
import { readRate } from './read-rate.js';

/** Looks at cores: what is read from a core's nearest cache in a nanosecond. */
export interface ReadRates {
  /** Of the core of the thread that asks. */
  own(this: void): number;
  /** Of so many cores as are measured on, all at the same time. */
  all(this: void): Promise<readonly number[]>;
}

/** How measurements came about. */
export interface WholeCoresTally {
  /** Kept ones before and after which all cores were whole. */
  readonly whole: number;
  /** Kept ones where patience had run out. */
  readonly shared: number;
  /** Those that were made again, as a core was shared after them. */
  readonly again: number;
}

/** Cores to measure on. */
export interface Cores {
  /** Makes a measurement of any kind. */
  measure<Value>(work: () => Value | Promise<Value>): Promise<Value>;
}

/** What a core reads is at least so much of the most that any has read, or somebody shares it. */
const WHOLE_SHARE = 0.85;

/** How long the cores are looked at before the first measurement, and how often, in ms. */
const LOOK_MS = 3000;
const RETRY_MS = 40;

/** One measurement may take so much of all patience, so that some is left for the others. */
const LONGEST_SHARE = 0.05;

type Looking = () => Promise<readonly number[]>;

function emptyTally() {
  return { whole: 0, shared: 0, again: 0 } satisfies WholeCoresTally;
}

/**
 * Keeps measurements to times in which the cores are whole. On many machines a core is two logical
 * ones that share its caches' ports and its instructions' way in; who has one of them, such as another
 * guest of the same host, slows the other to two thirds, for seconds at a time and unseen by the
 * system's load. What can be read from the nearest cache in a moment tells: it is all there or falls by
 * a third. So it is measured before and after each measurement, which knows nothing of it, and a
 * measurement after which it has fallen is made again, as long as there is patience.
 */
export class WholeCores {
  /** For what the thread that asks does by itself. */
  readonly own: Cores = {
    measure: (work) => this.#measure(work, () => Promise.resolve([this.#readRates.own()])),
  };
  /** For all else. */
  readonly all: Cores = { measure: (work) => this.#measure(work, this.#readRates.all) };
  readonly #readRates: ReadRates;
  readonly #clock: () => number;
  readonly #rest: (ms: number) => Promise<unknown>;
  #patienceMs: number;
  /** How much of it one measurement may take. */
  readonly #longestMs: number;
  #mostRate = 0;
  #tally = emptyTally();

  /**
   * @param readRates looks at the cores
   * @param patienceMs time for all waiting and all that is measured again
   * @param clock in ms
   */
  constructor(
    readRates: ReadRates,
    patienceMs: number,
    clock: () => number = () => performance.now(),
    rest: (ms: number) => Promise<unknown> = sleep,
  ) {
    this.#readRates = readRates;
    this.#patienceMs = patienceMs;
    this.#longestMs = LONGEST_SHARE * patienceMs;
    this.#clock = clock;
    this.#rest = rest;
  }

  /** Learns what whole cores read, unless there is no patience for that. */
  async look(): Promise<void> {
    const end = this.#clock() + Math.min(LOOK_MS, this.#patienceMs);
    while (this.#clock() < end) {
      await this.#areWhole(this.#readRates.all);
      await this.#rest(RETRY_MS);
    }
  }

  /** How measurements came about since this was last asked. */
  takeTally(): WholeCoresTally {
    const tally = this.#tally;
    this.#tally = emptyTally();
    return tally;
  }

  /** Measures while those cores are whole; on any, where there is no patience left. */
  async #measure<Value>(work: () => Value | Promise<Value>, look: Looking): Promise<Value> {
    const beganMs = this.#clock();
    const patienceMs = Math.min(this.#patienceMs, this.#longestMs);
    const isPatient = () => this.#clock() - beganMs < patienceMs;
    for (;;) {
      let areWhole = await this.#areWhole(look);
      while (!areWhole && isPatient()) {
        await this.#rest(RETRY_MS);
        areWhole = await this.#areWhole(look);
      }
      const lostMs = this.#clock() - beganMs;
      const value = await work();
      areWhole &&= await this.#areWhole(look);
      if (areWhole || !isPatient()) {
        this.#patienceMs -= lostMs;
        this.#tally[areWhole ? 'whole' : 'shared'] += 1;
        return value;
      }
      this.#tally.again += 1;
    }
  }

  async #areWhole(look: Looking): Promise<boolean> {
    const rates = await look();
    this.#mostRate = Math.max(this.#mostRate, ...rates);
    return Math.min(...rates) >= WHOLE_SHARE * this.#mostRate;
  }
}

/** Looks at the core of the thread that asks, and by threads of its own at so many at once. */
export function openReadRates(
  threads: number,
  file: URL,
  limits: WebAssembly.Module,
): AsyncDisposable & ReadRates {
  const readers = Array.from(
    { length: threads },
    () => new BenchThread<null, number>(file, limits),
  );
  return {
    own: readRate(limits),
    all: () => Promise.all(readers.map((reader) => reader.ask(null))),
    async [Symbol.asyncDispose]() {
      await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()));
    },
  };
}
