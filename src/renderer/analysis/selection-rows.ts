import { formatCount, formatDuration, formatShare } from '../../base/units.js';
import { meanNs, type KindFigures, type RangeFigures } from '../../analysis/selection-stats.js';
import { SPAN_KINDS, type SpanKind } from '../../recording/spans.js';
import type { Timeline } from '../../recording/timeline.js';

/** What a row of the selection's table is about: a kind of span, or the time without a task. */
export type RowKind = SpanKind | 'idle';

/** A row of the selection's table. What does not apply is not a number. */
export interface SelectionRow {
  readonly kind: RowKind;
  /** Null for all lanes together. */
  readonly lane: number | null;
  readonly count: number;
  readonly sumNs: number;
  readonly meanNs: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly maxNs: number;
  /** Of the range's thread time, 0 to 1. */
  readonly share: number;
}

/** The columns with figures, in the order of display. */
export const FIGURE_COLUMNS = [
  'count',
  'sumNs',
  'meanNs',
  'p50Ns',
  'p95Ns',
  'maxNs',
  'share',
] as const satisfies (keyof SelectionRow)[];

export type FigureColumn = (typeof FIGURE_COLUMNS)[number];

/** What the columns are called, and what that means. */
export const FIGURE_HEADINGS: Readonly<Record<FigureColumn, { label: string; help: string }>> = {
  count: { label: 'Count', help: 'Spans of which any part is in the range' },
  sumNs: { label: 'Sum', help: 'Their time in the range, over all lanes' },
  meanNs: { label: 'Mean', help: 'Sum over count' },
  p50Ns: { label: 'p50', help: 'Median of their times in the range' },
  p95Ns: { label: 'p95', help: '95th percentile of their times in the range' },
  maxNs: { label: 'Max', help: 'Longest time in the range' },
  share: { label: 'Share', help: 'Sum as a share of the thread time: the range times the lanes' },
};

/** A figure as the table shows it. */
export function figureText(row: SelectionRow, column: FigureColumn): string {
  const value = row[column];
  if (Number.isNaN(value)) return '–';
  if (column === 'count') return formatCount(value);
  return column === 'share' ? formatShare(value) : formatDuration(value);
}

/** By which column rows are sorted; by kind or lane, as they come, where it is null. */
export interface Sorting {
  readonly column: FigureColumn | null;
  readonly isDescending: boolean;
}

/** The kinds that a repeat has spans of at all, so that rows stay where they are in any selection. */
export function kindsIn(timeline: Timeline): RowKind[] {
  const lanes = Array.from({ length: timeline.lanes }, (_, lane) => timeline.lane(lane));
  const kinds = SPAN_KINDS.filter((kind) => lanes.some((lane) => lane[kind].length > 0));
  return [...kinds, 'idle'];
}

/** A row for each kind, over all lanes. */
export function kindRows(figures: RangeFigures, kinds: readonly RowKind[]): SelectionRow[] {
  const threadNs = lengthOf(figures) * figures.lanes.length;
  return kinds.map((kind) => rowOf(figures.all, kind, null, threadNs));
}

/** A row for each lane, of one kind. */
export function laneRows(figures: RangeFigures, kind: RowKind): SelectionRow[] {
  const lengthNs = lengthOf(figures);
  return figures.lanes.map((lane, index) => rowOf(lane, kind, index, lengthNs));
}

/** The rows in the order asked for; those without a figure in its column come last. */
export function sortRows(
  rows: readonly SelectionRow[],
  { column, isDescending }: Sorting,
): SelectionRow[] {
  if (column === null) return isDescending ? rows.toReversed() : [...rows];
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[column], b[column]];
    if (Number.isNaN(x) || Number.isNaN(y))
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y);
  });
}

function rowOf(
  { kinds, idleNs }: KindFigures,
  kind: RowKind,
  lane: number | null,
  threadNs: number,
): SelectionRow {
  if (kind === 'idle') {
    const none = { count: NaN, meanNs: NaN, p50Ns: NaN, p95Ns: NaN, maxNs: NaN };
    return { kind, lane, ...none, sumNs: idleNs, share: idleNs / threadNs };
  }
  const figures = kinds[kind];
  return { kind, lane, ...figures, meanNs: meanNs(figures), share: figures.sumNs / threadNs };
}

function lengthOf({ range }: RangeFigures): number {
  return range.endNs - range.startNs;
}
