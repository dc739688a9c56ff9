import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadRates } from '../threads/read-rates.js';

/** How measurements came about. */
export interface WholeCoresTally {
  /** Kept ones before and after which the cores looked at were whole. */
  readonly whole: number;
  /** Kept ones of which that is not so, as patience had run out. */
  readonly shared: number;
  /** Those not kept, as a core was shared after them. */
  readonly discarded: number;
  /**
   * The most that was read in a nanosecond so far, in bytes, which is taken for what whole cores
   * read: too little where none was whole all the time.
   */
  readonly mostRate: number;
}

/** Time for waiting until cores are whole, and for what is measured again, in ms. */
export interface Patience {
  readonly inAllMs: number;
  /** For one measurement at most, so that some is left for the others. */
  readonly atOnceMs: number;
}

/** Cores to measure on. */
export interface Cores {
  /** Makes a measurement of any kind: one figure, or several that belong together. */
  measure<Value>(work: () => Value | Promise<Value>): Promise<Value>;
}

/** Whatever cores there are, for what is not kept and for what no core's speed decides. */
export const anyCores: Cores = { measure: async (work) => work() };

/** What a core reads is at least so much of the most that any has read, or somebody shares it. */
const WHOLE_SHARE = 0.85;

/** How long the cores are looked at before the first measurement, and how often, in ms. */
const LOOK_MS = 3000;
const RETRY_MS = 40;

/** Looks at some cores: what is read from each one's nearest cache in a nanosecond. */
type Looking = () => Promise<readonly number[]>;

/**
 * Keeps measurements to times in which the cores are whole. On many machines a core is two logical
 * ones that share its caches' ports and its instructions' way in; who has one of them, such as another
 * guest of the same host, slows the other to two thirds, for seconds at a time and unseen by the
 * system's load. What can be read from the nearest cache in a moment tells: it is all there or falls by
 * a third. So a measurement, which knows nothing of it, waits until it is there, and is made again where
 * it has fallen afterwards, as long as there is patience. All is relative to the most that was seen.
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
  #hasLooked = false;
  /** For each measurement kept, the least that was read before or after it. */
  #keptRates: number[] = [];
  #discarded = 0;

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

  /** For what threads do that look at their own cores. */
  seenBy(look: Looking): Cores {
    return { measure: (work) => this.#measure(work, look) };
  }

  /** How measurements came about since this was last asked, by what is known now of whole cores. */
  takeTally(): WholeCoresTally {
    const whole = this.#keptRates.filter((rate) => this.#isWhole(rate)).length;
    const tally = {
      whole,
      shared: this.#keptRates.length - whole,
      discarded: this.#discarded,
      mostRate: this.#mostRate,
    };
    this.#keptRates = [];
    this.#discarded = 0;
    return tally;
  }

  /** Measures while those cores are whole; on any, where there is no patience left. */
  async #measure<Value>(work: () => Value | Promise<Value>, look: Looking): Promise<Value> {
    await this.#learn();
    const beganMs = this.#clock();
    const { inAllMs, atOnceMs } = this.#patience;
    const isPatient = () => this.#clock() - beganMs < Math.min(inAllMs, atOnceMs);
    for (;;) {
      let before = await this.#leastRate(look);
      while (!this.#isWhole(before) && isPatient()) {
        await this.#rest(RETRY_MS);
        before = await this.#leastRate(look);
      }
      const lostMs = this.#clock() - beganMs;
      const value = await work();
      const least = Math.min(before, await this.#leastRate(look));
      if (this.#isWhole(least) || !isPatient()) {
        this.#patience = { inAllMs: inAllMs - lostMs, atOnceMs };
        this.#keptRates.push(least);
        return value;
      }
      this.#discarded += 1;
    }
  }

  /** Before the first measurement, looks for a while what whole cores read, if there is patience. */
  async #learn(): Promise<void> {
    if (this.#hasLooked) return;
    this.#hasLooked = true;
    const end = this.#clock() + Math.min(LOOK_MS, this.#patience.inAllMs);
    while (this.#clock() < end) {
      await this.#leastRate(this.#readRates.all);
      await this.#rest(RETRY_MS);
    }
  }

  async #leastRate(look: Looking): Promise<number> {
    const rates = await look();
    this.#mostRate = Math.max(this.#mostRate, ...rates);
    return Math.min(...rates);
  }

  #isWhole(rate: number): boolean {
    return rate >= WHOLE_SHARE * this.#mostRate;
  }
}
