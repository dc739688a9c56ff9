import { commandLineOf, type CommandName } from '../../experiment/command-line.js';
import type { Parameters } from '../../experiment/parameters.js';
import { VARIANTS } from '../../experiment/variants.js';
import { formatOf, type Content, type TextFormatId } from '../../formats/registry.js';
import type { RequestOf, ResponseOf } from '../../ipc/index.js';
import { formatCount } from '../../base/units.js';
import type { Ask } from '../app/bridge.js';
import type { ComparisonView } from '../comparison/comparison-view.js';
import type { Reporter } from './reporter.js';
import { entryOf, isRecorded, type RunEntry, type RunState } from './run-state.js';
import type { Scope } from './scope.svelte.js';

/** What exports are made of, and where it is told what became of them. */
export interface ExportHost extends Reporter {
  readonly state: Pick<RunState, 'runs' | 'selected'>;
  readonly shown: RunEntry | undefined;
  readonly comparison: ComparisonView | null;
  readonly scope: Pick<Scope, 'selection' | 'isOfAllRepeats'>;
}

/** What is on view: its runs, the part of their spans, and what there is to export. */
interface OnView extends Omit<RequestOf<'exportRuns'>, 'format'> {
  readonly contents: readonly Content[];
}

const NOTHING: OnView = { runs: [], part: { repeat: null, range: null }, contents: [] };
const NOT_EXPORTED = 'Nothing was exported';

/** What leaves the window as text: files of runs and comparisons, and command lines. */
export class Exports {
  readonly #host: ExportHost;
  readonly #ask: Ask;
  readonly #onView = $derived.by(() => onViewOf(this.#host));
  #isBusy = $state(false);

  constructor(host: ExportHost, ask: Ask) {
    this.#host = host;
    this.#ask = ask;
  }

  /** Something is being written. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Whether what is on view can be exported in a format now. */
  can(format: TextFormatId): boolean {
    return !this.#isBusy && this.#onView.contents.includes(formatOf(format).content);
  }

  /** Exports what is on view: a comparison, or a run and of its spans those that are looked at. */
  async export(format: TextFormatId): Promise<void> {
    if (this.#isBusy) return;
    const { runs, part, contents } = this.#onView;
    const { content } = formatOf(format);
    if (!contents.includes(content)) {
      this.#host.fail({ message: missingText(content, contents) }, NOT_EXPORTED);
      return;
    }
    this.#isBusy = true;
    this.#host.dismiss();
    const answer = await this.#ask('exportRuns', { runs, format, part });
    this.#isBusy = false;
    if (answer.ok) this.#host.notice(exportedText(answer.value, content));
    else this.#host.fail(answer.failure, NOT_EXPORTED);
  }

  /** Puts the command line that makes a run or a comparison of the parameters on the clipboard. */
  async copyCommandLine(parameters: Parameters, command: CommandName = 'run'): Promise<void> {
    const answer = await this.#ask('copyText', commandLineOf(parameters, command));
    if (answer.ok) this.#host.notice('The command line is on the clipboard');
    else this.#host.fail(answer.failure, 'The command line was not copied');
  }
}

function onViewOf({ comparison, shown, state, scope }: ExportHost): OnView {
  if (comparison !== null) {
    if (comparison.overviews === null) return NOTHING;
    const runs = VARIANTS.map((variant) => comparison.runs[variant]);
    const hasSpans = runs.every((run) => entryOf(state, run)?.hasSpans === true);
    return { ...NOTHING, runs, contents: ['report', 'table', 'tasks', ...spansIf(hasSpans)] };
  }
  if (!isRecorded(shown)) return NOTHING;
  return {
    runs: [shown.run],
    part: {
      repeat: scope.isOfAllRepeats ? null : (state.selected?.repeat ?? null),
      range: scope.selection,
    },
    contents: [
      'report',
      ...(shown.tasks === null ? [] : (['tasks'] as const)),
      ...spansIf(shown.hasSpans),
    ],
  };
}

function spansIf(hasSpans: boolean): Content[] {
  return hasSpans ? ['spans'] : [];
}

function missingText(content: Content, contents: readonly Content[]): string {
  return contents.length === 0
    ? 'There is nothing to export yet: nothing with a completed repeat is shown.'
    : `What is shown has no ${content} to export.`;
}

function exportedText(result: ResponseOf<'exportRuns'>, content: Content): string {
  if (result.status === 'cancelled') return NOT_EXPORTED;
  const { rows, path } = result;
  return rows === null
    ? `Saved the ${content} to ${path}`
    : `Saved ${formatCount(rows)} rows to ${path}`;
}
