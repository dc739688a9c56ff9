import type { Figures } from '../../experiment/warning-rules.js';
import { pairedRatioInterval, type Interval } from '../../base/statistics.js';
import { formatEnds, formatRatio } from '../../base/units.js';
import { laneCount } from '../../experiment/plan.js';
import { wallTimes } from '../../experiment/speed-up.js';
import { medianWallNs, type Curve, type SweptCell } from '../curves.js';
import type { Fit } from '../fits.js';

/** What a rule looks at: a curve with its law, and the others of its sweep. */
export interface Subject {
  readonly curve: Curve;
  readonly fit: Fit;
  readonly curves: readonly Curve[];
}

/** What a rule found: figures whose names end in their units, and a sentence with these in braces. */
export interface Finding {
  readonly figures: Figures;
  readonly template: string;
}

/** Returns what it found, where it has something to say. */
export type Rule = (subject: Subject) => Finding | null;

/** How much longer a time may be that counts as the same. */
export const SAME_TIME = 1.05;

/** The cell with the shortest median wall time; undefined of none. */
export function fastestCell(cells: readonly SweptCell[]): SweptCell | undefined {
  return cells.reduce<SweptCell | undefined>(
    (best, cell) => (best === undefined || medianWallNs(cell) < medianWallNs(best) ? cell : best),
    undefined,
  );
}

/**
 * The cell with the fewest threads whose median wall time is at most 5 % longer than the shortest one of
 * its curve; undefined of a curve with one cell.
 */
export function fewestAsFast({ cells }: Curve): SweptCell | undefined {
  const best = fastestCell(cells);
  if (best === undefined || cells.length < 2) return undefined;
  return cells.find((cell) => medianWallNs(cell) <= SAME_TIME * medianWallNs(best));
}

/** The 95 % interval of how many times as fast one cell is as another, by rounds, or the range of few repeats. */
export function ratioByRounds(slow: SweptCell, fast: SweptCell): Interval | null {
  return pairedRatioInterval(wallTimes(slow.overview), wallTimes(fast.overview));
}

/** Whether it is sure that the cell is faster than the curve's baseline, or that it is not. */
export function isGainClear({ baseline }: Curve, cell: SweptCell): boolean {
  const interval = baseline === null || baseline === cell ? null : ratioByRounds(baseline, cell);
  return interval === null || interval[0] >= 1 || interval[1] <= 1;
}

/** An interval of ratios in brackets, after what it is of: ` (3.9× to 4.1×)`. */
export function rangeText(interval: Interval | null): string {
  if (interval === null) return '';
  const [low, high] = formatEnds(interval[0], interval[1], formatRatio);
  return low === high ? '' : ` (${low} to ${high})`;
}

/** `1 thread`, `8 threads`, with the number as a figure of that name. */
export function threadsText(cell: SweptCell, name: string): string {
  return `{${name}} ${laneCount(cell.overview.params) === 1 ? 'thread' : 'threads'}`;
}
