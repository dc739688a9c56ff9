import type { Interval } from '../base/statistics.js';
import { groupsBy } from '../base/groups.js';
import { PARAMETER_NAMES, type ParameterName, type Parameters } from '../experiment/parameters.js';
import type { ShownFigures } from './shown-figures.js';
import { valueLabel } from './where-label.js';

/** What the colour of a cell can stand for. */
export const MAP_MEASURES = {
  speedUp: { label: 'Speed-up' },
  efficiency: { label: 'Efficiency' },
  waiting: { label: 'Waiting' },
  noise: { label: 'Noise' },
} as const;
export type MapMeasure = keyof typeof MAP_MEASURES;

/** A cell that is to be measured, or was. */
export interface PlannedCell {
  readonly cell: number;
  readonly parameters: Parameters;
}

/** A square of the map; without a value where it has not been measured, or has none. */
export interface MapSquare {
  readonly cell: number;
  readonly value: number | null;
  /** Its interval says nothing: there is none, or it is wide. */
  readonly isVague: boolean;
}

/** Where the cells of a sweep stand in its map. */
export interface MapLayout {
  readonly columns: readonly string[];
  /** Each with its cells' numbers, one for each column; null where the sweep has no such cell. */
  readonly rows: readonly { readonly label: string; readonly cells: readonly (number | null)[] }[];
}

/** What a map shows: a square for each place of its layout. */
export interface HeatMap {
  readonly squares: readonly (readonly (MapSquare | null)[])[];
  /** The least and the greatest value of all squares; null of none. */
  readonly range: Interval | null;
}

/** An interval this wide, as a share of its value, says nothing. */
const VAGUE_WIDTH = 0.5;

/**
 * Lays out the cells of a sweep: the columns are its numbers of threads, or where it has one alone the
 * first parameter of which it has several values; the rows are all combinations of the others.
 */
export function mapLayout(cells: readonly PlannedCell[]): MapLayout {
  const varied = variedNames(cells);
  const across = varied.includes('threads') ? 'threads' : (varied[0] ?? 'threads');
  const down = varied.filter((name) => name !== across);
  const columns = [...new Set(cells.map(({ parameters }) => parameters[across]))];
  if (columns.every((value) => typeof value === 'number')) columns.sort((a, b) => a - b);
  const groups = groupsBy(cells, ({ parameters }) =>
    down.map((name) => parameters[name]).join(' '),
  );
  return {
    columns: columns.map((value) => valueLabel(across, value)),
    rows: groups.map((group) => {
      const numbers = new Map(group.map(({ cell, parameters }) => [parameters[across], cell]));
      return {
        label: rowLabel(group[0], down),
        cells: columns.map((value) => numbers.get(value) ?? null),
      };
    }),
  };
}

/** Fills a map with what was measured so far. */
export function heatMap(
  { rows }: MapLayout,
  figuresOf: (cell: number) => ShownFigures | undefined,
  measure: MapMeasure,
): HeatMap {
  const squares = rows.map(({ cells }) =>
    cells.map((cell) => (cell === null ? null : squareOf(cell, figuresOf(cell), measure))),
  );
  return { squares, range: rangeOf(squares) };
}

function rowLabel(cell: PlannedCell | undefined, names: readonly ParameterName[]): string {
  if (cell === undefined) return '';
  return names.map((name) => valueLabel(name, cell.parameters[name])).join(', ');
}

/** The parameters of which cells have several values. */
function variedNames(cells: readonly PlannedCell[]): ParameterName[] {
  return PARAMETER_NAMES.filter(
    (name) => new Set(cells.map(({ parameters }) => parameters[name])).size > 1,
  );
}

function squareOf(cell: number, figures: ShownFigures | undefined, measure: MapMeasure): MapSquare {
  if (figures === undefined) return { cell, value: null, isVague: false };
  return { cell, ...measured(figures, measure) };
}

function measured(
  { overview, speedup, speedupCi95, efficiency }: ShownFigures,
  measure: MapMeasure,
): Omit<MapSquare, 'cell'> {
  const { wallNs, waitShare } = overview.summary;
  switch (measure) {
    case 'speedUp':
      return { value: speedup, isVague: isVague(speedup, speedupCi95) };
    case 'efficiency':
      return { value: efficiency, isVague: isVague(speedup, speedupCi95) };
    case 'waiting':
      return { value: waitShare, isVague: isVague(wallNs.median, wallNs.ci95) };
    case 'noise':
      return { value: relativeWidth(wallNs.median, wallNs.ci95), isVague: wallNs.ci95 === null };
  }
}

function isVague(value: number | null, interval: Interval | null): boolean {
  if (value === null) return false;
  const width = relativeWidth(value, interval);
  return width === null || width > VAGUE_WIDTH;
}

/** The width of an interval as a share of its value. */
function relativeWidth(value: number, interval: Interval | null): number | null {
  return interval === null || value === 0 ? null : (interval[1] - interval[0]) / value;
}

function rangeOf(squares: HeatMap['squares']): Interval | null {
  let [least, most] = [Infinity, -Infinity];
  for (const square of squares.flat()) {
    if (square?.value == null) continue;
    least = Math.min(least, square.value);
    most = Math.max(most, square.value);
  }
  return least <= most ? [least, most] : null;
}
