import { analyse, type RangeAnalysis } from '../shared/analysis/analyse.js';
import type { TimeRange } from '../shared/analysis/span-walk.js';
import type { RepeatView } from './repeat-views.js';
import type { RunEntry } from './run-state.js';
import type { RunStore } from './run-store.svelte.js';
import { runInSlices } from './slices.js';

/** Work that takes longer than this is said to be under way, in ms. */
const SLOW_MS = 500;

/** A repeat whose spans are all here. */
export interface Subject {
  readonly view: RepeatView;
  /** Where its spans end, in ns. */
  readonly endNs: number;
}

/** The analysis of a subject's range. */
export interface Analysed extends RangeAnalysis {
  readonly subject: Subject;
  /** The range is the whole repeat, or as much of it as spans are kept of. */
  readonly isWhole: boolean;
}

/**
 * What the shown repeat means: its figures, histogram and verdict for the selected range, worked
 * out in slices when the repeat is complete, and anew when the selection changes. While a run is
 * on there is none, as working it out would take time from the lanes that are being measured; and
 * nothing is worked out while the window is hidden. To be made while a component is.
 */
export class Analysis {
  readonly #store: RunStore;
  #found = $state.raw<Analysed | null>(null);
  #isSlow = $state(false);
  #isPageVisible = $state(!document.hidden);
  #visible = $state.raw<TimeRange | null>(null);
  /** The view itself: it stays the same while its spans come, and so does what depends on it. */
  readonly #view = $derived.by(() => this.#store.view);
  readonly #subject = $derived.by(() => subjectOf(this.#store.shown, this.#view));

  constructor(store: RunStore) {
    this.#store = store;
    $effect(() => {
      const follow = () => {
        this.#isPageVisible = !document.hidden;
      };
      document.addEventListener('visibilitychange', follow);
      return () => {
        document.removeEventListener('visibilitychange', follow);
      };
    });
    $effect(() => this.#workOut(this.#subject, store.selection));
  }

  /** The shown repeat, once it is complete and the window can be seen. */
  get subject(): Subject | null {
    return this.#isPageVisible ? this.#subject : null;
  }

  /** The last analysis of the shown repeat; of the range before while the next is worked out. */
  get found(): Analysed | null {
    return this.#found?.subject === this.#subject ? this.#found : null;
  }

  /** The analysis has been under way for so long that the user should know. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  /** The part of time that the timeline shows. */
  get visible(): TimeRange | null {
    return this.#visible;
  }

  /** Takes in which part of time the timeline shows. */
  follow(visible: TimeRange): void {
    this.#visible = visible;
  }

  #workOut(subject: Subject | null, selection: TimeRange | null): (() => void) | undefined {
    if (subject === null || !this.#isPageVisible) return undefined;
    const { view, endNs } = subject;
    const range = selection ?? { startNs: 0, endNs };
    const slow = setTimeout(() => {
      this.#isSlow = true;
    }, SLOW_MS);
    const settle = () => {
      clearTimeout(slow);
      this.#isSlow = false;
    };
    const cores = this.#store.info.machine.logicalCores;
    const giveUp = runInSlices(analyse(view.timeline, range, cores), (analysis) => {
      settle();
      this.#found = { ...analysis, subject, isWhole: selection === null };
    });
    return () => {
      settle();
      giveUp();
    };
  }
}

function subjectOf(shown: RunEntry | undefined, view: RepeatView | undefined): Subject | null {
  if (shown === undefined || shown.outcome === 'on' || view === undefined) return null;
  // A repeat that was stopped has no wall time, and its spans are as complete as they will be.
  const isCutShort = view.repeat >= (shown.overview?.repeats.length ?? 0);
  if (view.wallNs === null && !isCutShort) return null;
  const endNs = view.keptUntilNs ?? view.wallNs ?? view.timeline.endNs;
  return endNs > 0 ? { view, endNs } : null;
}
