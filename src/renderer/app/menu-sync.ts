import type { MenuState } from '../../ipc/index.js';

/** Sends the state of the application menu to the main process, and only when it has changed. */
export class MenuSync {
  readonly #send: (state: MenuState) => void;
  #sent: MenuState | null = null;

  constructor(send: (state: MenuState) => void) {
    this.#send = send;
  }

  /** Sends a state unless it was the last one sent. */
  sync(state: MenuState): void {
    const sent = this.#sent;
    if (sent !== null && isSame(sent.enabled, state.enabled) && isSame(sent.on, state.on)) return;
    this.#sent = state;
    this.#send(state);
  }
}

function isSame<Value>(one: readonly Value[], other: readonly Value[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
