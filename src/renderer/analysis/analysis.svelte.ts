import { untrack } from 'svelte';
import { analyse, type RangeAnalysis, type RangeMeaning } from '../../analysis/analyse.js';
import type { CooperativeTask } from '../../base/cooperative-task.js';
import { programMeaning, type ProgramMeaning } from '../../process/meaning.js';
import type { TimeRange } from '../../recording/span-walk.js';
import type { RepeatFacts } from '../../ipc/index.js';
import type { Timeline } from '../../recording/timeline.js';
import { costsOfPart, unknownCosts, type WorkCosts } from '../../analysis/work-costs.js';
import { unmeasuredCosts } from '../../experiment/work-costs.js';
import { isCutShort, type RepeatView } from '../state/repeat-views.js';
import { isExperiment, type RunEntry } from '../state/run-state.js';
import type { RunStore } from '../state/run-store.svelte.js';
import { runInSlices } from '../ui/slices.js';

/** Work that takes longer than this is said to be under way, in ms. */
const SLOW_MS = 500;

/** A repeat whose spans are all here. */
export interface AnalysedRepeat {
  readonly view: RepeatView;
  /** Where its spans end, in ns. */
  readonly endNs: number;
}

/** What an analysis is of: all repeats of the run, the one on view, or a range of that. */
type AnalysedPart = 'all repeats' | 'repeat' | 'selection';

/** The analysis of a subject, or of its run. */
export interface Analysed extends RangeAnalysis {
  readonly subject: AnalysedRepeat;
  readonly scope: AnalysedPart;
  /** What a program's recording says; null of others. */
  readonly program: ProgramMeaning | null;
}

/**
 * What the shown run means: figures, histogram and verdict of all its repeats, of the one on view, or
 * of a selected range of that. All repeats are worked out by the main process, which has the spans;
 * the rest here, in slices, when the repeat is complete, and anew when the selection changes. While a
 * run is on there is none, as working it out would take time from the lanes that are being measured;
 * and nothing is worked out while the window is hidden. To be made while a component is.
 */
export class Analysis {
  readonly #store: RunStore;
  #found = $state.raw<Analysed | null>(null);
  /** The last analysis of all repeats, the figures of the run that it is of, and its baseline. */
  #ofAll: {
    readonly repeats: readonly RepeatFacts[];
    readonly baseline: number | null;
    readonly analysis: RangeAnalysis;
  } | null = null;
  #isSlow = $state(false);
  #isPageVisible = $state(!document.hidden);
  #visible = $state.raw<TimeRange | null>(null);
  /** The view itself: it stays the same while its spans come, and so does what depends on it. */
  readonly #view = $derived.by(() => this.#store.view);
  readonly #subject = $derived.by(() => analysedRepeatOf(this.#store.shown, this.#view));
  /** The run that it is measured against, where that is another one. */
  readonly #baseline = $derived.by(() => {
    const { baseline, shown } = this.#store;
    return baseline === undefined || baseline === shown ? null : baseline.run;
  });
  /** The baseline's timeline that stands above the shown one, once all of it is here. */
  readonly #above = $derived.by(() => {
    const view = this.#store.baselineView;
    return view === undefined || view.wallNs === null ? null : view.timeline;
  });

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
    $effect(() => {
      const subject = this.#subject;
      if (subject === null || !this.#isPageVisible) return undefined;
      if (!store.scope.isOfAllRepeats)
        return this.#workOut(subject, store.scope.selection, this.#above);
      return store.isBusy ? undefined : this.#askForAll(subject, this.#baseline);
    });
  }

  /** The shown repeat, once it is complete and the window can be seen. */
  get subject(): AnalysedRepeat | null {
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

  #askForAll(subject: AnalysedRepeat, baseline: number | null): () => void {
    const { shown } = this.#store;
    const repeats = shown?.repeats ?? [];
    const show = (analysis: RangeAnalysis) => {
      this.#found = { ...analysis, subject, scope: 'all repeats', program: null };
    };
    if (this.#ofAll?.repeats === repeats && this.#ofAll.baseline === baseline) {
      show(this.#ofAll.analysis);
      return () => undefined;
    }
    let isGivenUp = false;
    const settle = this.#timed();
    void this.#store.analyseRun(subject.view.run, baseline).then((analysis) => {
      settle();
      if (isGivenUp || analysis === null) return;
      this.#ofAll = { repeats, baseline, analysis };
      show(analysis);
    });
    return () => {
      settle();
      isGivenUp = true;
    };
  }

  #workOut(
    subject: AnalysedRepeat,
    selection: TimeRange | null,
    above: Timeline | null,
  ): () => void {
    const { view, endNs } = subject;
    const range = selection ?? { startNs: 0, endNs };
    // A range is one of the axis that both timelines stand on.
    const baseline =
      above === null
        ? null
        : { timeline: above, range: selection ?? { startNs: 0, endNs: above.endNs } };
    const settle = this.#timed();
    const shown = untrack(() => this.#store.shown);
    if (shown === undefined) return () => undefined;
    const isWhole = selection === null && view.keptUntilNs === null && view.wallNs !== null;
    const costs = costsOf(shown);
    const basis = {
      cores: shown.machine.usableCores,
      costs: isWhole ? costs : costsOfPart(costs),
    };
    // Pinning or releasing a baseline changes the histogram alone.
    const known = untrack(() => this.#foundOf(subject, range));
    const knownProgram = known === null ? null : untrack(() => this.#found?.program ?? null);
    const work = function* () {
      const analysis = yield* analyse({ timeline: view.timeline, range }, basis, baseline, known);
      const program = knownProgram ?? (yield* programIn(shown, view, analysis, selection));
      return { ...analysis, program };
    };
    const cancel = runInSlices(work(), (analysis) => {
      settle();
      this.#found = { ...analysis, subject, scope: selection === null ? 'repeat' : 'selection' };
    });
    return () => {
      settle();
      cancel();
    };
  }

  /** What was last worked out here, where that was of the same range. */
  #foundOf(subject: AnalysedRepeat, { startNs, endNs }: TimeRange): RangeMeaning | null {
    if (this.#found?.subject !== subject || this.#found.scope === 'all repeats') return null;
    const { range } = this.#found.figures;
    return range.startNs === startNs && range.endNs === endNs ? this.#found : null;
  }

  /** Marks work as slow once it has been under way for long. Returns the function that ends this. */
  #timed(): () => void {
    const slow = setTimeout(() => {
      this.#isSlow = true;
    }, SLOW_MS);
    return () => {
      clearTimeout(slow);
      this.#isSlow = false;
    };
  }
}

/** What a program's recording says of a range; null of what is no program. */
function* programIn(
  { source, labels, machine, repeats }: RunEntry,
  { timeline, repeat }: RepeatView,
  { figures, verdict }: RangeMeaning,
  selection: TimeRange | null,
): CooperativeTask<ProgramMeaning | null> {
  if (source.kind !== 'process') return null;
  const { range } = figures;
  const isWhole = selection === null;
  const part = {
    ...{ source, labels, range, isWhole },
    cores: machine.usableCores,
    lengthNs: range.endNs - range.startNs,
    handoffs: isWhole ? (repeats[repeat]?.handoffs ?? 0) : verdict.handoffs,
  };
  return yield* programMeaning(part, timeline);
}

/** What is known of the costs of a recording's work. */
function costsOf(shown: RunEntry): WorkCosts {
  if (!isExperiment(shown)) return unknownCosts(shown.description.locks);
  return shown.overview?.costs ?? unmeasuredCosts(shown.source.parameters);
}

function analysedRepeatOf(
  shown: RunEntry | undefined,
  view: RepeatView | undefined,
): AnalysedRepeat | null {
  if (shown === undefined || shown.outcome === 'running' || view === undefined) return null;
  if (view.wallNs === null && !isCutShort(shown, view)) return null;
  const endNs = view.keptUntilNs ?? view.wallNs ?? view.timeline.endNs;
  return endNs > 0 ? { view, endNs } : null;
}
