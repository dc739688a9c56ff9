import type { ParameterName, Parameters } from '../../experiment/parameters.js';
import type { Axes } from '../../sweep/axes.js';
import { edit, endEdit, historyOf, redo, replace, undo, type EditHistory } from './edit-history.js';
import type { FormText } from './form.js';
import { judgeLists, listsOf, listsOfAxes } from './list-form.js';

/** The form's lists, what they mean, and the commands that change them. */
export class ListEdits {
  /** The form takes lists, and Run measures a sweep of them. */
  isOn = $state(false);
  readonly #usableCores: number;
  #history: EditHistory;

  readonly judgement = $derived.by(() => judgeLists(this.text, this.#usableCores));

  constructor(defaults: Parameters, usableCores: number) {
    this.#usableCores = usableCores;
    this.#history = $state.raw(historyOf(listsOf(defaults)));
  }

  /** What stands in each field. */
  get text(): FormText {
    return this.#history.present;
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  /** Puts a text into a field. */
  edit(name: ParameterName, text: string): void {
    this.#history = edit(this.#history, name, text);
  }

  /** The field that was edited has been left. */
  endEdit(): void {
    this.#history = endEdit(this.#history);
  }

  /** Puts the axes of a sweep into the form. */
  take(axes: Axes): void {
    this.#history = replace(this.#history, listsOfAxes(axes));
    this.isOn = true;
  }

  /** Takes the last change back. */
  undo(): void {
    this.#history = undo(this.#history);
  }

  /** Makes the change again that was taken back last. */
  redo(): void {
    this.#history = redo(this.#history);
  }
}
