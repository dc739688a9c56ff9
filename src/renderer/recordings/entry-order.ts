import { median } from '../../base/statistics.js';
import type { Entry } from '../../ipc/index.js';
import type { ComparisonEntry, RunEntry, RunState, SweepEntry } from '../state/run-state.js';

/** The orders that the list has: the newest entry first, or that with the shortest repeats. */
export const ORDERS = { time: 'Newest first', speed: 'Fastest first' } as const;
export type Order = keyof typeof ORDERS;

/**
 * An entry as the list shows it: its comparison or its sweep, if it is one, and its runs in their order; of
 * a sweep the cells that were looked at.
 */
export interface ListedEntry {
  readonly entry: Entry;
  readonly comparison: ComparisonEntry | undefined;
  readonly sweep: SweepEntry | undefined;
  readonly runs: readonly RunEntry[];
}

/** The entries in an order. What has no figures yet stands first, as it is the newest or measured now. */
export function listedEntries(
  state: Pick<RunState, 'entries' | 'runs' | 'comparisons' | 'sweeps'>,
  order: Order,
): ListedEntry[] {
  const newestFirst = state.runs.toReversed();
  const places = new Map(newestFirst.map(({ run }, place) => [run, place]));
  const keyOf =
    order === 'time'
      ? ({ run }: RunEntry) => places.get(run) ?? 0
      : (run: RunEntry) => typicalNs(run);
  const listed = state.entries.map((entry): ListedEntry => {
    const runs = newestFirst.filter(({ run }) => entry.runs.includes(run));
    return {
      entry,
      comparison: state.comparisons.find(({ runs: { serial } }) => serial === entry.id),
      sweep: state.sweeps.find(({ sweep }) => sweep === entry.id),
      runs: runs.toSorted((a, b) => keyOf(a) - keyOf(b)),
    };
  });
  /** A sweep stands after all runs with greater numbers, or where the shortest of its cells would. */
  const sweepKey = ({ sweep, findings }: SweepEntry) => {
    if (order === 'speed') return Math.min(...findings.cells.map(({ medianNs }) => medianNs));
    const after = newestFirst.findIndex(({ run }) => run < sweep);
    return (after < 0 ? newestFirst.length : after) - 0.5;
  };
  const first = ({ sweep, runs: [run] }: ListedEntry) => {
    if (sweep !== undefined) return sweepKey(sweep);
    return run === undefined ? -1 : keyOf(run);
  };
  return listed
    .filter(({ runs, sweep }) => runs.length > 0 || sweep !== undefined)
    .toSorted((a, b) => first(a) - first(b) || b.entry.id - a.entry.id);
}

/** The median wall time of a recording's repeats, in ns; -1 where there is none. */
function typicalNs({ repeats }: RunEntry): number {
  return repeats.length === 0 ? -1 : median(repeats.map(({ wallNs }) => wallNs));
}
