import type { Interval } from '../base/statistics.js';
import { groupsBy } from '../base/groups.js';
import {
  isEffective,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
} from '../experiment/parameters.js';
import type { ShownFigures } from './shown-figures.js';
import { shownValue } from './where-label.js';

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

/** Which parameters a map has across and down. */
export interface MapAxes {
  readonly across: ParameterName;
  /** Its rows; null where each combination of all other values is one. */
  readonly down: ParameterName | null;
  /** The one value that is shown of each other parameter with several; what has no effect on a cell is not looked at. */
  readonly fixed: Readonly<Partial<Parameters>>;
}

/** Where the cells of a sweep stand in its map. */
export interface MapLayout {
  /** What the columns and the rows are: `Threads`, `Matrix size · Lock mode`; empty where there is one. */
  readonly across: string;
  readonly down: string;
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

/** Between the names, and the values, of several parameters. */
const AND = ' · ';

/**
 * Returns what a map has across and down at first: its numbers of threads, or where it has one alone the
 * first parameter of which it has several values; and all else.
 */
export function usualAxes(cells: readonly PlannedCell[]): MapAxes {
  const varied = variedIn(cells);
  const across = varied.includes('threads') ? 'threads' : (varied[0] ?? 'threads');
  return { across, down: null, fixed: {} };
}

/** Lays out the cells of a sweep, or those of them that have the fixed values. */
export function mapLayout(
  all: readonly PlannedCell[],
  { across, down, fixed }: MapAxes = usualAxes(all),
): MapLayout {
  const varied = variedIn(all);
  const cells = all.filter((cell) => isAmong(cell, fixed));
  const names = down === null ? varied.filter((name) => name !== across) : [down];
  const columns = [...new Set(all.map(({ parameters }) => parameters[across]))];
  if (columns.every((value) => typeof value === 'number')) columns.sort((a, b) => a - b);
  const groups = groupsBy(cells, ({ parameters }) =>
    names.map((name) => parameters[name]).join(' '),
  );
  const titleOf = (of: readonly ParameterName[]) =>
    of
      .filter((name) => varied.includes(name))
      .map((name) => SPECIFICATIONS[name].label)
      .join(AND);
  return {
    across: titleOf([across]),
    down: titleOf(names),
    columns: columns.map((value) => shownValue(across, value)),
    rows: groups.map((group) => {
      const numbers = new Map(group.map(({ cell, parameters }) => [parameters[across], cell]));
      return {
        label: rowLabel(group[0], names),
        cells: columns.map((value) => numbers.get(value) ?? null),
      };
    }),
  };
}

/** Whether a cell has these values, as far as they have an effect on it. */
function isAmong({ parameters }: PlannedCell, values: MapAxes['fixed']): boolean {
  return Object.entries(values).every(([name, value]) => {
    const own = name as ParameterName;
    return parameters[own] === value || !isEffective(own, parameters);
  });
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
  return names.map((name) => shownValue(name, cell.parameters[name])).join(AND);
}

/** The parameters of which cells have several values. */
export function variedIn(cells: readonly PlannedCell[]): ParameterName[] {
  return PARAMETER_NAMES.filter(
    (name) => new Set(cells.map(({ parameters }) => parameters[name])).size > 1,
  );
}

function squareOf(cell: number, figures: ShownFigures | undefined, measure: MapMeasure): MapSquare {
  if (figures === undefined) return { cell, value: null, isVague: false };
  return { cell, ...measured(figures, measure) };
}

function measured(
  { medianNs, ci95, waitShare, speedup, speedupCi95, efficiency }: ShownFigures,
  measure: MapMeasure,
): Omit<MapSquare, 'cell'> {
  switch (measure) {
    case 'speedUp':
      return { value: speedup, isVague: isVague(speedup, speedupCi95) };
    case 'efficiency':
      return { value: efficiency, isVague: isVague(speedup, speedupCi95) };
    case 'waiting':
      return { value: waitShare, isVague: isVague(medianNs, ci95) };
    case 'noise':
      return { value: relativeWidth(medianNs, ci95), isVague: ci95 === null };
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
