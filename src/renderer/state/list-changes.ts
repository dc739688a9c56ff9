import { VARIANTS } from '../../experiment/variants.js';
import type { Entry, RecordedEntry } from '../../ipc/index.js';
import {
  entryOf,
  lastRepeat,
  type ComparisonEntry,
  type RunEntry,
  type RunState,
} from './run-state.js';
import { entryName, openedText, removedText } from './wording.js';

/** How the list of entries changes: files are opened into it, entries removed and put back. */

/** A file was opened: what was recorded there is shown. */
export function opened(state: RunState, recorded: RecordedEntry): RunState {
  const { entry, recordings } = recorded;
  const [first] = recordings;
  if (first === undefined || entryOf(state, first.run) !== undefined) return state;
  const next = withRecordings(state, recorded, 'done');
  const comparison = comparisonIn(recorded);
  return {
    ...next,
    selected: { run: first.run, repeat: first.repeats.length - 1 },
    comparison: comparison === null ? null : entry.id,
    sweep: null,
    comparisons: comparison === null ? state.comparisons : [...state.comparisons, comparison],
    notice: openedText(recorded),
  };
}

/** The comparison that an entry is of; null of a run. */
function comparisonIn({ entry, recordings }: RecordedEntry): ComparisonEntry | null {
  const [serial, chunks, executor, gilHeld] = entry.runs;
  const source = recordings[VARIANTS.indexOf('executor')]?.about.source;
  if (entry.kind !== 'comparison' || source?.kind !== 'experiment') return null;
  if (serial === undefined || chunks === undefined) return null;
  if (executor === undefined || gilHeld === undefined) return null;
  const runs = { serial, static: chunks, executor, gilHeld };
  return { runs, parameters: source.parameters, outcome: 'done' };
}

/** Adds the recordings of an entry. */
export function withRecordings(
  state: RunState,
  { entry, recordings }: RecordedEntry,
  outcome: 'done' | 'stopped',
): RunState {
  const added = recordings.map(({ run, about, repeats, overview }): RunEntry => ({
    ...about,
    ...{ run, outcome, repeats, overview },
    failure: null,
    hasSpans: true,
  }));
  const runs = [...state.runs, ...added];
  return { ...state, runs, entries: withEntry(state.entries, entry) };
}

/** An entry is taken out of the list, and what was shown of it with it. */
export function removed(state: RunState, id: number): RunState {
  const entry = state.entries.find((other) => other.id === id);
  if (entry === undefined || entry.runs.includes(state.live ?? NaN)) return state;
  const runs = state.runs.filter(({ run }) => !entry.runs.includes(run));
  const at = state.runs.findIndex(({ run }) => entry.runs.includes(run));
  const gone = {
    entry,
    runs: state.runs.filter(({ run }) => entry.runs.includes(run)),
    comparison: state.comparisons.find((other) => other.runs.serial === id),
    sweep: state.sweeps.find(({ sweep }) => sweep === id),
  };
  const isShown = entry.runs.includes(state.selected?.run ?? NaN);
  // What stood before it is shown in its place, else what stood after it.
  const next = runs[at - 1] ?? runs[at];
  return {
    ...state,
    runs,
    entries: state.entries.filter((other) => other !== entry),
    removed: [...state.removed, gone],
    comparisons: state.comparisons.filter((other) => other !== gone.comparison),
    selected: isShown ? lastOf(next) : state.selected,
    comparison: state.comparison === id ? null : state.comparison,
    sweeps: state.sweeps.filter((other) => other !== gone.sweep),
    sweep: state.sweep === id ? null : state.sweep,
    baseline: entry.runs.includes(state.baseline ?? NaN) ? null : state.baseline,
    notice: removedText(entry),
  };
}

/** Puts an entry back that was removed. */
export function restored(state: RunState, id: number): RunState {
  const gone = state.removed.find(({ entry }) => entry.id === id);
  if (gone === undefined) return state;
  const { entry, comparison, sweep } = gone;
  const isBefore = ({ run }: RunEntry) => run > id;
  const at = state.runs.findIndex(isBefore);
  return {
    ...state,
    runs: state.runs.toSpliced(at === -1 ? state.runs.length : at, 0, ...gone.runs),
    entries: withEntry(state.entries, entry),
    removed: state.removed.filter((other) => other !== gone),
    comparisons: comparison === undefined ? state.comparisons : [...state.comparisons, comparison],
    sweeps: sweep === undefined ? state.sweeps : [...state.sweeps, sweep],
    selected: sweep === undefined ? lastOf(gone.runs[0]) : state.selected,
    comparison: comparison === undefined ? null : id,
    sweep: sweep === undefined ? null : id,
    notice: `Put ${entryName(entry)} back`,
  };
}

/** The last repeat of a run, to be shown. */
function lastOf(entry: RunEntry | undefined): RunState['selected'] {
  return entry === undefined ? null : { run: entry.run, repeat: lastRepeat(entry) };
}

/** The entries with one more, or with a newer one of an id. */
export function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  return [...entries.filter(({ id }) => id !== entry.id), entry].toSorted((a, b) => a.id - b.id);
}
