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
  /** Says what went wrong. */
  readonly fail: (failure: Failure) => void;
}

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
      this.#host.fail({
        message: 'There is nothing to export yet: no run with a completed repeat is shown.',
      });
      return;
    }
    await this.#export(() => this.#host.ask('exportCsv', shown.run));
  }

  /** Writes the shown comparison. */
  async exportComparison(format: ComparisonFormat): Promise<void> {
    const comparison = this.#host.comparison();
    if (comparison?.overviews == null) {
      this.#host.fail({ message: 'There is no comparison to export yet.' });
      return;
    }
    const { runs } = comparison;
    await this.#export(() => this.#host.ask('exportComparison', { runs, format }));
  }

  /** Puts the command line that makes a run or a comparison of the parameters on the clipboard. */
  async copyCommandLine(parameters: Parameters, command: CommandName = 'run'): Promise<void> {
    const answer = await this.#host.ask('copyText', commandLineOf(parameters, command));
    if (answer.ok) this.#host.notice('The command line is on the clipboard');
    else this.#host.fail(answer.failure);
  }

  async #export(ask: () => Promise<Answer<ResponseOf<'exportCsv'>>>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const answer = await ask();
    this.#isBusy = false;
    if (!answer.ok) {
      this.#host.fail(answer.failure);
    } else if (answer.value.status === 'saved') {
      const { rows, path } = answer.value;
      this.#host.notice(`Saved ${formatCount(rows)} rows to ${path}`);
    }
  }
}
