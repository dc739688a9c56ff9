import type { Answer, Failure, ResponseOf, StreamMessage } from '../shared/contract.js';
import type { ParameterName } from '../shared/parameters.js';
import { formatCount } from '../shared/units.js';
import type { Ask } from './bridge.js';
import type { TimeRange } from './chart/time-window.js';
import { judge, provisional, textOf, type FormText } from './form.js';
import { RepeatViews, type RepeatView } from './repeat-views.js';
import {
  INITIAL_STATE,
  isMeasured,
  measuredRuns,
  receive,
  select,
  selectedEntry,
  type RunState,
} from './run-state.js';
import { phaseText, tasksText } from './wording.js';

/**
 * The one store of the window: the form, the runs, and the timelines at hand. Messages of the
 * stream and the user's commands go in; components read it and never write to it, but for the
 * form's text.
 */
export class RunStore {
  readonly info: ResponseOf<'appInfo'>;
  readonly #ask: Ask;
  readonly #views = new RepeatViews();

  /** What stands in the form. */
  readonly text: FormText;
  #state = $state.raw<RunState>(INITIAL_STATE);
  /** Counts the changes to the views, which are plain objects for speed. */
  #version = $state(0);
  /** A run was asked for and has not begun yet. */
  #isStarting = $state(false);
  #isExporting = $state(false);
  #selection = $state.raw<TimeRange | null>(null);

  readonly judgement = $derived.by(() => judge(this.text));
  /** The form's parameters, with defaults where a field is wrong. */
  readonly drafted = $derived.by(() => provisional(this.text, this.info.defaults));
  readonly measured = $derived.by(() => measuredRuns(this.#state));
  readonly shown = $derived.by(() => selectedEntry(this.#state));

  constructor(info: ResponseOf<'appInfo'>, ask: Ask) {
    const text = $state(textOf(info.defaults));
    this.info = info;
    this.text = text;
    this.#ask = ask;
  }

  get state(): RunState {
    return this.#state;
  }

  get version(): number {
    return this.#version;
  }

  /** A run is on, or about to be. */
  get isBusy(): boolean {
    return this.#state.live !== null || this.#isStarting;
  }

  get canExport(): boolean {
    return isMeasured(this.shown) && !this.#isExporting;
  }

  /** The spans of the shown repeat, as far as they have come. */
  get view(): RepeatView | undefined {
    // The views are no reactive values; reading the version makes whoever reads this follow them.
    return this.#version >= 0 && this.shown !== undefined
      ? this.#views.of(this.shown.run)
      : undefined;
  }

  /** The part of the shown repeat's time that is selected; null where none is, and all counts. */
  get selection(): TimeRange | null {
    return this.#selection;
  }

  /** What the status line says: what to announce, and what only to show. */
  get status(): { readonly said: string; readonly counted: string } {
    const { live, stopping, progress, notice } = this.#state;
    if (this.#isExporting) return { said: 'Exporting…', counted: '' };
    if (this.#isStarting) return { said: phaseText(null), counted: '' };
    if (live === null) return { said: notice, counted: '' };
    if (stopping) return { said: 'Stopping…', counted: '' };
    return { said: phaseText(progress), counted: tasksText(progress) };
  }

  /** Takes a message of the stream in. */
  receive(message: StreamMessage): void {
    const before = this.#state.selected;
    this.#state = receive(this.#state, message);
    if (message.type === 'started') this.#isStarting = false;
    if (this.#state.selected !== before) this.#selection = null;
    if (this.#views.receive(message, this.#state)) this.#version += 1;
    if (message.type === 'started' || message.type === 'ended') this.#views.prune(this.#state);
  }

  /** Starts a run of the form's parameters. Gives the field to mend where one is wrong. */
  async run(): Promise<ParameterName | null> {
    if (this.isBusy) {
      this.fail({ message: 'A run is on. Stop it first, or wait until it has ended.' });
      return null;
    }
    const { parameters, problems } = this.judgement;
    if (parameters === null) return problems.keys().next().value ?? null;
    this.dismiss();
    this.#isStarting = true;
    const answer = await this.#ask('startRun', parameters);
    this.#isStarting = false;
    return this.#refused(answer);
  }

  /** Stops the run that is on. */
  async stop(): Promise<void> {
    if (this.#state.live === null || this.#state.stopping) return;
    this.#state = { ...this.#state, stopping: true };
    const answer = await this.#ask('stopRun', null);
    this.#refused(answer);
    if (!answer.ok) this.#state = { ...this.#state, stopping: false };
  }

  /** Shows a run again: the repeat asked for, else its last. */
  async show(run: number, repeat?: number): Promise<void> {
    this.#state = select(this.#state, run, repeat);
    this.#selection = null;
    this.#views.prune(this.#state);
    this.#version += 1;
    const { selected, live } = this.#state;
    if (selected?.run !== run || run === live || !isMeasured(this.shown)) return;
    if (this.#views.of(run)?.repeat === selected.repeat) return;
    this.#refused(await this.#ask('showRepeat', selected));
  }

  /** Selects a part of the shown repeat's time, or lets go of it. */
  selectRange(range: TimeRange | null): void {
    this.#selection = range;
  }

  /** Writes the shown run's tasks as CSV. */
  async exportCsv(): Promise<void> {
    const { shown } = this;
    if (!isMeasured(shown)) {
      this.fail({ message: 'There is nothing to export yet: no repeat was completed.' });
      return;
    }
    if (this.#isExporting) return;
    this.#isExporting = true;
    const answer = await this.#ask('exportCsv', shown.run);
    this.#isExporting = false;
    this.#refused(answer);
    if (!answer.ok || answer.value.status !== 'saved') return;
    const { rows, path } = answer.value;
    this.#state = { ...this.#state, notice: `Saved ${formatCount(rows)} rows to ${path}` };
  }

  /** Says that something went wrong. */
  fail(failure: Failure): void {
    this.#state = { ...this.#state, failure };
  }

  /** Takes the message about what went wrong away. */
  dismiss(): void {
    this.#state = { ...this.#state, failure: null };
  }

  /** Says what a refused request was refused for; gives the field that it is about, if it is one. */
  #refused(answer: Answer<unknown>): ParameterName | null {
    if (answer.ok) return null;
    this.fail(answer.failure);
    const { parameter } = answer.failure;
    return parameter !== undefined && parameter in this.text ? (parameter as ParameterName) : null;
  }
}
