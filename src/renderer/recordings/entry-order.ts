import { median } from '../../base/statistics.js';
import type { Entry } from '../../ipc/index.js';
import type { ComparisonEntry, RunEntry, RunState } from '../state/run-state.js';

/** The orders that the list has: the newest entry first, or that with the shortest repeats. */
export const ORDERS = { time: 'Newest first', speed: 'Fastest first' } as const;
export type Order = keyof typeof ORDERS;

/** An entry as the list shows it: its comparison, if it is one, and its runs in their order. */
export interface ListedEntry {
  readonly entry: Entry;
  readonly comparison: ComparisonEntry | undefined;
  readonly runs: readonly RunEntry[];
}

/** The entries in an order. What has no figures yet stands first, as it is the newest or measured now. */
export function listedEntries(
  state: Pick<RunState, 'entries' | 'runs' | 'comparisons'>,
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
      runs: runs.toSorted((a, b) => keyOf(a) - keyOf(b)),
    };
  });
  const first = ({ runs: [run] }: ListedEntry) => (run === undefined ? -1 : keyOf(run));
  return listed.filter(({ runs }) => runs.length > 0).toSorted((a, b) => first(a) - first(b));
}

/** The median wall time of a recording's repeats, in ns; -1 where there is none. */
function typicalNs({ repeats }: RunEntry): number {
  return repeats.length === 0 ? -1 : median(repeats.map(({ wallNs }) => wallNs));
}
