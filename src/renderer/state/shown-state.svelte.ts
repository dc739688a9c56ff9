import type { CommandName } from '../../experiment/command-line.js';
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
import { countedOf } from './run-status.js';

/** What follows from the state of the runs: what of them is shown, and how they compare. */
export abstract class ShownState {
  readonly #own: Machine;

  // News changes the state, and of what follows from it only what it is about is put on the page anew.
  readonly #runs = $derived.by(() => this.state.runs);
  readonly #comparing = $derived.by(() => this.state.comparing);
  readonly #comparison = $derived.by(() => this.state.comparison);
  readonly #comparisons = $derived.by(() => this.state.comparisons);
  readonly measured = $derived.by(() => measuredRuns({ runs: this.#runs }));
  readonly shown = $derived.by(() => selectedEntry(this.state));
  /** There is something that can be stopped. */
  readonly canStop = $derived.by(() => {
    const { live, comparing, opening } = this.state;
    return live !== null || comparing !== null || opening !== null;
  });
  /** How far what is on has come; nothing where nothing is on. */
  readonly counted = $derived.by(() => countedOf(this.state));
  /** The entry of the list that is shown: a comparison's, or that of the shown run. */
  readonly entry = $derived.by(() =>
    entryWith(this.state, this.#comparison ?? this.state.selected?.run),
  );
  /** The machine that the shown recording was made on; this one where there is none. */
  readonly machine = $derived.by(
    () => entryOf({ runs: this.#runs }, this.entry?.runs[0])?.machine ?? this.#own,
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
  /** The comparison that the shown run was made in, if any. */
  readonly comparisonOfShown = $derived.by(() =>
    comparisonWith(this.#comparisons, this.shown?.run),
  );

  /** @param own the machine that this is */
  constructor(own: Machine) {
    this.#own = own;
  }

  abstract get state(): RunState;

  /** The experiment that is shown, a run or a comparison: its parameters, and the command that makes it anew. */
  get onView(): { readonly parameters: Parameters; readonly command: CommandName } | null {
    const { comparison, shown } = this;
    if (comparison !== null) return { parameters: comparison.parameters, command: 'compare' };
    return isExperiment(shown) ? { parameters: shown.source.parameters, command: 'run' } : null;
  }
}
