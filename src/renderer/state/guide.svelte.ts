import { comparedParameters } from '../../experiment/variants.js';
import { isSameRun, type ParameterName, type Parameters } from '../../experiment/parameters.js';
import type { Preset } from '../../experiment/presets.js';
import { serialBaseline } from '../../experiment/speed-up.js';
import type { Failure, StreamMessage } from '../../ipc/index.js';
import type { LiveSwitch } from '../setup/live-switch.svelte.js';
import type { ParameterEdits } from '../setup/parameter-edits.svelte.js';
import { isSameMachine, type Machine } from '../../recording/machine.js';
import {
  isExperiment,
  isMeasured,
  READY,
  type MeasuredRun,
  type RunEntry,
  type RunState,
} from './run-state.js';

/** What the guide sees of the window, and what it does there. */
export interface GuideHost {
  readonly form: Pick<ParameterEdits, 'presets' | 'take' | 'edit' | 'endEdit'>;
  readonly live: Pick<LiveSwitch, 'isOn' | 'isDue'>;
  /** Why the Live switch does not run what the form says; null where it does. */
  readonly liveProblem: string | null;
  readonly isBusy: boolean;
  readonly info: { readonly machine: Machine };
  readonly measured: readonly MeasuredRun[];
  /** The run that is shown, also behind a comparison. */
  readonly shown: RunEntry | undefined;
  /** The comparison that is shown in place of a run; null where a run is. */
  readonly comparison: object | null;
  /** Starts a run of the form's parameters. Returns the field to mend where one is wrong. */
  run(): Promise<ParameterName | null>;
  /** Starts a run of other parameters than the form's. */
  runWith(parameters: Parameters): Promise<ParameterName | null>;
  readonly state: Pick<RunState, 'notice'>;
  show(run: number): Promise<void>;
  notice(text: string): void;
  fail(failure: Failure): void;
}

/** A serial run that was asked for, and the run for whose speed-up that was. */
interface SerialErrand {
  readonly parameters: Parameters;
  readonly comeBackTo: number;
  /** Its number, once it has begun. */
  readonly serial: number | null;
}

/** Help with what comes next: presets that run, the serial run that a speed-up needs, a better test. */
export class Guide {
  readonly #host: GuideHost;
  #errand: SerialErrand | null = null;
  /** Says something of the form, which is so until the form is changed. */
  #formNotice: string | null = null;

  constructor(host: GuideHost) {
    this.#host = host;
  }

  /** What there is to see in the shown run, where that is a preset's and done; null elsewhere. */
  get lookAt(): string | null {
    const { shown, form } = this.#host;
    if (shown?.outcome !== 'done' || !isExperiment(shown)) return null;
    const presets = form.presets.flatMap((group) => group.presets);
    const preset = presets.find(({ parameters }) => isSameRun(parameters, shown.source.parameters));
    return preset?.lookAt ?? null;
  }

  /** Puts a preset's parameters into the form and runs them. Returns the field to mend where one is wrong. */
  async takePreset({ label, parameters }: Preset): Promise<ParameterName | null> {
    const host = this.#host;
    host.form.take(parameters);
    if (host.live.isDue && host.liveProblem === null) return null;
    if (!host.isBusy) return host.run();
    host.fail({
      message: `“${label}” is in the form but not run, as a run is on. Press Run when that has ended.`,
    });
    return null;
  }

  /** The shown run, where it lacks a speed-up that a serial run on this machine would give it. */
  get lacksSerial(): MeasuredRun | undefined {
    const { shown, comparison, measured, info } = this.#host;
    if (comparison !== null || !isMeasured(shown)) return undefined;
    const isHere = ({ machine }: RunEntry) => isSameMachine(machine, info.machine);
    const serial = serialBaseline(measured.filter(isHere), shown.source.parameters);
    return isHere(shown) && serial === undefined ? shown : undefined;
  }

  /** Runs the shown run's work serially; once that is done the shown run comes back, with its speed-up. */
  async runSerial(): Promise<void> {
    const { lacksSerial } = this;
    if (lacksSerial === undefined || this.#host.isBusy) return;
    const parameters = comparedParameters(lacksSerial.source.parameters).serial;
    this.#errand = { parameters, comeBackTo: lacksSerial.run, serial: null };
    await this.#host.runWith(parameters);
  }

  /** Some of the shown run's tasks did not converge, as the strict test does not let them. */
  get hasUnconverged(): boolean {
    const { shown, comparison } = this.#host;
    if (comparison !== null || !isMeasured(shown)) return false;
    return shown.overview.cappedTasks > 0 && shown.source.parameters.convergence === 'strict';
  }

  /** Puts the test that a flip of sign passes into the form, as a step that can be undone. */
  useSignAware(): void {
    const { form, live } = this.#host;
    form.endEdit();
    form.edit('convergence', 'sign-aware');
    form.endEdit();
    this.#formNotice = `The form has the sign-aware test now${live.isOn ? '' : ': press Run'}`;
    this.#host.notice(this.#formNotice);
  }

  /** The form has been changed, so that what was said of it is so no more. */
  formChanged(): void {
    if (this.#host.state.notice === this.#formNotice) this.#host.notice(READY);
  }

  /** Takes in what a message of the stream means for what was asked for. */
  follow(message: StreamMessage): void {
    const errand = this.#errand;
    if (errand === null) return;
    if (message.type === 'started' && errand.serial === null) {
      const { source } = message.about;
      const isIt = source.kind === 'experiment' && isSameRun(errand.parameters, source.parameters);
      this.#errand = isIt ? { ...errand, serial: message.run } : null;
    }
    if (message.type === 'ended' && message.run === errand.serial) {
      this.#errand = null;
      const { shown, comparison } = this.#host;
      const isWatched = comparison === null && shown?.run === message.run;
      if (message.outcome === 'done' && isWatched) void this.#host.show(errand.comeBackTo);
    }
  }
}
