import { commandLineOf, type CommandName } from '../../experiment/command-line.js';
import type { Answer, ComparisonFormat, SpanFormat } from '../../ipc/index.js';
import type { Parameters } from '../../experiment/parameters.js';
import { formatCount } from '../../base/units.js';
import type { Ask } from '../app/bridge.js';
import type { ComparisonView } from '../comparison/comparison-view.js';
import type { Reporter } from './reporter.js';
import { isMeasured, type RunEntry, type RunState } from './run-state.js';
import type { Scope } from './scope.svelte.js';

/** What exports are made of, and where it is told what became of them. */
export interface ExportHost extends Reporter {
  readonly state: Pick<RunState, 'selected'>;
  readonly shown: RunEntry | undefined;
  readonly comparison: ComparisonView | null;
  readonly scope: Pick<Scope, 'selection' | 'isOfAllRepeats'>;
}

interface Saved {
  readonly status: 'saved';
  readonly path: string;
}

interface Cancelled {
  readonly status: 'cancelled';
}

const NOT_EXPORTED = 'Nothing was exported';

/** What leaves the window as text: files of runs and comparisons, and command lines. */
export class Exports {
  readonly #host: ExportHost;
  readonly #ask: Ask;
  #isBusy = $state(false);

  constructor(host: ExportHost, ask: Ask) {
    this.#host = host;
    this.#ask = ask;
  }

  /** Something is being written. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** There are tasks of a run to write. */
  get canExportCsv(): boolean {
    const { comparison, shown } = this.#host;
    return comparison === null && isMeasured(shown) && !this.#isBusy;
  }

  /** There are spans of a run to write. */
  get canExportSpans(): boolean {
    return this.canExportCsv && this.#host.shown?.hasSpans === true;
  }

  /** There is a whole comparison to write. */
  get canExportComparison(): boolean {
    return this.#host.comparison?.overviews != null && !this.#isBusy;
  }

  /** Writes the shown run's tasks as CSV. */
  async exportCsv(): Promise<void> {
    const shown = this.#host.shown;
    if (!isMeasured(shown) || this.#host.comparison !== null) {
      const message = 'There is nothing to export yet: no run with a completed repeat is shown.';
      this.#host.fail({ message }, NOT_EXPORTED);
      return;
    }
    await this.#export(() => this.#ask('exportCsv', shown.run), rowsText);
  }

  /** Writes the spans of what is looked at: all repeats of the shown run, one, or a range of it. */
  async exportSpans(format: SpanFormat): Promise<void> {
    const { shown, state, scope } = this.#host;
    if (!this.canExportSpans || shown === undefined) return;
    const { run } = shown;
    const repeat = scope.isOfAllRepeats ? null : (state.selected?.repeat ?? null);
    const part = { repeat, range: scope.selection };
    await this.#export(
      () => this.#ask('exportSpans', { run, format, part }),
      ({ path }) => `Saved the spans to ${path}`,
    );
  }

  /** Writes the shown comparison. */
  async exportComparison(format: ComparisonFormat): Promise<void> {
    const comparison = this.#host.comparison;
    if (comparison?.overviews == null) {
      this.#host.fail({ message: 'There is no comparison to export yet.' }, NOT_EXPORTED);
      return;
    }
    const { runs } = comparison;
    await this.#export(() => this.#ask('exportComparison', { runs, format }), rowsText);
  }

  /** Puts the command line that makes a run or a comparison of the parameters on the clipboard. */
  async copyCommandLine(parameters: Parameters, command: CommandName = 'run'): Promise<void> {
    const answer = await this.#ask('copyText', commandLineOf(parameters, command));
    if (answer.ok) this.#host.notice('The command line is on the clipboard');
    else this.#host.fail(answer.failure, 'The command line was not copied');
  }

  /** Has something written; `said` words what was. */
  async #export<Result extends Saved>(
    ask: () => Promise<Answer<Result | Cancelled>>,
    said: (result: Result) => string,
  ): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#host.dismiss();
    const answer = await ask();
    this.#isBusy = false;
    if (!answer.ok) {
      this.#host.fail(answer.failure, NOT_EXPORTED);
    } else {
      const { value } = answer;
      this.#host.notice(isSaved(value) ? said(value) : NOT_EXPORTED);
    }
  }
}

function isSaved<Result extends Saved>(value: Result | Cancelled): value is Result {
  return value.status === 'saved';
}

function rowsText({ rows, path }: Saved & { readonly rows: number }): string {
  return `Saved ${formatCount(rows)} rows to ${path}`;
}
