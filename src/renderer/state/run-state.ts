import type { Compared } from '../../experiment/variants.js';
import type { About, Entry, Failure, RepeatFacts, StreamMessage } from '../../ipc/index.js';
import type { Progress } from '../../experiment/progress.js';
import type { Parameters } from '../../experiment/parameters.js';
import type { Overview } from '../../experiment/report.js';
import type { Machine } from '../../recording/machine.js';
import type { Axes } from '../../sweep/axes.js';
import type { SweepFindings } from '../../sweep/findings.js';

/**
 * What the window knows of its recordings, as plain values; receive.ts says how each message changes
 * it. Spans are not here: they go into the timelines (see repeat-views.ts).
 */

/** What became of a run; `on` until it has ended. */
export type Outcome = 'running' | 'done' | 'stopped' | 'failed';

/** One recording of the list, made here or out of a file. */
export interface RunEntry extends About {
  readonly run: number;
  readonly outcome: Outcome;
  /** Its completed repeats. */
  readonly repeats: readonly RepeatFacts[];
  /** The figures of an experiment; null while it is running, and where no repeat was completed. */
  readonly overview: Overview | null;
  readonly failure: Failure | null;
  /** Its spans are still there, so that it can be shown again. */
  readonly hasSpans: boolean;
}

/** A recording of Gilscope's own engine, of which there are parameters. */
export type ExperimentEntry = RunEntry & {
  readonly source: Extract<About['source'], { kind: 'experiment' }>;
};

/** A comparison of the list: the same work in four variants, each a run of its own. */
export interface ComparisonEntry {
  readonly runs: Compared<number>;
  readonly parameters: Parameters;
  readonly outcome: 'done' | 'stopped';
}

/** A comparison that is on, as far as it has come. */
export type Comparing = StreamMessage & { readonly type: 'comparing' };

/** A sweep of the list: what it combines, and what it found. */
export interface SweepEntry {
  /** The number that the recording of its first cell has, or would have; its entry's as well. */
  readonly sweep: number;
  readonly axes: Axes;
  readonly outcome: 'done' | 'stopped';
  /** The one that it was measured on, or the first of several. */
  readonly machine: Machine;
  readonly findings: SweepFindings;
}

/** A sweep that is measured, as far as it has come, and where it is. */
export type Sweeping = StreamMessage & { readonly type: 'sweeping' };
export type SweepNow = StreamMessage & { readonly type: 'sweepProgress' };

/** What happened last, which the status line words: a run or a comparison has ended, or a sentence. */
export type Notice =
  | string
  | { readonly event: 'run ended'; readonly entry: RunEntry }
  | { readonly event: 'comparison ended'; readonly message: ComparisonEnd }
  | { readonly event: 'sweep ended'; readonly message: SweepEnd };

/** How a sweep ended. */
export type SweepEnd = StreamMessage & { readonly type: 'swept' };

/** How a comparison ended. */
export type ComparisonEnd = StreamMessage & { readonly type: 'compared' };

/** A run that has figures. */
export type MeasuredRun = ExperimentEntry & { readonly overview: Overview };

/** What was removed from the list, and can be put back. */
export interface Removed {
  readonly entry: Entry;
  readonly runs: readonly RunEntry[];
  readonly comparison: ComparisonEntry | undefined;
  readonly sweep: SweepEntry | undefined;
}

export interface RunState {
  /** Oldest first. */
  readonly runs: readonly RunEntry[];
  /** The run that is on, if any. */
  readonly live: number | null;
  /** Stop was asked for, and the run has not ended yet. */
  readonly stopping: boolean;
  readonly progress: Progress | null;
  /** For how long the program has been recorded that is live, in ns; null where none is, or not yet. */
  readonly sampledNs: number | null;
  /** The run that is shown, and its repeat, from 0; a live run's repeat follows the stream. */
  readonly selected: { readonly run: number; readonly repeat: number } | null;
  /** The entries that the runs make up, in the order of their first runs. */
  readonly entries: readonly Entry[];
  /** The last one last. */
  readonly removed: readonly Removed[];
  /** The files that were opened or saved last, the newest first. */
  readonly recent: readonly string[];
  /** The file that is being opened, and how much of it is read, 0 to 1. */
  readonly opening: { readonly file: string; readonly share: number } | null;
  /** Oldest first. */
  readonly comparisons: readonly ComparisonEntry[];
  /** The comparison that is on, if any; nothing else is then. */
  readonly comparing: Comparing | null;
  /** The comparison that is shown in place of a run, by its serial run. */
  readonly comparison: number | null;
  /** Oldest first. */
  readonly sweeps: readonly SweepEntry[];
  /** The sweep that is measured, if any; nothing else is then. */
  readonly sweeping: Sweeping | null;
  readonly sweepNow: SweepNow | null;
  /** The sweep that is shown in place of a run, by its number. */
  readonly sweep: number | null;
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
  sampledNs: null,
  selected: null,
  entries: [],
  removed: [],
  recent: [],
  opening: null,
  comparisons: [],
  comparing: null,
  comparison: null,
  sweeps: [],
  sweeping: null,
  sweepNow: null,
  sweep: null,
  baseline: null,
  notice: READY,
  failure: null,
};

/** Shows a run: the repeat asked for, else its last completed one. */
export function select(state: RunState, run: number, repeat?: number): RunState {
  const entry = entryOf(state, run);
  if (entry === undefined) return state;
  return {
    ...state,
    selected: { run, repeat: repeat ?? lastRepeat(entry) },
    comparison: null,
    sweep: null,
  };
}

/** Shows a comparison, the one that is on included. */
export function selectComparison(state: RunState, serialRun: number): RunState {
  return { ...state, comparison: serialRun, sweep: null };
}

/** Measures the others against a run that has figures, or against none. */
export function pin(state: RunState, run: number | null): RunState {
  if (run !== null && !isRecorded(entryOf(state, run))) return state;
  return { ...state, baseline: run };
}

/** The last completed repeat of a run, from 0. */
export function lastRepeat({ repeats }: RunEntry): number {
  return Math.max(0, repeats.length - 1);
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

/** Whether a run has figures. */
export function isMeasured(entry: RunEntry | undefined): entry is MeasuredRun {
  return isExperiment(entry) && entry.overview !== null;
}

/** Whether there are parameters of a recording. */
export function isExperiment(entry: RunEntry | undefined): entry is ExperimentEntry {
  return entry?.source.kind === 'experiment';
}

/** Whether a recording has a completed repeat, so that there is something of it to show again. */
export function isRecorded(entry: RunEntry | undefined): entry is RunEntry {
  return entry !== undefined && entry.repeats.length > 0;
}

/** How many repeats a recording has, or was to have. */
export function plannedRepeats(entry: RunEntry): number {
  return isExperiment(entry) ? entry.source.parameters.repeats : entry.repeats.length;
}

/** The entry of the list that a run belongs to. */
export function entryWith(
  { entries }: Pick<RunState, 'entries'>,
  run: number | undefined,
): Entry | undefined {
  return entries.find(({ runs }) => run !== undefined && runs.includes(run));
}

/** The recording that the others are measured against. */
export function baselineEntry(state: RunState): RunEntry | undefined {
  const entry = entryOf(state, state.baseline);
  return isRecorded(entry) ? entry : undefined;
}
