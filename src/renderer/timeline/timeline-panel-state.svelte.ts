import type { Command } from './model/commands.js';
import type { TimelineExplorer } from './model/explorer.js';
import type { LaneSpan } from './model/lane-spans.js';
import type { Sight } from './model/timeline-view.js';

/** Whose timeline a chart is: that of the run that is shown, or of the baseline above it. */
export type ChartOf = 'shown' | 'baseline';

/** The timelines on the page, for the panel that shows them and for actions from elsewhere. */
export class TimelinePanelState {
  #explorers: Readonly<Record<ChartOf, TimelineExplorer | null>> = $state.raw({
    shown: null,
    baseline: null,
  });
  #chart: ChartOf = $state('shown');
  #span = $state.raw<LaneSpan | null>(null);
  /** What is in view of the shown run. */
  sight = $state.raw<Sight | null>(null);
  /** Puts the focus into the shown run's timeline; null while there is none on the page. */
  focus = $state.raw<(() => void) | null>(null);
  /** Puts the focus into the search for tasks; null while there is none. */
  search = $state.raw<(() => void) | null>(null);

  /** What explores the shown run's timeline; null while there is none. */
  get shown(): TimelineExplorer | null {
    return this.#explorers.shown;
  }

  /** What explores the baseline's timeline; null while there is none. */
  get baseline(): TimelineExplorer | null {
    return this.#explorers.baseline;
  }

  /** The selected span, of whichever timeline. */
  get span(): LaneSpan | null {
    return this.#span;
  }

  /** Whose span is selected. */
  get chart(): ChartOf {
    return this.#span === null ? 'shown' : this.#chart;
  }

  /** What explores the timeline that the selected span is of, the shown run's where there is none. */
  get explorer(): TimelineExplorer | null {
    return this.#explorers[this.chart];
  }

  /** Takes in what explores a chart, or that the chart is gone. */
  place(chart: ChartOf, explorer: TimelineExplorer | null): void {
    this.#explorers = { ...this.#explorers, [chart]: explorer };
    if (explorer !== null) return;
    if (chart === 'shown') this.sight = null;
    this.select(chart, null);
  }

  /** Takes in what is selected in a chart; the other chart's selection is cleared. */
  select(chart: ChartOf, span: LaneSpan | null): void {
    const before = this.#chart;
    if (span === null) {
      if (chart === before) this.#span = null;
      return;
    }
    this.#chart = chart;
    this.#span = span;
    if (before !== chart) this.#explorers[before]?.select(null);
  }

  /** Clears the selected span, of whichever timeline. Returns whether there was one. */
  release(): boolean {
    if (this.#span === null) return false;
    this.explorer?.select(null);
    return true;
  }

  /** Handles a key release in both, as the selection may have moved to the other one meanwhile. */
  letGo(command: Command): void {
    this.#explorers.shown?.letGo(command);
    this.#explorers.baseline?.letGo(command);
  }

  /** The keyboard belongs to something else now. */
  letGoOfAll(): void {
    this.#explorers.shown?.letGoOfAll();
    this.#explorers.baseline?.letGoOfAll();
  }
}
