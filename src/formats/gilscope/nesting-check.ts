import { ContentError } from '../../base/content-error.js';

/** Checks that each lane's spans come in order of their ends and lie inside or beside one another. */
export class NestingCheck {
  readonly #name: string;
  /** For each lane, the starts and ends of spans that no later one has been seen to hold. */
  readonly #open: number[][];

  /** @param name the file's, for what is said of it */
  constructor(name: string, lanes: number) {
    this.#name = name;
    this.#open = Array.from({ length: lanes }, () => []);
  }

  /**
   * Takes in the next span.
   *
   * @throws ContentError where it overlaps with one before it, or comes out of order
   */
  add(lane: number, startNs: number, endNs: number): void {
    const open = this.#open[lane] ?? [];
    const lastEndNs = open.at(-1) ?? 0;
    if (endNs < startNs) this.#refuse(`a span that ends before it starts, at ${startNs} ns`);
    if (endNs < lastEndNs) this.#refuse(`spans out of order, at ${endNs} ns`);
    while ((open.at(-2) ?? -1) >= startNs) open.length -= 2;
    if ((open.at(-1) ?? 0) > startNs) this.#refuse(`spans that overlap, at ${startNs} ns`);
    open.push(startNs, endNs);
  }

  #refuse(what: string): never {
    throw new ContentError(`${this.#name} has ${what}`);
  }
}
