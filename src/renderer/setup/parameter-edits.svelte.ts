import {
  PARAMETER_NAMES,
  type ParameterName,
  type Parameters,
} from '../../experiment/parameters.js';
import { presetsFor, type PresetGroup } from '../../experiment/presets.js';
import type { ResponseOf } from '../../ipc/index.js';
import { edit, endEdit, historyOf, redo, replace, undo, type EditHistory } from './edit-history.js';
import { READER_SIGNS } from '../ui/reader.js';
import { judge, provisional, textOf, type FormText } from './form.js';

/** What the form is told as the window opens. */
type FormInfo = Pick<ResponseOf<'appInfo'>, 'machine' | 'defaults' | 'lastParameters'>;

/** The form's text, what it means, and the commands that change it. */
export class ParameterEdits {
  readonly presets: readonly PresetGroup[];
  readonly #onchange: () => void;
  #history: EditHistory;
  #sought = $state.raw<ParameterName | null>(null);

  readonly judgement = $derived.by(() => judge(this.text, READER_SIGNS));
  /** The parameters, with defaults where a field is wrong. */
  readonly drafted: Parameters;

  /** Begins with the last parameters. `onchange` is called after each change of the text. */
  constructor({ machine, defaults, lastParameters }: FormInfo, onchange: () => void) {
    this.presets = presetsFor(machine.usableCores);
    this.#onchange = onchange;
    this.#history = $state.raw(historyOf(textOf(lastParameters, READER_SIGNS)));
    this.drafted = $derived(provisional(this.text, defaults, READER_SIGNS));
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

  /** The field that is to have the focus, until it has it. */
  get sought(): ParameterName | null {
    return this.#sought;
  }

  /** Leads to a field. */
  goTo(name: ParameterName): void {
    this.#sought = name;
  }

  /** The field that was sought has the focus. */
  arrived(): void {
    this.#sought = null;
  }

  /** Whether the fields say just these parameters. */
  says(parameters: Parameters): boolean {
    const { inRange } = this.judgement;
    return PARAMETER_NAMES.every((name) => inRange?.[name] === parameters[name]);
  }

  /** Puts a text into a field. */
  edit(name: ParameterName, text: string): void {
    this.#become(edit(this.#history, name, text));
  }

  /** The field that was edited has been left. */
  endEdit(): void {
    this.#history = endEdit(this.#history);
  }

  /** Puts a whole set of parameters into the form, such as a preset's. */
  take(parameters: Parameters): void {
    this.#become(replace(this.#history, textOf(parameters, READER_SIGNS)));
  }

  /** Takes the last change back. */
  undo(): void {
    this.#become(undo(this.#history));
  }

  /** Makes the change again that was taken back last. */
  redo(): void {
    this.#become(redo(this.#history));
  }

  #become(next: EditHistory): void {
    const hasChanged = next.present !== this.#history.present;
    this.#history = next;
    if (hasChanged) this.#onchange();
  }
}
