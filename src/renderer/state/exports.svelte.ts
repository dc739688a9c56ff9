import { commandLineOf, type CommandName } from '../../experiment/command-line.js';
import type { Answer, ComparisonFormat, Failure, ResponseOf } from '../../ipc/index.js';
import type { Parameters } from '../../experiment/parameters.js';
import { formatCount } from '../../base/units.js';
import type { Ask } from '../app/bridge.js';
import type { ComparisonView } from '../comparison/comparison-view.js';
import { isMeasured, type RunEntry } from './run-state.js';

/** What exports are made of, and where it is told what became of them. */
export interface ExportHost {
  readonly ask: Ask;
  readonly shown: () => RunEntry | undefined;
  readonly comparison: () => ComparisonView | null;
  /** Says what has been done. */
  readonly notice: (text: string) => void;
  /** Says what went wrong, and in the status line that it did. */
  readonly fail: (failure: Failure, notice: string) => void;
  /** Takes the message about what went wrong before away. */
  readonly dismiss: () => void;
}

const NOT_EXPORTED = 'Nothing was exported';

/** What leaves the window as text: files of runs and comparisons, and command lines. */
export class Exports {
  readonly #host: ExportHost;
  #isBusy = $state(false);

  constructor(host: ExportHost) {
    this.#host = host;
  }

  /** Something is being written. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** There are tasks of a run to write. */
  get canExportCsv(): boolean {
    const { comparison, shown } = this.#host;
    return comparison() === null && isMeasured(shown()) && !this.#isBusy;
  }

  /** There is a whole comparison to write. */
  get canExportComparison(): boolean {
    return this.#host.comparison()?.overviews != null && !this.#isBusy;
  }

  /** Writes the shown run's tasks as CSV. */
  async exportCsv(): Promise<void> {
    const shown = this.#host.shown();
    if (!isMeasured(shown) || this.#host.comparison() !== null) {
      const message = 'There is nothing to export yet: no run with a completed repeat is shown.';
      this.#host.fail({ message }, NOT_EXPORTED);
      return;
    }
    await this.#export(() => this.#host.ask('exportCsv', shown.run));
  }

  /** Writes the shown comparison. */
  async exportComparison(format: ComparisonFormat): Promise<void> {
    const comparison = this.#host.comparison();
    if (comparison?.overviews == null) {
      this.#host.fail({ message: 'There is no comparison to export yet.' }, NOT_EXPORTED);
      return;
    }
    const { runs } = comparison;
    await this.#export(() => this.#host.ask('exportComparison', { runs, format }));
  }

  /** Puts the command line that makes a run or a comparison of the parameters on the clipboard. */
  async copyCommandLine(parameters: Parameters, command: CommandName = 'run'): Promise<void> {
    const answer = await this.#host.ask('copyText', commandLineOf(parameters, command));
    if (answer.ok) this.#host.notice('The command line is on the clipboard');
    else this.#host.fail(answer.failure, 'The command line was not copied');
  }

  async #export(ask: () => Promise<Answer<ResponseOf<'exportCsv'>>>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#host.dismiss();
    const answer = await ask();
    this.#isBusy = false;
    if (!answer.ok) {
      this.#host.fail(answer.failure, NOT_EXPORTED);
    } else if (answer.value.status === 'cancelled') {
      this.#host.notice(NOT_EXPORTED);
    } else {
      const { rows, path } = answer.value;
      this.#host.notice(`Saved ${formatCount(rows)} rows to ${path}`);
    }
  }
}
