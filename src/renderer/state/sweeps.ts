import type { Entry, ResponseOf } from '../../ipc/index.js';
import type { Axes } from '../../sweep/axes.js';
import type { SweepFindings } from '../../sweep/findings.js';
import { withEntry } from './list-changes.js';
import {
  entryOf,
  isExperiment,
  plannedRepeats,
  type RunEntry,
  type RunState,
  type SweepEnd,
  type Sweeping,
  type SweepNow,
} from './run-state.js';

/** How the messages about sweeps change what the window knows, and what it shows of them. */

/** A sweep is measured: it has begun, or another round of it is whole. */
export function sweeping(state: RunState, message: Sweeping): RunState {
  const isNew = state.sweeping === null;
  return {
    ...state,
    sweeping: message,
    ...(isNew ? { progress: null, sweepNow: null, failure: null, comparison: null } : {}),
    sweep: isNew ? message.sweep : state.sweep,
  };
}

/** Where the sweep is that is measured. */
export function sweepProgress(state: RunState, message: SweepNow): RunState {
  if (state.sweeping?.sweep !== message.sweep) return state;
  return { ...state, sweepNow: message, progress: message.progress };
}

/** A sweep has ended, or was opened from a file. */
export function swept(state: RunState, message: SweepEnd): RunState {
  const { sweep, axes, outcome, recorded, failure } = message;
  if (state.sweeps.some((known) => known.sweep === sweep)) return state;
  const isOpened = recorded?.entry.isOpened === true;
  const rest: RunState = {
    ...state,
    ...(isOpened ? {} : { sweeping: null, sweepNow: null, stopping: false, progress: null }),
    notice: { event: 'sweep ended', message },
    failure: failure ?? state.failure,
  };
  if (recorded === null || outcome === 'failed') {
    return state.sweep === sweep ? { ...rest, sweep: null } : rest;
  }
  const { machine, findings } = recorded;
  // What began before this page was there is shown as if it had been.
  const isShown = isOpened || state.sweeping === null;
  return {
    ...rest,
    entries: withEntry(state.entries, recorded.entry),
    sweeps: [...state.sweeps, { sweep, axes, outcome, machine, findings }],
    ...(isShown ? { sweep, comparison: null } : {}),
  };
}

/** Shows a sweep, the one that is measured included. */
export function selectSweep(state: RunState, sweep: number): RunState {
  return { ...state, sweep, comparison: null };
}

/** The recording of a cell is there, to be shown or measured against. */
export function withCell(state: RunState, cell: ResponseOf<'sweptCell'>): RunState {
  const { run, about, repeats, overview } = cell.recorded;
  if (entryOf(state, run) !== undefined) return state;
  const { hasSpans } = cell;
  const whole: RunEntry = {
    ...about,
    ...{ run, outcome: 'done', repeats, overview, failure: null, hasSpans },
  };
  const isWhole = !isExperiment(whole) || plannedRepeats(whole) === repeats.length;
  const entry: RunEntry = isWhole ? whole : { ...whole, outcome: 'stopped' };
  const at = state.runs.findIndex((other) => other.run > run);
  return { ...state, runs: state.runs.toSpliced(at < 0 ? state.runs.length : at, 0, entry) };
}

/** The sweep that a run is a cell of, if any. */
export function sweepWith(entries: readonly Entry[], run: number | undefined): Entry | undefined {
  return entries.find(({ kind, runs }) => kind === 'sweep' && runs.some((own) => own === run));
}

/** A sweep as the window shows it, measured or not. */
export interface SweepView {
  readonly sweep: number;
  readonly axes: Axes;
  /** What it found, so far; null before its first round is over. */
  readonly findings: SweepFindings | null;
  /** It is measured now. */
  readonly isRunning: boolean;
}

/** The sweep that is shown in place of a run; null where none is. */
export function sweepView(
  state: Pick<RunState, 'sweep' | 'sweeps' | 'sweeping'>,
): SweepView | null {
  const { sweep, sweeps, sweeping: running } = state;
  if (sweep === null) return null;
  if (running?.sweep === sweep) {
    return { sweep, axes: running.axes, findings: running.findings, isRunning: true };
  }
  const entry = sweeps.find((known) => known.sweep === sweep);
  return entry === undefined
    ? null
    : { sweep, axes: entry.axes, findings: entry.findings, isRunning: false };
}
