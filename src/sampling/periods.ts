import type { PeriodFigures } from '../process/recording.js';

/** Width of a bin, and how many there are: longer periods are in the last one. */
const BIN_NS = 1000;
const BINS = 100_000;

/** The times between samples, counted in bins of a microsecond. */
export class Periods {
  readonly #bins = new Uint32Array(BINS);
  #count = 0;

  add(periodNs: number): void {
    const bin = Math.min(BINS - 1, Math.floor(periodNs / BIN_NS));
    this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
    this.#count += 1;
  }

  /** Median and 95th percentile, each the middle of its bin; 0 where nothing was counted. */
  get figures(): PeriodFigures {
    return { median: this.#quantile(0.5), p95: this.#quantile(0.95) };
  }

  #quantile(share: number): number {
    if (this.#count === 0) return 0;
    let left = Math.ceil(share * this.#count);
    const bin = this.#bins.findIndex((count) => (left -= count) <= 0);
    return (bin + 0.5) * BIN_NS;
  }
}
