import type { RangeAnalysis } from '../../analysis/analyse.js';
import type {
  Answer,
  AskedWith,
  Failure,
  ResponseOf,
  StreamMessage,
  TaskResult,
} from '../../ipc/index.js';
import {
  PARAMETER_NAMES,
  type ParameterName,
  type Parameters,
} from '../../experiment/parameters.js';
import { isRecord, type RecordMessage } from '../../ipc/record-message.js';
import type { Ask } from '../app/bridge.js';
import { EntryCommands } from './entry-commands.svelte.js';
import { Exports } from './exports.svelte.js';
import { Guide } from './guide.svelte.js';
import { liveProblem } from '../setup/form.js';
import { InterpreterMeasurement } from '../setup/interpreter-measurement.svelte.js';
import { LiveSwitch } from '../setup/live-switch.svelte.js';
import { ParameterEdits } from '../setup/parameter-edits.svelte.js';
import { Programs } from '../programs/programs.svelte.js';
import { Pictures } from '../images/pictures.svelte.js';
import { UpdateThrottle } from './update-throttle.js';
import { RepeatViews, type RepeatView } from './repeat-views.js';
import {
  entryOf,
  INITIAL_STATE,
  isRecorded,
  lastRepeat,
  pin,
  select,
  selectComparison,
  type RunState,
} from './run-state.js';
import { mayMove, receive, replay } from './receive.js';
import { removedText } from './wording.js';
import { statusOf } from './run-status.js';
import { Scope } from './scope.svelte.js';
import { Settings } from './settings.svelte.js';
import { SweepCommands } from './sweep-commands.js';
import { ShownState } from './shown-state.svelte.js';

/**
 * The one store of the window: the form, the runs, and the timelines at hand. Messages of the
 * stream and the user's commands go in; components read it and never write to it. Every command
 * of the window is a method here, of `form`, `live`, `scope`, `guide`, `exports` or `pictures`.
 */
export class RunStore extends ShownState {
  readonly info: ResponseOf<'appInfo'>;
  /** The form and its changes. */
  readonly form: ParameterEdits;
  /** Sweeps: the form's lists, and what is shown of a sweep. */
  readonly sweeps: SweepCommands;
  /** The switch that runs a change at once. */
  readonly live = new LiveSwitch({
    isBusy: () => this.isBusy,
    stopOwn: () => {
      if (this.#state.live !== null && this.#state.live === this.#liveRun) void this.stop();
    },
    start: () => void this.#startLive(),
  });
  /** What leaves the window as text. */
  readonly exports: Exports;
  /** What is done with entries of the list and with files. */
  readonly list: EntryCommands;
  /** Measures the interpreter's time in a Python. */
  readonly interpreter: InterpreterMeasurement;
  /** Help with what comes next. */
  readonly guide = new Guide(this);
  /** Pictures of the charts on the page. */
  readonly pictures: Pictures;
  /** What is kept for the next start. */
  readonly settings: Settings;
  /** Python programs that are recorded. */
  readonly programs: Programs;
  /** What of the shown run is looked at. */
  readonly scope = new Scope(() => this.shown);
  readonly #ask: Ask;
  readonly #views = new RepeatViews();
  readonly #quiet: UpdateThrottle;
  #tellAdded: ((view: RepeatView) => void) | null = null;

  #state = $state.raw<RunState>(INITIAL_STATE);
  /** Counts the changes to the views, which are plain objects for speed. */
  #version = $state(0);
  /** Something was asked for and has not begun yet. */
  #isStarting = $state(false);
  /** It was the Live switch that asked. */
  #isStartingLive = false;
  /** The Live switch's last run, whose place its next one takes. */
  #liveRun = $state.raw<number | null>(null);

  /** A run or a comparison is on, or about to be. */
  readonly isBusy = $derived.by(() => this.canStop || this.#isStarting || this.programs.isStarting);
  /** What the status line says. */
  readonly status = $derived.by(() =>
    statusOf(this.#state, { isExporting: this.exports.isBusy, isStarting: this.#isStarting }),
  );
  /** The status line says that an entry was removed, which can be undone. */
  readonly canUndoRemoval = $derived.by(() => {
    const last = this.#state.removed.at(-1);
    return last !== undefined && this.status === removedText(last.entry);
  });
  /** Why the Live switch does not run what the form says; null where it does. */
  readonly liveProblem = $derived.by(() =>
    liveProblem(this.form.judgement, this.info.machine.usableCores),
  );

  /** @param now a clock in ms */
  constructor(info: ResponseOf<'appInfo'>, ask: Ask, now = () => performance.now()) {
    super(info.machine);
    this.#quiet = new UpdateThrottle(now);
    this.info = info;
    this.form = new ParameterEdits(info, () => {
      this.settings.keepParameters(this.form.judgement.inRange);
      this.sweeps.lists.isOn = false;
      this.guide.formChanged();
      this.list.formChanged();
      this.live.changed();
    });
    this.#ask = ask;
    this.sweeps = new SweepCommands(this, ask, {
      change: (next) => {
        this.#state = next(this.#state);
      },
      start: (axes) => this.#start('startSweep', axes),
    });
    this.interpreter = new InterpreterMeasurement(this.form, this, ask);
    this.exports = new Exports(this, ask);
    this.list = new EntryCommands(this, ask);
    this.pictures = new Pictures(this, ask);
    this.programs = new Programs(info.programs, ask);
    this.settings = new Settings(this, info, ask);
  }

  get state(): RunState {
    return this.#state;
  }

  get version(): number {
    return this.#version;
  }

  /** The run whose place the Live switch's next one takes. */
  get liveRun(): number | null {
    return this.#liveRun;
  }

  /** The spans of the shown repeat, as far as they have come. */
  get view(): RepeatView | undefined {
    return this.#viewOf(this.shown?.run);
  }

  /** The spans of the baseline's last repeat, where it is another run than the shown one. */
  get baselineView(): RepeatView | undefined {
    return this.baseline === this.shown ? undefined : this.#viewOf(this.baseline?.run);
  }

  /** A stream begins: what it tells of all runs so far takes the place of what an earlier one told. */
  begin(history: readonly StreamMessage[]): void {
    this.#state = replay(history, this.#state);
    this.#views.restart(history, this.#state);
    this.#quiet.begin();
    this.#isStarting = false;
    this.#isStartingLive = false;
    this.#version += 1;
    this.live.idle();
    const { selected, live } = this.#state;
    if (selected !== null && selected.run !== live) {
      void this.#fetch(selected.run, selected.repeat);
    }
    if (this.baseline !== undefined) void this.#fetch(this.baseline.run, lastRepeat(this.baseline));
  }

  /**
   * Takes a message of the stream in. What the run that is on records is added to its picture alone,
   * and all else follows later.
   */
  receive(message: StreamMessage): void {
    if (this.programs.takes(message)) return;
    if (this.#isQuiet(message)) {
      this.#quiet.hold(message);
      this.#views.receive(message, this.#state);
      const view = this.#views.of(message.run);
      if (view !== undefined && message.type === 'spans') this.#tellAdded?.(view);
      return;
    }
    if (this.#quiet.isDueBefore(message)) this.#catchUp();
    this.#take(message);
  }

  /** Has a listener told of each addition to the spans of the run that is on; gives what ends that. */
  onAdded(listener: (view: RepeatView) => void): () => void {
    this.#tellAdded = listener;
    return () => {
      if (this.#tellAdded === listener) this.#tellAdded = null;
    };
  }

  #isQuiet(message: StreamMessage): message is RecordMessage {
    return isRecord(message) && message.run === this.#state.live && this.#quiet.takes(message);
  }

  /** Has the window follow the views, also in what only the picture has as yet. */
  #catchUp(): void {
    const begun = this.#quiet.release();
    if (begun !== null) this.#reduce(begun);
    this.#version += 1;
  }

  #reduce(message: StreamMessage): void {
    const before = this.#state.selected;
    this.#state = receive(this.#state, message);
    if (this.#state.selected !== before) this.scope.selectRange(null);
  }

  #take(message: StreamMessage): void {
    const before = this.#state.selected;
    this.#reduce(message);
    if (this.#views.receive(message, this.#state)) this.#catchUp();
    const isStarted = message.type === 'started';
    if (isStarted) this.#quiet.begin();
    if (isStarted || mayMove(message)) this.#views.prune(this.#state);
    if (isStarted) this.scope.begin();
    this.#follow(message);
    // The last whole repeat takes the place of one that was cut short, and a program's spans that of its pieces.
    const { selected, live } = this.#state;
    if (!mayMove(message) || selected === null || selected.run === live) return;
    const isInPieces = this.#views.of(selected.run)?.isInPieces === true;
    if (selected !== before || isInPieces) void this.#fetch(selected.run, selected.repeat);
  }

  /** Starts a run of the form's parameters. Gives the field to mend where one is wrong. */
  async run(): Promise<ParameterName | null> {
    return this.#whenRunnable((parameters) => this.runWith(parameters));
  }

  /** Starts a run of other parameters than the form's. Gives the field that it is refused for, if any. */
  async runWith(parameters: Parameters): Promise<ParameterName | null> {
    return this.#start('startRun', { parameters, inPlaceOf: null });
  }

  /** Compares four ways to do the form's work. Gives the field to mend where one is wrong. */
  async compareVariants(): Promise<ParameterName | null> {
    return this.#whenRunnable((parameters) => this.#start('startComparison', parameters));
  }

  /** Starts what the form is for: a run, or a sweep of its lists. Returns the field to mend where one is wrong. */
  async start(): Promise<ParameterName | null> {
    if (!this.sweeps.lists.isOn) return this.run();
    return this.#isIdle() ? this.sweeps.start() : null;
  }

  /** Stops the run or the comparison that is on. */
  async stop(): Promise<void> {
    if (!this.canStop || this.#state.stopping) return;
    this.#state = { ...this.#state, stopping: true };
    const answer = await this.#ask('stopRun', null);
    this.#refused(answer);
    if (!answer.ok) this.#state = { ...this.#state, stopping: false };
  }

  /** Shows a run again: the repeat asked for, else its last one and what there is to say of all. */
  async show(run: number, repeat?: number): Promise<void> {
    this.#state = select(this.#state, run, repeat);
    this.scope.lookAt(repeat === undefined ? 'all repeats' : 'repeat');
    this.#views.prune(this.#state);
    this.#version += 1;
    const { selected, live } = this.#state;
    if (selected?.run !== run || run === live) return;
    await this.#fetch(run, selected.repeat);
  }

  /** Shows a comparison, given by its serial run. */
  showComparison(serialRun: number): void {
    this.#state = selectComparison(this.#state, serialRun);
  }

  /** Measures all other runs against one; against none where it is that one already. */
  async pin(run: number): Promise<void> {
    this.#state = pin(this.#state, this.#state.baseline === run ? null : run);
    this.#views.prune(this.#state);
    this.#version += 1;
    const { baseline } = this;
    if (baseline === undefined) return;
    // The Live switch must not take the baseline's place.
    if (baseline.run === this.#liveRun) this.#liveRun = null;
    await this.#fetch(baseline.run, lastRepeat(baseline));
  }

  /** Has all repeats of a run analysed together, beside a baseline's; null where that cannot be now. */
  async analyseRun(run: number, baseline: number | null): Promise<RangeAnalysis | null> {
    const answer = await this.#ask('analyseRun', { run, baseline });
    return answer.ok ? answer.value : null;
  }

  /** What came of a task of a run; null where that is not known. */
  async taskResult(run: number, task: number): Promise<TaskResult | null> {
    if (!isRecorded(entryOf(this.#state, run))) return null;
    const answer = await this.#ask('taskResult', { run, task });
    return answer.ok ? answer.value : null;
  }

  /** Says what has been done. */
  notice(notice: string): void {
    this.#state = { ...this.#state, notice };
  }

  /** Says what went wrong; the status line, which may tell of what went well before, says that it did. */
  fail(failure: Failure, notice = 'That failed: the message says why'): void {
    this.#state = { ...this.#state, failure, notice };
  }

  /** Takes the message about what went wrong away. */
  dismiss(): void {
    this.#state = { ...this.#state, failure: null };
  }

  /** Starts something with the form's parameters where that can be; else gives the field to mend. */
  async #whenRunnable(
    start: (parameters: Parameters) => Promise<ParameterName | null>,
  ): Promise<ParameterName | null> {
    if (!this.#isIdle()) return null;
    const { parameters, problems } = this.form.judgement;
    if (parameters === null) return problems.keys().next().value ?? null;
    this.live.cancel();
    return start(parameters);
  }

  /** Whether nothing is running; says so where something is. */
  #isIdle(): boolean {
    if (!this.isBusy) return true;
    this.fail({ message: 'A run is on. Stop it first, or wait until it has ended.' });
    return false;
  }

  /** Runs a change of the parameters, in place of the switch's run before. */
  async #startLive(): Promise<void> {
    const { parameters } = this.form.judgement;
    if (parameters === null || this.liveProblem !== null) return;
    this.#isStartingLive = true;
    await this.#start('startRun', { parameters, inPlaceOf: this.#liveRun });
  }

  /** Asks for something that the stream tells the beginning of. */
  async #start<Name extends 'startRun' | 'startComparison' | 'startSweep'>(
    name: Name,
    request: AskedWith<Name>,
  ): Promise<ParameterName | null> {
    this.dismiss();
    this.#isStarting = true;
    const answer = await this.#ask(name, request);
    // Where it was granted the stream says when it begins, sooner or later than the answer comes.
    if (!answer.ok) {
      this.#isStarting = false;
      this.#isStartingLive = false;
    }
    return this.#refused(answer);
  }

  /** What a message of the stream means for what the user asked for. */
  #follow(message: StreamMessage): void {
    const { type } = message;
    this.guide.follow(message);
    // A comparison or a sweep may fail before anything of it is measured.
    if (['started', 'comparing', 'compared', 'sweeping', 'swept'].includes(type)) {
      this.#isStarting = false;
    }
    if (type === 'started' && this.#isStartingLive) {
      this.#isStartingLive = false;
      this.#liveRun = message.run;
      this.live.started();
    }
    if (type === 'ended' || type === 'compared' || type === 'swept') this.live.idle();
  }

  /** Has a repeat streamed again, unless it is at hand or cannot be had. */
  async #fetch(run: number, repeat: number): Promise<void> {
    const entry = entryOf(this.#state, run);
    if (!isRecorded(entry) || !entry.hasSpans || this.#views.has(run, repeat)) return;
    this.#refused(await this.#ask('showRepeat', { run, repeat }));
  }

  #viewOf(run: number | undefined): RepeatView | undefined {
    // The views are no reactive values; reading the version makes whoever reads this follow them.
    return this.#version >= 0 && run !== undefined ? this.#views.of(run) : undefined;
  }

  /** Says what a refused request was refused for; gives the field that it is about, if it is one. */
  #refused(answer: Answer<unknown>): ParameterName | null {
    if (answer.ok) return null;
    this.fail(answer.failure);
    const { parameter } = answer.failure;
    return PARAMETER_NAMES.find((name) => name === parameter) ?? null;
  }
}
