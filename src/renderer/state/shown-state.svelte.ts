import { commandLineOf } from '../../experiment/command-line.js';
import type { Parameters } from '../../experiment/parameters.js';
import type { Machine } from '../../recording/machine.js';
import { comparisonView, comparisonWith } from '../comparison/comparison-view.js';
import { differencesFrom } from '../recordings/baseline.js';
import {
  baselineEntry,
  entryOf,
  entryWith,
  isExperiment,
  measuredRuns,
  selectedEntry,
  type RunState,
} from './run-state.js';
import { sweepCommandLine } from '../../sweep/sweep-command-line.js';
import type { Axes } from '../../sweep/axes.js';
import { countedOf } from './run-status.js';
import { sweepView, sweepWith } from './sweeps.js';

/** What an experiment was made of, one set of parameters or the axes of a sweep, and its command line. */
export type OnView =
  | { readonly parameters: Parameters; readonly line: string }
  | { readonly axes: Axes; readonly line: string };

/** What follows from the state of the runs: what of them is shown, and how they compare. */
export abstract class ShownState {
  readonly #own: Machine;

  // News changes the state, and of what follows from it only what it is about is put on the page anew.
  readonly #runs = $derived.by(() => this.state.runs);
  readonly #comparing = $derived.by(() => this.state.comparing);
  readonly #comparison = $derived.by(() => this.state.comparison);
  readonly #comparisons = $derived.by(() => this.state.comparisons);
  readonly #sweep = $derived.by(() => this.state.sweep);
  readonly #sweeps = $derived.by(() => this.state.sweeps);
  readonly #sweeping = $derived.by(() => this.state.sweeping);
  readonly measured = $derived.by(() => measuredRuns({ runs: this.#runs }));
  /** The run that is shown, also behind a comparison; none where a sweep is. */
  readonly shown = $derived.by(() =>
    this.state.sweep === null ? selectedEntry(this.state) : undefined,
  );
  /** There is something that can be stopped. */
  readonly canStop = $derived.by(() => {
    const { live, comparing, sweeping, opening } = this.state;
    return live !== null || comparing !== null || sweeping !== null || opening !== null;
  });
  /** How far what is on has come; nothing where nothing is on. */
  readonly counted = $derived.by(() => countedOf(this.state));
  /** The entry of the list that is shown: a sweep's, a comparison's, or that of the shown run. */
  readonly entry = $derived.by(() => {
    const { sweep, entries, selected } = this.state;
    if (sweep !== null) return entries.find(({ id }) => id === sweep);
    return entryWith(this.state, this.#comparison ?? selected?.run);
  });
  /** The machine that the shown recording was made on; this one where there is none. */
  readonly machine = $derived.by(
    () =>
      entryOf({ runs: this.#runs }, this.entry?.runs[0])?.machine ??
      this.#sweeps.find(({ sweep }) => sweep === this.entry?.id)?.machine ??
      this.#own,
  );
  /** The recording that the others are measured against, if one is pinned. */
  readonly baseline = $derived.by(() => baselineEntry(this.state));
  /** The difference of each measured run but the baseline from that, by the run's number. */
  readonly differences = $derived.by(() => differencesFrom(this.baseline, this.measured));
  /** The comparison that is shown in place of a run; null where a run is. */
  readonly comparison = $derived.by(() =>
    comparisonView({
      runs: this.#runs,
      comparing: this.#comparing,
      comparison: this.#comparison,
      comparisons: this.#comparisons,
    }),
  );
  /** The sweep that is shown in place of a run; null where none is. */
  readonly sweep = $derived.by(() =>
    sweepView({ sweep: this.#sweep, sweeps: this.#sweeps, sweeping: this.#sweeping }),
  );
  /** The sweep that the shown run is a cell of, if any. */
  readonly sweepOfShown = $derived.by(() => sweepWith(this.state.entries, this.shown?.run));
  /** The comparison that the shown run was made in, if any. */
  readonly comparisonOfShown = $derived.by(() =>
    comparisonWith(this.#comparisons, this.shown?.run),
  );

  /** @param own the machine that this is */
  constructor(own: Machine) {
    this.#own = own;
  }

  abstract get state(): RunState;

  /** The experiment that is shown, a run, a comparison or a sweep: what it was made of, and the command that makes it anew. */
  get onView(): OnView | null {
    const { comparison, shown, sweep } = this;
    if (sweep !== null) return { axes: sweep.axes, line: sweepCommandLine(sweep.axes) };
    if (comparison !== null) {
      const { parameters } = comparison;
      return { parameters, line: commandLineOf(parameters, 'compare') };
    }
    if (!isExperiment(shown)) return null;
    const { parameters } = shown.source;
    return { parameters, line: commandLineOf(parameters) };
  }
}
