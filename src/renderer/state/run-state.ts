import { comparedParameters, VARIANTS, type Compared } from '../../experiment/variants.js';
import type { Failure, StreamMessage } from '../../ipc/index.js';
import type { Progress } from '../../experiment/progress.js';
import type { Parameters } from '../../experiment/parameters.js';
import type { Overview } from '../../experiment/report.js';

/**
 * What the window knows of its runs, as plain values, and how each message changes it.
 * Spans are not here: they go into the timelines (see repeat-views.ts).
 */

/** What became of a run; `on` until it has ended. */
export type Outcome = 'running' | 'done' | 'stopped' | 'failed';

/** One run of the list. */
export interface RunEntry {
  readonly run: number;
  readonly parameters: Parameters;
  readonly outcome: Outcome;
  /** Its figures; null while it is on, and where no repeat was completed. */
  readonly overview: Overview | null;
  readonly failure: Failure | null;
  /** Its spans are still there, so that it can be shown again. */
  readonly hasSpans: boolean;
}

/** A comparison of the list: the same work in four variants, each a run of its own. */
export interface ComparisonEntry {
  readonly runs: Compared<number>;
  readonly parameters: Parameters;
  readonly outcome: 'done' | 'stopped';
}

/** A comparison that is on, as far as it has come. */
export type Comparing = StreamMessage & { readonly type: 'comparing' };

/** What happened last, which the status line words: a run or a comparison has ended, or a sentence. */
export type Notice =
  | string
  | { readonly event: 'run ended'; readonly entry: RunEntry }
  | { readonly event: 'comparison ended'; readonly message: ComparisonEnd };

/** How a comparison ended. */
export type ComparisonEnd = StreamMessage & { readonly type: 'compared' };

/** A run that has figures. */
export type MeasuredRun = RunEntry & { readonly overview: Overview };

export interface RunState {
  /** Oldest first. */
  readonly runs: readonly RunEntry[];
  /** The run that is on, if any. */
  readonly live: number | null;
  /** Stop was asked for, and the run has not ended yet. */
  readonly stopping: boolean;
  readonly progress: Progress | null;
  /** The run that is shown, and its repeat, from 0; a live run's repeat follows the stream. */
  readonly selected: { readonly run: number; readonly repeat: number } | null;
  /** Oldest first. */
  readonly comparisons: readonly ComparisonEntry[];
  /** The comparison that is on, if any; nothing else is then. */
  readonly comparing: Comparing | null;
  /** The comparison that is shown in place of a run, by its serial run. */
  readonly comparison: number | null;
  /** The run that the others are measured against, if one is pinned. */
  readonly baseline: number | null;
  /** What the status line says while no run is on. */
  readonly notice: Notice;
  /** What went wrong last, until it is dismissed or another run starts. */
  readonly failure: Failure | null;
}

/** What the status line says where nothing has been done. */
export const READY = 'Ready';

export const INITIAL_STATE: RunState = {
  runs: [],
  live: null,
  stopping: false,
  progress: null,
  selected: null,
  comparisons: [],
  comparing: null,
  comparison: null,
  baseline: null,
  notice: READY,
  failure: null,
};

/** The state after a message; one that is out of its turn changes nothing. */
export function receive(state: RunState, message: StreamMessage): RunState {
  switch (message.type) {
    case 'started':
      return started(state, message.run, message.parameters);
    case 'progress':
      return isOn(state, message.run) ? { ...state, progress: message.progress } : state;
    case 'timeline':
      return isSelected(state, message.run) && message.run === state.live
        ? { ...state, selected: { run: message.run, repeat: message.warmup ? 0 : message.repeat } }
        : state;
    case 'spans':
    case 'timelineEnd':
      return state;
    case 'ended':
      return ended(state, message);
    case 'processLost':
      return { ...state, failure: message.failure };
    case 'spansEvicted':
      return changed(state, message.run, { hasSpans: false });
    case 'comparing':
      return comparing(state, message);
    case 'compared':
      return compared(state, message);
  }
}

/**
 * The state that the history of a new stream makes, in place of what an earlier stream told. What the
 * user chose and was told stays, as far as it is still there.
 */
export function replay(history: readonly StreamMessage[], before: RunState): RunState {
  const told = history.reduce(receive, INITIAL_STATE);
  const { notice, failure, selected, comparison } = before;
  const isFirst = selected === null && comparison === null;
  const isListed = [...told.comparisons, told.comparing].some(
    (entry) => entry?.runs.serial === comparison,
  );
  return {
    ...told,
    notice,
    failure,
    selected: entryOf(told, selected?.run) === undefined ? told.selected : selected,
    comparison: isFirst ? told.comparison : isListed ? comparison : null,
    baseline: entryOf(told, before.baseline)?.run ?? null,
  };
}

function started(state: RunState, run: number, parameters: Parameters): RunState {
  const entry: RunEntry = {
    run,
    parameters,
    outcome: 'running',
    overview: null,
    failure: null,
    hasSpans: true,
  };
  return {
    ...state,
    // A run of that number has had its place taken.
    runs: [...state.runs.filter((other) => other.run !== run), entry],
    live: run,
    stopping: false,
    progress: null,
    selected: { run, repeat: 0 },
    comparison: null,
    failure: null,
  };
}

function ended(state: RunState, message: StreamMessage & { type: 'ended' }): RunState {
  const { run, outcome, overview, failure } = message;
  if (entryOf(state, run)?.outcome !== 'running') return state;
  const next = changed(state, run, { outcome, overview, failure });
  const entry = entryOf(next, run);
  return {
    ...next,
    // A repeat that was cut short is shown only where there is no whole one.
    selected: isMeasured(entry) ? withWholeRepeat(state.selected, entry) : state.selected,
    live: null,
    stopping: false,
    progress: null,
    notice: entry === undefined ? state.notice : { event: 'run ended', entry },
    failure: outcome === 'failed' ? (failure ?? { message: `Run ${run} failed` }) : state.failure,
  };
}

function withWholeRepeat(selected: RunState['selected'], entry: MeasuredRun) {
  const repeat = lastRepeat(entry);
  return selected?.run === entry.run && selected.repeat > repeat
    ? { ...selected, repeat }
    : selected;
}

function comparing(state: RunState, message: Comparing): RunState {
  const isNew = state.comparing === null;
  if (entryOf(state, message.runs.serial) !== undefined) return state;
  return {
    ...state,
    comparing: message,
    progress: null,
    comparison: isNew ? message.runs.serial : state.comparison,
    failure: isNew ? null : state.failure,
  };
}

function compared(state: RunState, message: ComparisonEnd): RunState {
  const { runs, parameters, outcome, overviews, failure } = message;
  if (entryOf(state, runs.serial) !== undefined) return state;
  const rest: RunState = {
    ...state,
    comparing: null,
    stopping: false,
    progress: null,
    notice: { event: 'comparison ended', message },
    failure: failure ?? state.failure,
  };
  if (overviews === null || outcome === 'failed') {
    return state.comparison === runs.serial ? { ...rest, comparison: null } : rest;
  }
  const variants = comparedParameters(parameters);
  const entries = VARIANTS.map((variant) => ({
    run: runs[variant],
    parameters: variants[variant],
    outcome,
    overview: overviews[variant],
    failure: null,
    hasSpans: true,
  }));
  return {
    ...rest,
    // What began before this page was there is shown as if it had been.
    comparison: state.comparing === null ? runs.serial : state.comparison,
    runs: [...state.runs, ...entries],
    comparisons: [...state.comparisons, { runs, parameters, outcome }],
  };
}

function changed(state: RunState, run: number, changes: Partial<RunEntry>): RunState {
  const runs = state.runs.map((entry) => (entry.run === run ? { ...entry, ...changes } : entry));
  return { ...state, runs };
}

/** Whether a run is measured now, on its own or for a comparison. */
function isOn({ live, comparing }: RunState, run: number): boolean {
  return run === live || (comparing !== null && comparing.runs[comparing.variant] === run);
}

/** Shows a run: the repeat asked for, else its last completed one. */
export function select(state: RunState, run: number, repeat?: number): RunState {
  const entry = entryOf(state, run);
  if (entry === undefined) return state;
  return { ...state, selected: { run, repeat: repeat ?? lastRepeat(entry) }, comparison: null };
}

/** Shows a comparison, the one that is on included. */
export function selectComparison(state: RunState, serialRun: number): RunState {
  return { ...state, comparison: serialRun };
}

/** Measures the others against a run that has figures, or against none. */
export function pin(state: RunState, run: number | null): RunState {
  if (run !== null && !isMeasured(entryOf(state, run))) return state;
  return { ...state, baseline: run };
}

/** The last completed repeat of a run, from 0. */
export function lastRepeat({ overview }: RunEntry): number {
  return Math.max(0, (overview?.repeats.length ?? 0) - 1);
}

/** The run of a number. */
export function entryOf(
  { runs }: Pick<RunState, 'runs'>,
  run: number | undefined | null,
): RunEntry | undefined {
  return runs.find((entry) => entry.run === run);
}

/** The run that is shown. */
export function selectedEntry(state: RunState): RunEntry | undefined {
  return entryOf(state, state.selected?.run);
}

/** All runs that have figures, oldest first. */
export function measuredRuns({ runs }: Pick<RunState, 'runs'>): MeasuredRun[] {
  return runs.filter(isMeasured);
}

export function isMeasured(entry: RunEntry | undefined): entry is MeasuredRun {
  return entry?.overview != null;
}

/** The run that the others are measured against. */
export function baselineEntry(state: RunState): MeasuredRun | undefined {
  const entry = entryOf(state, state.baseline);
  return isMeasured(entry) ? entry : undefined;
}

function isSelected(state: RunState, run: number): boolean {
  return state.selected?.run === run;
}
