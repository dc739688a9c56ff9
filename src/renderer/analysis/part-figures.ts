import type { RangeMeaning } from '../../analysis/analyse.js';
import type { Overview } from '../../experiment/report.js';
import { formatCount, formatDuration, formatShare } from '../../base/units.js';
import type { Figure } from './figures.js';
import { selectedSpan } from '../timeline/range-entry.js';

/** The summary's figures where it is of a part of a run: of one repeat, or of a selected range. */

const NO_VALUE = '–';

/** The overview of one repeat of a run, from 0, as if the run had no other; as it is if it has none such. */
export function overviewOfRepeat(overview: Overview, repeat: number): Overview {
  const { repeats, summary } = overview;
  const own = repeats[repeat];
  const handoffs = overview.handoffs[repeat];
  if (own === undefined || handoffs === undefined) return overview;
  const { wallNs, lanes } = own;
  const waitNs = lanes.reduce((total, lane) => total + lane.waitNs, 0);
  // The same work in another time.
  const faster = summary.wallNs.median / wallNs;
  return {
    ...overview,
    repeats: [own],
    handoffs: [handoffs],
    summary: {
      ...summary,
      wallNs: { median: wallNs, min: wallNs, max: wallNs, ci95: null },
      tasksPerSecond: summary.tasksPerSecond * faster,
      iterationsPerSecond: summary.iterationsPerSecond * faster,
      gflops: summary.gflops * faster,
      waitShare: waitNs / (wallNs * lanes.length),
      handoffs,
    },
  };
}

/** The figures of a program's recording, or of a part of it; without a meaning of the time so far alone. */
export function programFigures(wallNs: number | null, meaning: RangeMeaning | null): Figure[] {
  const shares = (kind: 'hold' | 'wait', lanes: number) => {
    if (meaning === null) return NO_VALUE;
    const { range, all } = meaning.figures;
    return formatShare(all.kinds[kind].sumNs / ((range.endNs - range.startNs) * lanes));
  };
  const range = meaning?.figures.range;
  const timeNs = range === undefined ? wallNs : range.endNs - range.startNs;
  const handoffs = meaning === null ? NO_VALUE : formatCount(meaning.verdict.handoffs);
  return [
    { label: 'Time', value: timeNs === null ? NO_VALUE : formatDuration(timeNs), note: '' },
    { label: 'Lock held', value: shares('hold', 1), note: 'of the time' },
    {
      label: 'Waiting',
      value: shares('wait', meaning?.figures.lanes.length ?? 1),
      note: 'of thread time',
    },
    { label: 'Hand-offs', value: handoffs, note: 'seen' },
  ];
}

/** The figures of a selected range, in the places that those of a run have. */
export function selectionFigures({ figures, verdict }: RangeMeaning, hasLock: boolean): Figure[] {
  const { range, all, lanes } = figures;
  const lengthNs = range.endNs - range.startNs;
  const { wait, task } = all.kinds;
  const withLock = (label: string, value: string, note: string): Figure =>
    hasLock ? { label, value, note } : { label, value: 'no lock', note: '' };
  return [
    { label: 'Selected', value: formatDuration(lengthNs), note: selectedSpan(range) },
    { label: 'Speed-up over serial', value: NO_VALUE, note: 'of whole repeats' },
    withLock(
      'Waiting',
      formatShare(wait.sumNs / (lengthNs * lanes.length)),
      `${formatDuration(wait.sumNs)} in all`,
    ),
    withLock('Hand-offs', formatCount(verdict.handoffs), 'in the selection'),
    { label: 'Tasks', value: formatCount(task.count), note: 'whole or in part' },
    { label: 'Not converged', value: NO_VALUE, note: 'of whole repeats' },
  ];
}
