/** Lets so much be done in a time on average, and more at once after a pause. */
export class Allowance {
  readonly #everyNs: number;
  readonly #atOnce: number;
  #left: number;
  #countedNs = 0;

  constructor(everyNs: number, atOnce: number) {
    this.#everyNs = everyNs;
    this.#atOnce = atOnce;
    this.#left = atOnce;
  }

  /** Takes one; false where none is left at that time. */
  take(timeNs: number): boolean {
    const gained = (timeNs - this.#countedNs) / this.#everyNs;
    this.#left = Math.min(this.#atOnce, this.#left + gained);
    this.#countedNs = timeNs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
