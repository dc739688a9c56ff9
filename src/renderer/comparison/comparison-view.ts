import { mapCompared, type Compared } from '../../experiment/variants.js';
import type { Parameters } from '../../experiment/parameters.js';
import type { Overview } from '../../experiment/report.js';
import { wallTimes } from '../../experiment/speed-up.js';
import { comparedRows, type ComparedRow } from './comparison-rows.js';
import { entryOf, isMeasured, type RunState } from '../state/run-state.js';

/** The comparison that is shown. */
export interface ComparisonView {
  readonly parameters: Parameters;
  readonly runs: Compared<number>;
  /** How often every variant was measured so far. */
  readonly rounds: number;
  /** Null while it runs. */
  readonly overviews: Compared<Overview> | null;
  readonly rows: readonly ComparedRow[];
}

/** What of the state says which comparison is shown, and what it measured. */
type Source = Pick<RunState, 'comparing' | 'comparison' | 'comparisons' | 'runs'>;

/** The comparison that is shown in place of a run; null where a run is. */
export function comparisonView(source: Source): ComparisonView | null {
  const { comparing, comparison, comparisons } = source;
  if (comparing !== null && comparing.runs.serial === comparison) {
    const { parameters, runs, wallsNs } = comparing;
    const rows = comparedRows(parameters, wallsNs, null);
    return { parameters, runs, rounds: roundsOf(wallsNs), overviews: null, rows };
  }
  const entry = comparisons.find(({ runs }) => runs.serial === comparison);
  const overviews = entry === undefined ? null : overviewsOf(source, entry.runs);
  if (entry === undefined || overviews === null) return null;
  const { parameters, runs } = entry;
  const wallsNs = mapCompared(overviews, wallTimes);
  const rows = comparedRows(parameters, wallsNs, overviews);
  return { parameters, runs, rounds: roundsOf(wallsNs), overviews, rows };
}

function roundsOf(wallsNs: Compared<readonly number[]>): number {
  return Math.min(...Object.values(wallsNs).map(({ length }) => length));
}

/** The comparison that a run was made in, if any. */
export function comparisonWith(
  comparisons: Source['comparisons'],
  run: number | undefined,
): Source['comparisons'][number] | undefined {
  return comparisons.find(({ runs }) => Object.values(runs).some((part) => part === run));
}

function overviewsOf(state: Source, runs: Compared<number>): Compared<Overview> | null {
  const overviewOf = (run: number) => {
    const entry = entryOf(state, run);
    return isMeasured(entry) ? entry.overview : undefined;
  };
  const serial = overviewOf(runs.serial);
  const chunks = overviewOf(runs.static);
  const executor = overviewOf(runs.executor);
  const gilHeld = overviewOf(runs.gilHeld);
  return serial && chunks && executor && gilHeld
    ? { serial, static: chunks, executor, gilHeld }
    : null;
}
