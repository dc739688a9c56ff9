import {
  comparedWarnings,
  comparedParameters,
  mapCompared,
  WAYS,
  type Compared,
  type Way,
} from '../shared/comparison.js';
import { conclusionOf } from '../shared/conclusion.js';
import type { Parameters } from '../shared/parameters.js';
import { laneCount } from '../shared/plan.js';
import type { Overview } from '../shared/report.js';
import { speedUp, type SpeedUp } from '../shared/speed-up.js';
import { median, medianInterval, ratioInterval, type Interval } from '../shared/statistics.js';
import { titleOf } from './wording.js';

/** One way of a comparison, as far as it was measured. */
export interface ComparedRow {
  readonly way: Way;
  /** Null until there is a time of it. */
  readonly medianNs: number | null;
  readonly parameters: Parameters;
  /** What follows from its times; null until there is one of it and of the serial way. */
  readonly figures: ComparedFigures | null;
  /** Waiting for the lock as a share of all lanes' time; null until all is measured. */
  readonly waitShare: number | null;
}

export interface ComparedFigures {
  /** A 95 % interval of the median; null with fewer than three repeats. */
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
  const ways = comparedParameters(parameters);
  const withIntervals = overviews !== null || wallsNs.serial.length <= MOST_WHILE_ON;
  return WAYS.map((way) => ({
    way,
    medianNs: medianOf(wallsNs[way]),
    parameters: ways[way],
    figures: figuresOf(way, ways[way], wallsNs, withIntervals),
    waitShare: overviews === null ? null : overviews[way].summary.waitShare,
  }));
}

function medianOf(wallsNs: readonly number[]): number | null {
  return wallsNs.length === 0 ? null : Math.round(median(wallsNs));
}

function figuresOf(
  way: Way,
  parameters: Parameters,
  wallsNs: Compared<readonly number[]>,
  withIntervals: boolean,
): ComparedFigures | null {
  const walls = wallsNs[way];
  const { serial } = wallsNs;
  if (walls.length === 0 || serial.length === 0) return null;
  const ratio: SpeedUp =
    way === 'serial'
      ? { ratio: 1, ci95: [1, 1] }
      : {
          ratio: Math.round(median(serial)) / Math.round(median(walls)),
          ci95: withIntervals ? ratioInterval(serial, walls) : null,
        };
  return {
    ci95: withIntervals ? medianInterval(walls) : null,
    speedUp: ratio,
    efficiency: ratio.ratio / laneCount(parameters),
  };
}

/** The wall times of runs, in ns. */
export function wallsOf(overviews: Compared<Overview>): Compared<number[]> {
  return mapCompared(overviews, ({ repeats }) => repeats.map(({ wallNs }) => wallNs));
}

/** What a comparison means, in a sentence. */
export function comparedConclusion(overviews: Compared<Overview>): string {
  return conclusionOf(
    mapCompared(overviews, (overview) => {
      const { ratio, ci95 } = speedUp(overview, overviews.serial);
      return { ...overview, speedup: ratio, speedupCi95: ci95 };
    }),
  );
}

/** Every note on the runs once: what is true of all as it is, and else with its way's name. */
export function comparedNotes(overviews: Compared<Overview>): string[] {
  return comparedWarnings(
    WAYS.map((way) => overviews[way]),
    titleOf,
  );
}
