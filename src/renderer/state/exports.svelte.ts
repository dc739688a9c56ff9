import { VARIANTS } from '../../experiment/variants.js';
import { formatOf, SWEEP_FORMATS, TEXT_FORMATS, type Content } from '../../formats/registry.js';
import type { ExportFormat } from '../../ipc/action-names.js';
import type { Answer, RequestOf, ResponseOf } from '../../ipc/index.js';
import { formatCount } from '../../base/units.js';
import type { Ask } from '../app/bridge.js';
import type { ComparisonView } from '../comparison/comparison-view.js';
import type { Reporter } from './reporter.js';
import { entryOf, isRecorded, type RunEntry, type RunState } from './run-state.js';
import type { Scope } from './scope.svelte.js';
import type { SweepView } from './sweeps.js';

/** What exports are made of, and where it is told what became of them. */
export interface ExportHost extends Reporter {
  readonly state: Pick<RunState, 'runs' | 'selected'>;
  readonly shown: RunEntry | undefined;
  readonly comparison: ComparisonView | null;
  readonly sweep: SweepView | null;
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
  can(format: ExportFormat): boolean {
    return !this.#isBusy && this.#onView.contents.includes(formatOf(format).content);
  }

  /** What an export of what is on view is called: `Tasks as CSV`. */
  labelOf(format: ExportFormat): string {
    const { label } = formatOf(format);
    const rows = this.#host.sweep === null ? 'tasks' : 'cells';
    const text = format === 'csv' ? `${rows} as ${label}` : label;
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  }

  /** Exports what is on view: a sweep, a comparison, or a run and of its spans those that are looked at. */
  async export(format: ExportFormat): Promise<void> {
    if (this.#isBusy) return;
    const { contents } = this.#onView;
    const { content } = formatOf(format);
    if (!contents.includes(content)) {
      this.#host.fail({ message: missingText(content, contents) }, NOT_EXPORTED);
      return;
    }
    this.#isBusy = true;
    this.#host.dismiss();
    const answer = await this.#written(format);
    this.#isBusy = false;
    if (answer.ok) this.#host.notice(exportedText(answer.value, content));
    else this.#host.fail(answer.failure, NOT_EXPORTED);
  }

  #written(format: ExportFormat): Promise<Answer<ResponseOf<'exportRuns'>>> {
    const { runs, part } = this.#onView;
    const { sweep } = this.#host;
    const ofSweep = SWEEP_FORMATS.find((id) => id === format);
    if (sweep !== null && ofSweep !== undefined) {
      return this.#ask('exportSweep', { id: sweep.sweep, format: ofSweep });
    }
    const ofRuns = TEXT_FORMATS.find((id) => id === format);
    if (ofRuns === undefined) throw new RangeError(`${format} is a format of sweeps alone`);
    return this.#ask('exportRuns', { runs, format: ofRuns, part });
  }

  /** Puts a command line on the clipboard. */
  async copyCommandLine(line: string): Promise<void> {
    await this.copyText(line, 'The command line');
  }

  /** Puts text on the clipboard, and says so of what it is called. */
  async copyText(text: string, name: string): Promise<void> {
    const answer = await this.#ask('copyText', text);
    if (answer.ok) this.#host.notice(`${name} is on the clipboard`);
    else this.#host.fail(answer.failure, `${name} was not copied`);
  }
}

function onViewOf({ comparison, sweep, shown, state, scope }: ExportHost): OnView {
  if (sweep !== null) {
    // While it is measured there is no entry that it could be exported from.
    const isWhole = !sweep.isRunning && sweep.findings !== null;
    return { ...NOTHING, contents: isWhole ? ['report', 'tasks', 'table', 'walls'] : [] };
  }
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
