import { comparedWarnings } from '../../experiment/compared-warnings.js';
import {
  comparedParameters,
  VARIANTS,
  type Compared,
  type Variant,
} from '../../experiment/variants.js';
import type { Parameters } from '../../experiment/parameters.js';
import { laneCount } from '../../experiment/plan.js';
import { warningsBeside } from '../../experiment/plausibility.js';
import type { Overview } from '../../experiment/report.js';
import { speedUpByRounds, speedUpOfMedians, type SpeedUp } from '../../experiment/speed-up.js';
import { median, medianInterval, type Interval } from '../../base/statistics.js';
import { intervalKind, intervalMark, intervalName } from '../../base/interval-text.js';
import { titleOf } from '../state/wording.js';

/** One variant of a comparison, as far as it was measured. */
export interface ComparedRow {
  readonly variant: Variant;
  /** Null until there is a time of it. */
  readonly medianNs: number | null;
  readonly parameters: Parameters;
  /** What follows from its times; null until there is one of it and of the serial variant. */
  readonly figures: ComparedFigures | null;
  /** Waiting for the lock as a share of all lanes' time; null until all is measured. */
  readonly waitShare: number | null;
}

export interface ComparedFigures {
  /** A 95 % interval of the median, or the range of fewer than six; null with fewer than three. */
  readonly ci95: Interval | null;
  readonly speedUp: SpeedUp;
  /** The speed-up as a share of the lanes. */
  readonly efficiency: number;
}

/** With more repeats than this the intervals are left out until all is measured, for their cost. */
const MOST_WHILE_ON = 20;

/** The rows of a comparison from the wall times so far, in ns; its overviews once it has ended. */
export function comparedRows(
  parameters: Parameters,
  wallsNs: Compared<readonly number[]>,
  overviews: Compared<Overview> | null,
): ComparedRow[] {
  const variants = comparedParameters(parameters);
  const withIntervals = overviews !== null || wallsNs.serial.length <= MOST_WHILE_ON;
  return VARIANTS.map((variant) => ({
    variant,
    medianNs: medianOf(wallsNs[variant]),
    parameters: variants[variant],
    figures: figuresOf(wallsNs[variant], wallsNs.serial, variants[variant], withIntervals),
    waitShare: overviews === null ? null : overviews[variant].summary.waitShare,
  }));
}

function medianOf(wallsNs: readonly number[]): number | null {
  return wallsNs.length === 0 ? null : Math.round(median(wallsNs));
}

function figuresOf(
  wallsNs: readonly number[],
  serialNs: readonly number[],
  parameters: Parameters,
  withIntervals: boolean,
): ComparedFigures | null {
  if (wallsNs.length === 0 || serialNs.length === 0) return null;
  const speedUp: SpeedUp = withIntervals
    ? speedUpByRounds(wallsNs, serialNs)
    : { ...speedUpOfMedians(wallsNs, serialNs), ci95: null };
  return {
    ci95: withIntervals ? medianInterval(wallsNs) : null,
    speedUp,
    efficiency: speedUp.ratio / laneCount(parameters),
  };
}

/** What the bars are of so many rounds, and what an interval is called; of too few there is none. */
export function comparedHeadings(
  rounds: number,
  rows: readonly ComparedRow[],
): { readonly bars: string; readonly interval: string } {
  const hasIntervals = rows.some(({ figures }) => figures !== null && figures.ci95 !== null);
  if (!hasIntervals) {
    const of = rounds > 1 ? ` of ${rounds}` : '';
    return { bars: `Wall time: median${of}`, interval: intervalKind(rounds) };
  }
  return { bars: `Wall time: median and ${intervalName(rounds)}`, interval: intervalMark(rounds) };
}

/** The notes on the runs, each once. */
export function comparedNotes(overviews: Compared<Overview>): string[] {
  return comparedWarnings(
    VARIANTS.map((variant) => ({
      params: overviews[variant].params,
      summary: { warnings: warningsBeside(overviews[variant], overviews.serial) },
    })),
    titleOf,
  );
}
