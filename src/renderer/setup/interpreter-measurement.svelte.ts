import { formatNumber } from '../../base/units.js';
import type { Ask } from '../app/bridge.js';
import { writeNumber } from '../../base/number-text.js';
import { READER_SIGNS } from '../ui/reader.js';
import type { Reporter } from '../state/reporter.js';
import type { ParameterEdits } from './parameter-edits.svelte.js';

/** Has the interpreter's time measured in a Python, and puts it into the form. */
export class InterpreterMeasurement {
  readonly #form: ParameterEdits;
  readonly #reporter: Reporter;
  readonly #ask: Ask;
  #isOn = $state(false);

  constructor(form: ParameterEdits, reporter: Reporter, ask: Ask) {
    this.#form = form;
    this.#reporter = reporter;
    this.#ask = ask;
  }

  /** A Python is chosen, started or measured. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** Begins, or stops what has begun. */
  async toggle(): Promise<void> {
    if (this.#isOn) {
      await this.#ask('stopRun', null);
      return;
    }
    this.#reporter.dismiss();
    this.#isOn = true;
    const answer = await this.#ask('measureInterpreter', null);
    this.#isOn = false;
    if (!answer.ok) {
      this.#reporter.fail(answer.failure, 'The interpreter was not measured: the message says why');
    } else if (answer.value.status === 'measured') {
      const { interpreterUs, python } = answer.value;
      this.#form.edit('interpreterUs', writeNumber(interpreterUs, READER_SIGNS));
      this.#form.endEdit();
      this.#reporter.notice(
        `An iteration of NumPy takes ${formatNumber(interpreterUs)} µs of the interpreter’s time in ${python}`,
      );
    }
  }
}
