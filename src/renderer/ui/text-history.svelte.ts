import { hasOwnUndo } from '../app/keys.js';

/** Which text has the focus, of those that undo their own changes, such as a search. */
export class TextHistory {
  #text = $state.raw<Element | null>(null);

  /** Undoes or redoes in that text; null where none has the focus. */
  get step(): ((step: 'undo' | 'redo') => void) | null {
    return this.#text === null ? null : step;
  }

  /** Takes in that the focus has moved. */
  follow(): void {
    const focused = document.activeElement;
    // A dialog's own text is gone when an action is chosen there.
    const isKept = hasOwnUndo(focused) && focused?.closest('dialog') === null;
    this.#text = isKept ? focused : null;
  }
}

function step(step: 'undo' | 'redo'): void {
  // Nothing else reaches the history that the browser keeps of a text.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand(step);
}
