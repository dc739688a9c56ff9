import { formatCount } from '../base/units.js';
import { LIST_LENGTH_MAX } from '../experiment/parameter-lists.js';
import {
  isEffective,
  PARAMETER_NAMES,
  type ParameterName,
  type Parameters,
} from '../experiment/parameters.js';

/** What a sweep measures: every combination of its parameters' values. */

/** The values of each parameter; one or more, each once. */
export type Axes = { readonly [Name in ParameterName]: readonly Parameters[Name][] };

/** The parameters that say how often everything is measured, and so have one value in a sweep. */
export const SINGLE_VALUED: readonly ParameterName[] = ['repeats', 'warmup'];

/** Most cells of a sweep, and most repeats of all its cells together. */
const CELLS_MAX = 4096;
export const REPEATS_MAX = 100_000;

/** One combination. */
export interface Cell {
  /** From 1, in the order of `cellsOf`. */
  readonly cell: number;
  /** A serial one has one thread, whatever was asked for. */
  readonly parameters: Parameters;
}

/**
 * The order in which parameters are combined, the last one changing fastest, so that the cells of a
 * curve over threads are neighbours. What has no effect under others comes after them.
 */
const ORDER: readonly ParameterName[] = [
  ...PARAMETER_NAMES.filter(
    (name) => !['threads', 'scheduler', 'lock', 'switchIntervalMs'].includes(name),
  ),
  'scheduler',
  'lock',
  'switchIntervalMs',
  'threads',
];

/** Returns what is wrong with the axes of a sweep, a line each; empty where nothing is. */
export function problemsOf(axes: Axes): string[] {
  const problems = PARAMETER_NAMES.flatMap((name) => {
    const { length } = axes[name];
    if (SINGLE_VALUED.includes(name) && length > 1) {
      return [`${name} has ${length} values; a sweep takes one of it, for all cells alike`];
    }
    return length <= LIST_LENGTH_MAX
      ? []
      : [`${name} has ${formatCount(length)} values; a list has at most ${LIST_LENGTH_MAX}`];
  });
  if (problems.length > 0) return problems;
  const cells = countCells(axes);
  if (cells > CELLS_MAX) {
    return [
      `the sweep has ${formatCount(cells)} cells; it takes at most ${formatCount(CELLS_MAX)}`,
    ];
  }
  const repeats = cells * (axes.repeats[0] ?? 0);
  return repeats <= REPEATS_MAX
    ? []
    : [
        `the sweep has ${formatCount(repeats)} repeats of ${formatCount(cells)} cells; ` +
          `it takes at most ${formatCount(REPEATS_MAX)}`,
      ];
}

/** Every combination once: values that have no effect under the others are not combined. */
export function cellsOf(axes: Axes): Cell[] {
  let combined = [firstOf(axes)];
  for (const name of ORDER) {
    combined = combined.flatMap((parameters) =>
      effectiveValues(name, axes, parameters).map((value) => ({ ...parameters, [name]: value })),
    );
  }
  return combined.map((parameters, index) => ({ cell: index + 1, parameters }));
}

/** How many cells there are, found without making them, as there may be more than fit anywhere. */
function countCells(axes: Axes): number {
  const deciding = ORDER.filter((name) => DECIDING.includes(name));
  let decided = [firstOf(axes)];
  for (const name of deciding) {
    decided = decided.flatMap((parameters) =>
      axes[name].map((value) => ({ ...parameters, [name]: value })),
    );
  }
  const others = ORDER.filter((name) => !DECIDING.includes(name));
  return decided.reduce(
    (sum, parameters) =>
      sum +
      others.reduce((count, name) => count * effectiveValues(name, axes, parameters).length, 1),
    0,
  );
}

/** The parameters that decide which others have an effect. */
const DECIDING: readonly ParameterName[] = ['workload', 'scheduler', 'lock'];

function effectiveValues(
  name: ParameterName,
  axes: Axes,
  parameters: Parameters,
): readonly Parameters[ParameterName][] {
  if (isEffective(name, parameters)) return axes[name];
  return name === 'threads' ? [1] : axes[name].slice(0, 1);
}

/** The first value of each parameter. */
function firstOf(axes: Axes): Parameters {
  const entries = PARAMETER_NAMES.map((name) => [name, axes[name][0]]);
  return Object.fromEntries(entries) as Parameters;
}

/** The parameters of which a sweep has several values, in the order of the form. */
export function variedNames(axes: Axes): ParameterName[] {
  return PARAMETER_NAMES.filter((name) => axes[name].length > 1);
}
