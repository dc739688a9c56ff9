import type { MenuState } from '../../ipc/index.js';

/** Tells the application menu what to show, and only where that has changed. */
export class MenuTeller {
  readonly #tell: (state: MenuState) => void;
  #told: MenuState | null = null;

  constructor(tell: (state: MenuState) => void) {
    this.#tell = tell;
  }

  /** Takes in what the menu is to show now. */
  follow(state: MenuState): void {
    const told = this.#told;
    if (told !== null && isSame(told.enabled, state.enabled) && isSame(told.on, state.on)) return;
    this.#told = state;
    this.#tell(state);
  }
}

function isSame<Value>(one: readonly Value[], other: readonly Value[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
