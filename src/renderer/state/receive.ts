import type { StreamMessage } from '../../ipc/index.js';
import type { RepeatFacts } from '../../ipc/index.js';
import type { Overview } from '../../experiment/report.js';
import { opened, removed, restored, withEntry, withRecordings } from './list-changes.js';
import {
  entryOf,
  INITIAL_STATE,
  isRecorded,
  lastRepeat,
  type Comparing,
  type ComparisonEnd,
  type RunEntry,
  type RunState,
} from './run-state.js';
import { sweeping, sweepProgress, swept } from './sweeps.js';

/** How each message of the stream changes what the window knows of its recordings. */

/** The state after a message; one that is out of its turn changes nothing. */
export function receive(state: RunState, message: StreamMessage): RunState {
  switch (message.type) {
    case 'started':
      return started(state, message);
    case 'progress':
      return isOn(state, message.run) ? { ...state, progress: message.progress } : state;
    case 'described':
      return changed(state, message.run, { ...message.about, repeats: message.repeats });
    case 'sampled':
      return message.run === state.live ? { ...state, sampledNs: message.lengthNs } : state;
    case 'timeline':
      return isSelected(state, message.run) && message.run === state.live
        ? { ...state, selected: { run: message.run, repeat: message.warmup ? 0 : message.repeat } }
        : state;
    case 'spans':
    case 'timelineEnd':
    case 'output':
      return state;
    case 'ended':
      return ended(state, message);
    case 'failed':
      return { ...state, failure: message.failure };
    case 'spansEvicted':
      return changed(state, message.run, { hasSpans: false });
    case 'opening':
      return { ...state, opening: message.opening };
    case 'opened':
      return opened(state, message.recorded);
    case 'entry':
      return { ...state, entries: withEntry(state.entries, message.entry) };
    case 'removed':
      return removed(state, message.id);
    case 'restored':
      return restored(state, message.id);
    case 'recent':
      return { ...state, recent: message.files };
    case 'comparing':
      return comparing(state, message);
    case 'compared':
      return compared(state, message);
    case 'sweeping':
      return sweeping(state, message);
    case 'sweepProgress':
      return sweepProgress(state, message);
    case 'swept':
      return swept(state, message);
  }
}

/** Whether another repeat may be shown after a message, whose spans are asked for. */
export function mayMove({ type }: StreamMessage): boolean {
  return ['ended', 'opened', 'removed', 'restored'].includes(type);
}

/**
 * The state that the history of a new stream makes, in place of what an earlier stream told. What the
 * user chose and was told stays, as far as it is still there.
 */
export function replay(history: readonly StreamMessage[], before: RunState): RunState {
  const told = history.reduce(receive, INITIAL_STATE);
  const { notice, failure, selected, comparison, sweep } = before;
  const isFirst = selected === null && comparison === null && sweep === null;
  const isListed = [...told.comparisons, told.comparing].some(
    (entry) => entry?.runs.serial === comparison,
  );
  const isSweepListed = [...told.sweeps, told.sweeping].some((entry) => entry?.sweep === sweep);
  return {
    ...told,
    notice,
    failure,
    selected: entryOf(told, selected?.run) === undefined ? told.selected : selected,
    comparison: isFirst ? told.comparison : isListed ? comparison : null,
    sweep: isFirst ? told.sweep : isSweepListed ? sweep : null,
    baseline: entryOf(told, before.baseline)?.run ?? null,
  };
}

function started(
  state: RunState,
  { run, about, entry }: StreamMessage & { type: 'started' },
): RunState {
  const begun: RunEntry = {
    ...about,
    run,
    outcome: 'running',
    repeats: [],
    overview: null,
    failure: null,
    hasSpans: true,
  };
  return {
    ...state,
    // A run of that number has had its place taken.
    runs: [...state.runs.filter((other) => other.run !== run), begun],
    entries: withEntry(state.entries, entry),
    removed: state.removed.filter((gone) => gone.entry.id !== entry.id),
    live: run,
    stopping: false,
    progress: null,
    sampledNs: null,
    selected: { run, repeat: 0 },
    comparison: null,
    sweep: null,
    failure: null,
  };
}

function ended(state: RunState, message: StreamMessage & { type: 'ended' }): RunState {
  const { run, outcome, overview, failure } = message;
  const running = entryOf(state, run);
  if (running?.outcome !== 'running') return state;
  // What has no figures of an experiment has been described.
  const repeats = overview === null ? running.repeats : repeatsOf(overview);
  const next = changed(state, run, { outcome, repeats, overview, failure });
  const entry = entryOf(next, run);
  return {
    ...next,
    // A repeat that was cut short is shown only where there is no whole one.
    selected: isRecorded(entry) ? withWholeRepeat(state.selected, entry) : state.selected,
    live: null,
    stopping: false,
    progress: null,
    sampledNs: null,
    notice: entry === undefined ? state.notice : { event: 'run ended', entry },
    failure: outcome === 'failed' ? (failure ?? { message: `Run ${run} failed` }) : state.failure,
  };
}

function withWholeRepeat(selected: RunState['selected'], entry: RunEntry) {
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
    sweep: isNew ? null : state.sweep,
    failure: isNew ? null : state.failure,
  };
}

function compared(state: RunState, message: ComparisonEnd): RunState {
  const { runs, parameters, outcome, recorded, failure } = message;
  if (entryOf(state, runs.serial) !== undefined) return state;
  const rest: RunState = {
    ...state,
    comparing: null,
    stopping: false,
    progress: null,
    notice: { event: 'comparison ended', message },
    failure: failure ?? state.failure,
  };
  if (recorded === null || outcome === 'failed') {
    return state.comparison === runs.serial ? { ...rest, comparison: null } : rest;
  }
  return {
    ...withRecordings(rest, recorded, outcome),
    // What began before this page was there is shown as if it had been.
    ...(state.comparing === null ? { comparison: runs.serial, sweep: null } : {}),
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

/** The completed repeats of a run, of its figures. */
function repeatsOf({ repeats, handoffs }: Overview): RepeatFacts[] {
  return repeats.map(({ wallNs, keptUntilNs, lanes }, repeat) => ({
    wallNs,
    keptUntilNs,
    spans: lanes.reduce((total, lane) => total + lane.spans, 0),
    dropped: lanes.reduce((total, lane) => total + lane.dropped, 0),
    handoffs: handoffs[repeat] ?? 0,
  }));
}

function isSelected(state: RunState, run: number): boolean {
  return state.selected?.run === run;
}
