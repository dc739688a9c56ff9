import type { Failure, ResponseOf } from '../../ipc/index.js';
import type { ParameterName, Parameters } from '../../experiment/parameters.js';
import type { Axes } from '../../sweep/axes.js';
import type { Ask } from '../app/bridge.js';
import { ListEdits } from '../setup/list-edits.svelte.js';
import { entryOf, type RunState } from './run-state.js';
import type { OnView } from './shown-state.svelte.js';
import { selectSweep, withCell } from './sweeps.js';

/** What of the window the commands work on. */
export interface SweepHost {
  readonly info: ResponseOf<'appInfo'>;
  readonly state: RunState;
  readonly form: {
    goTo(name: ParameterName): void;
    take(parameters: Parameters): void;
  };
  readonly live: { cancel(): void };
  show(run: number): Promise<void>;
  pin(run: number): Promise<void>;
  fail(failure: Failure): void;
}

/** What the commands change. */
export interface SweepChanges {
  readonly change: (next: (state: RunState) => RunState) => void;
  /** Starts a sweep. Returns the field that it is refused for, if any. */
  readonly start: (axes: Axes) => Promise<ParameterName | null>;
}

/** Sets sweeps up, and shows what was measured in them. */
export class SweepCommands {
  /** The form's lists. */
  readonly lists: ListEdits;
  readonly #host: SweepHost;
  readonly #ask: Ask;
  readonly #changes: SweepChanges;

  constructor(host: SweepHost, ask: Ask, changes: SweepChanges) {
    this.lists = new ListEdits(host.info.defaults, host.info.machine.usableCores);
    this.#host = host;
    this.#ask = ask;
    this.#changes = changes;
  }

  /** Has the form take lists, or one value each, and leads to the field that most sweeps are about. */
  toggleLists(): void {
    this.lists.isOn = !this.lists.isOn;
    if (this.lists.isOn) this.#host.form.goTo('threads');
  }

  /** Puts what is on view into the form. */
  takeIntoForm(onView: OnView): void {
    if ('axes' in onView) this.lists.take(onView.axes);
    else this.#host.form.take(onView.parameters);
  }

  /** Measures every combination of the lists. Returns the field to mend where one is wrong. */
  async start(): Promise<ParameterName | null> {
    const { axes, problems } = this.lists.judgement;
    if (axes === null) return problems.keys().next().value ?? null;
    this.#host.live.cancel();
    return this.#changes.start(axes);
  }

  /** Shows a sweep, given by its number. */
  show(sweep: number): void {
    this.#changes.change((state) => selectSweep(state, sweep));
  }

  /** Shows the timeline of a cell, given by the number of its recording. */
  async showCell(run: number): Promise<void> {
    if (await this.#has(run)) await this.#host.show(run);
  }

  /** Measures all others against a cell; against none where it is that one already. */
  async pinCell(run: number): Promise<void> {
    if (await this.#has(run)) await this.#host.pin(run);
  }

  /** Whether the recording of a cell is there, once it has been asked for. */
  async #has(run: number): Promise<boolean> {
    if (entryOf(this.#host.state, run) !== undefined) return true;
    const answer = await this.#ask('sweptCell', run);
    if (answer.ok) this.#changes.change((state) => withCell(state, answer.value));
    else this.#host.fail(answer.failure);
    return answer.ok;
  }
}
