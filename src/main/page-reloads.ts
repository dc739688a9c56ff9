/** Reloads of a page that keeps being lost, at most within the time below, before the user is asked. */
const MOST_RELOADS = 3;

/** Reloads further apart than this, in ms, have nothing to do with one another. */
const WITHIN_MS = 60_000;

/** Counts the reloads of a page that was lost, so that one which is lost at each load is not reloaded for ever. */
export class PageReloads {
  readonly #now: () => number;
  #times: readonly number[] = [];

  /** @param now a clock in ms that never goes back */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns whether to reload a page that has just been lost; if not, begins to count anew. */
  next(): boolean {
    const nowMs = this.#now();
    const recent = this.#times.filter((timeMs) => nowMs - timeMs < WITHIN_MS);
    const mayReload = recent.length < MOST_RELOADS;
    this.#times = mayReload ? [...recent, nowMs] : [];
    return mayReload;
  }
}
