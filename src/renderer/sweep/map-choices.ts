import type { ParameterName, Parameters } from '../../experiment/parameters.js';
import { usualAxes, variedIn, type MapAxes, type PlannedCell } from '../../sweep/heat-map.js';
import { cellsOf, type Axes } from '../../sweep/axes.js';
import { shownValue } from '../../sweep/where-label.js';

/** Which of a sweep's parameters its map shows, and what of the others. */

/** What was chosen of a map; null where it is as usual. */
export interface MapChoice {
  readonly across: ParameterName | null;
  readonly down: ParameterName | null;
  readonly fixed: Readonly<Partial<Parameters>>;
  /** The machine whose cells are shown, from 0. */
  readonly machine: number;
}

export const USUAL_CHOICE: MapChoice = { across: null, down: null, fixed: {}, machine: 0 };

/** The cells of one machine of a sweep. */
export function plannedCells(axes: Axes, machine: number): PlannedCell[] {
  const cells = cellsOf(axes);
  return cells.map(({ cell, parameters }) => ({ cell: cell + machine * cells.length, parameters }));
}

/** The axes of a map as they are chosen: each parameter stands in one place. */
export function chosenAxes(cells: readonly PlannedCell[], choice: MapChoice): MapAxes {
  const varied = variedIn(cells);
  const across = choice.across ?? usualAxes(cells).across;
  const down = choice.down === across ? null : choice.down;
  if (down === null) return { across, down, fixed: {} };
  const others = varied.filter((name) => name !== across && name !== down);
  const fixed = others.map((name) => [name, choice.fixed[name] ?? commonest(cells, name)]);
  return { across, down, fixed: Object.fromEntries(fixed) as Partial<Parameters> };
}

/** The value of a parameter that the most cells have: a serial scheduler has one thread alone. */
function commonest(
  cells: readonly PlannedCell[],
  name: ParameterName,
): Parameters[ParameterName] | undefined {
  const counts = new Map<Parameters[ParameterName], number>();
  for (const { parameters } of cells) {
    counts.set(parameters[name], (counts.get(parameters[name]) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}

/** The values that one of the other parameters can be fixed at, with their labels. */
export function valuesIn(
  cells: readonly PlannedCell[],
  name: ParameterName,
): { readonly value: Parameters[ParameterName]; readonly label: string }[] {
  const values = new Set(cells.map(({ parameters }) => parameters[name]));
  return [...values].map((value) => ({ value, label: shownValue(name, value) }));
}
