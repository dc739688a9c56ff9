import type { Failure, Progress, StreamMessage } from '../shared/contract.js';
import type { Parameters } from '../shared/parameters.js';
import type { Overview } from '../shared/report.js';
import { endedText } from './wording.js';

/**
 * What the window knows of its runs, as plain values, and how each message changes it.
 * Spans are not here: they go into the timelines (see repeat-views.ts).
 */

/** What became of a run; `on` until it has ended. */
export type Outcome = 'on' | 'done' | 'stopped' | 'failed';

/** One run of the list. */
export interface RunEntry {
  readonly run: number;
  readonly parameters: Parameters;
  readonly outcome: Outcome;
  /** Its figures; null while it is on, and where no repeat was completed. */
  readonly overview: Overview | null;
  readonly failure: Failure | null;
}

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
  /** What the status line says while no run is on. */
  readonly notice: string;
  /** What went wrong last, until it is dismissed or another run starts. */
  readonly failure: Failure | null;
}

export const INITIAL_STATE: RunState = {
  runs: [],
  live: null,
  stopping: false,
  progress: null,
  selected: null,
  notice: 'Ready',
  failure: null,
};

/** The state after a message. */
export function receive(state: RunState, message: StreamMessage): RunState {
  switch (message.type) {
    case 'started':
      return started(state, message.run, message.parameters);
    case 'progress':
      return message.run === state.live ? { ...state, progress: message.progress } : state;
    case 'timeline':
      return isSelected(state, message.run) && message.run === state.live
        ? { ...state, selected: { run: message.run, repeat: message.repeat } }
        : state;
    case 'spans':
    case 'timelineEnd':
      return state;
    case 'ended':
      return ended(state, message);
  }
}

function started(state: RunState, run: number, parameters: Parameters): RunState {
  const entry: RunEntry = { run, parameters, outcome: 'on', overview: null, failure: null };
  return {
    ...state,
    runs: [...state.runs, entry],
    live: run,
    stopping: false,
    progress: null,
    selected: { run, repeat: 0 },
    failure: null,
  };
}

function ended(state: RunState, message: StreamMessage & { type: 'ended' }): RunState {
  const { run, outcome, overview, failure } = message;
  const runs = state.runs.map((entry) =>
    entry.run === run ? { ...entry, outcome, overview, failure } : entry,
  );
  const entry = runs.find((candidate) => candidate.run === run);
  return {
    ...state,
    runs,
    live: state.live === run ? null : state.live,
    stopping: false,
    progress: null,
    notice: entry === undefined ? state.notice : endedText(entry),
    failure: outcome === 'failed' ? (failure ?? { message: `Run ${run} failed` }) : state.failure,
  };
}

/** Shows a run: the repeat asked for, else its last completed one. */
export function select(state: RunState, run: number, repeat?: number): RunState {
  const entry = state.runs.find((candidate) => candidate.run === run);
  if (entry === undefined) return state;
  const last = Math.max(0, (entry.overview?.repeats.length ?? 0) - 1);
  return { ...state, selected: { run, repeat: repeat ?? last } };
}

/** The run that is shown. */
export function selectedEntry(state: RunState): RunEntry | undefined {
  return state.runs.find((entry) => entry.run === state.selected?.run);
}

/** All runs that have figures, oldest first. */
export function measuredRuns(state: RunState): MeasuredRun[] {
  return state.runs.filter(isMeasured);
}

export function isMeasured(entry: RunEntry | undefined): entry is MeasuredRun {
  return entry?.overview != null;
}

function isSelected(state: RunState, run: number): boolean {
  return state.selected?.run === run;
}
