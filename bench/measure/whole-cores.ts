import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadRates } from '../threads/read-rates.js';

/** How measurements came about. They are looked at before, after, and where they say so, within. */
export interface WholeCoresTally {
  /** Kept ones for which the cores looked at were whole. */
  readonly whole: number;
  /** Kept ones of which that is not so, as patience had run out. */
  readonly shared: number;
  /** Those not kept, as a core was shared within or after them. */
  readonly discarded: number;
  /**
   * The most that was read in a nanosecond so far, in bytes, which is taken for what whole cores
   * read: too little where none was whole all the time.
   */
  readonly mostRate: number;
}

/** Time for waiting until cores are whole, and for what is measured again, in ms. */
export interface TimeBudget {
  readonly inAllMs: number;
  /** For one measurement at most, so that some is left for the others. */
  readonly atOnceMs: number;
}

/** Cores to measure on. */
export interface Cores {
  /** Makes a measurement of any kind: one figure, or several that belong together. */
  measure<Value>(work: () => Value | Promise<Value>): Promise<Value>;
  /** Within a measurement, readies cores that may have slept for what comes next. */
  wake(this: void): Promise<void>;
  /** Within a measurement, right after a part of it: if no core is whole, all of it is made again. */
  confirm(this: void): Promise<void>;
}

/** Whatever cores there are, for what is not kept and for what no core's speed decides. */
export const anyCores: Cores = {
  measure: async (work) => work(),
  wake: () => Promise.resolve(),
  confirm: () => Promise.resolve(),
};

/** What a core reads is at least so much of the most that any has read, or somebody shares it. */
const WHOLE_SHARE = 0.85;

/** How long the cores are looked at before the first measurement, in ms. */
const LOOK_MS = 3000;

/** A core that wakes and is kept busy so long, in ms, is whole again, if it will be. */
const ROUSED_MS = 300;

/** Looks at some cores: what is read from each one's nearest cache in a nanosecond. */
type Looking = () => Promise<readonly number[]>;

/**
 * Keeps measurements to times in which the cores are whole. On many machines a core is two logical
 * ones that share its caches' ports and its instructions' way in; who has one of them, such as another
 * guest of the same host, slows the other to two thirds, for seconds at a time and unseen by the
 * system's load. What can be read from the nearest cache in a moment tells: it is all there or falls by
 * a third. So a measurement, which knows nothing of it, waits until it is there, and is made again where
 * it has fallen afterwards, as long as there is patience. All is relative to the most that was seen.
 *
 * Nobody rests while waiting. A guest's core that sleeps is given away, and when it wakes it is put
 * wherever there is room, be that beside the guest's other core; only when it stays awake is it moved
 * to a core of its own, after tens of ms. So whatever runs on several cores begins with roused ones, as
 * long as there is patience. They are roused for the look afterwards, too, which therefore does not see
 * what was over soon; a part of a measurement that is to be surer of its cores confirms it.
 */
export class WholeCores {
  /** For what the thread that asks does by itself. */
  readonly own = this.seenBy(() => Promise.resolve([this.#readRates.own()]));
  /** For what runs anywhere. */
  readonly all: Cores = {
    measure: (work) => this.#measure(work, () => this.#rousedRates()),
    wake: async () => {
      await this.#rousedRates();
    },
    confirm: async () => {
      const most = Math.max(...(await this.#rates()));
      this.#confirmedRate = Math.min(this.#confirmedRate, most);
    },
  };
  readonly #readRates: ReadRates;
  readonly #clock: () => number;
  /** How long one measurement may wait, and how long all of them still may, in ms. */
  readonly #atOnceMs: number;
  #leftMs: number;
  #mostRate = 0;
  /** The least that was read within this measurement by whichever core read most. */
  #confirmedRate = Infinity;
  #hasLooked = false;
  /** For each measurement kept, the least that was read. */
  #keptRates: number[] = [];
  #discarded = 0;

  /**
   * @param readRates looks at the cores
   * @param clock in ms
   */
  constructor(
    readRates: ReadRates,
    { inAllMs, atOnceMs }: TimeBudget,
    clock: () => number = () => performance.now(),
  ) {
    this.#readRates = readRates;
    this.#leftMs = inAllMs;
    this.#atOnceMs = atOnceMs;
    this.#clock = clock;
  }

  /** For what threads do that look at their own cores. */
  seenBy(look: Looking): Cores {
    return { ...anyCores, measure: (work) => this.#measure(work, look) };
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
    const patienceMs = Math.min(this.#leftMs, this.#atOnceMs);
    const isPatient = () => this.#clock() - beganMs < patienceMs;
    for (;;) {
      let before = await this.#leastRate(look);
      while (!this.#isWhole(before) && isPatient()) before = await this.#leastRate(look);
      const lostMs = this.#clock() - beganMs;
      this.#confirmedRate = Infinity;
      const value = await work();
      const after = await this.#leastRate(look);
      const least = Math.min(before, this.#confirmedRate, after);
      if (this.#isWhole(least) || !isPatient()) {
        this.#leftMs -= lostMs;
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
    const end = this.#clock() + Math.min(LOOK_MS, this.#leftMs);
    while (this.#clock() < end) await this.#rates();
  }

  /** Keeps all cores busy until they are whole, for a moment at most; and what they read then. */
  async #rousedRates(): Promise<readonly number[]> {
    const end = this.#clock() + Math.min(ROUSED_MS, this.#leftMs);
    for (;;) {
      const rates = await this.#rates();
      if (this.#isWhole(Math.min(...rates)) || this.#clock() >= end) return rates;
    }
  }

  async #leastRate(look: Looking): Promise<number> {
    // A look at the own core alone would keep whatever else this thread has to do waiting.
    await nextTurn();
    return Math.min(...(await this.#rates(look)));
  }

  /** Looks at cores, at all of them unless it is told how, and learns what whole ones read. */
  async #rates(look: Looking = () => this.#readRates.all()): Promise<readonly number[]> {
    const rates = await look();
    this.#mostRate = Math.max(this.#mostRate, ...rates);
    return rates;
  }

  #isWhole(rate: number): boolean {
    return rate >= WHOLE_SHARE * this.#mostRate;
  }
}
