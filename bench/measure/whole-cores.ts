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

/** Time for waiting until cores are whole, and for what is measured again, in ms. */
export interface Patience {
  readonly inAllMs: number;
  /** For one measurement at most, so that some is left for the others. */
  readonly atOnceMs: number;
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

/** Looks at some cores: what is read from each one's nearest cache in a nanosecond. */
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
  readonly own = this.seenBy(() => Promise.resolve([this.#readRates.own()]));
  /** For what runs anywhere. */
  readonly all = this.seenBy(() => this.#readRates.all());
  readonly #readRates: ReadRates;
  readonly #clock: () => number;
  readonly #rest: (ms: number) => Promise<unknown>;
  #patience: Patience;
  #mostRate = 0;
  #tally = emptyTally();

  /**
   * @param readRates looks at the cores
   * @param clock in ms
   */
  constructor(
    readRates: ReadRates,
    patience: Patience,
    clock: () => number = () => performance.now(),
    rest: (ms: number) => Promise<unknown> = sleep,
  ) {
    this.#readRates = readRates;
    this.#patience = patience;
    this.#clock = clock;
    this.#rest = rest;
  }

  /** Learns what whole cores read, unless there is no patience for that. */
  async look(): Promise<void> {
    const end = this.#clock() + Math.min(LOOK_MS, this.#patience.inAllMs);
    while (this.#clock() < end) {
      await this.#areWhole(this.#readRates.all);
      await this.#rest(RETRY_MS);
    }
  }

  /** For what threads do that look at their own cores. */
  seenBy(look: Looking): Cores {
    return { measure: (work) => this.#measure(work, look) };
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
    const { inAllMs, atOnceMs } = this.#patience;
    const isPatient = () => this.#clock() - beganMs < Math.min(inAllMs, atOnceMs);
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
        this.#patience = { inAllMs: inAllMs - lostMs, atOnceMs };
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
