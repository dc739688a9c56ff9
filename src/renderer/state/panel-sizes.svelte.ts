import type { Panels } from '../../ipc/index.js';

/** The heights that the user has given to panels; those that none was given follow the style sheet. */
export class PanelSizes {
  readonly #keep: (panels: Panels) => void;
  #heights = $state.raw<Panels>({});

  /** Begins with the heights of the last start; `keep` is given all of them at each change. */
  constructor(kept: Panels, keep: (panels: Panels) => void) {
    this.#heights = kept;
    this.#keep = keep;
  }

  get heights(): Panels {
    return this.#heights;
  }

  /** Has all panels follow the style sheet. */
  reset(): void {
    this.#heights = {};
  }

  /** Gives a panel a height, in whole px. */
  set(panel: keyof Panels, heightPx: number): void {
    this.#heights = { ...this.#heights, [panel]: heightPx };
    this.#keep(this.#heights);
  }
}
