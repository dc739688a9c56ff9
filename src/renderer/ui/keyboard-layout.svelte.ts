import type { KeyLabels } from './key-press.js';

/** Chromium's account of the keyboard's layout, which the types of the DOM lack. */
interface Keyboard {
  readonly getLayoutMap: () => Promise<KeyLabels>;
}

/**
 * What the layout of the user's keyboard writes at each place. Of several layouts Chromium describes
 * the first that has Latin letters, whichever is chosen.
 */
export class KeyboardLayout {
  readonly #keyboard: Keyboard | undefined;
  /** Null where it is not known. */
  #labels = $state.raw<KeyLabels | null>(null);

  constructor(keyboard = (navigator as Navigator & { readonly keyboard?: Keyboard }).keyboard) {
    this.#keyboard = keyboard;
  }

  get labels(): KeyLabels | null {
    return this.#labels;
  }

  /** Reads it again, as it may have changed while the window was away. */
  async refresh(): Promise<void> {
    this.#labels = await readLabels(this.#keyboard);
  }
}

async function readLabels(keyboard: Keyboard | undefined): Promise<KeyLabels | null> {
  try {
    const labels = await keyboard?.getLayoutMap();
    // Where there is no keyboard to ask, as on a virtual display, the map is empty.
    return labels === undefined || labels.size === 0 ? null : new Map(labels);
  } catch {
    return null;
  }
}
