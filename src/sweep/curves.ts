import { median } from '../base/statistics.js';
import { wallTimes } from '../experiment/speed-up.js';
import { groupsBy } from '../base/groups.js';
import { PARAMETER_NAMES, type ParameterName, type Parameters } from '../experiment/parameters.js';
import type { Overview } from '../experiment/report.js';
import { isSameWork } from '../experiment/speed-up.js';
import { isLikeMachine } from './machines.js';

/** A cell with what was measured of it. Repeat k of all cells of one machine was run in one round. */
export interface SweptCell {
  /** Its number in the table and the files, from 1. */
  readonly cell: number;
  readonly overview: Overview;
}

/** What of a cell says on which curve it is. */
interface Placed {
  readonly overview: Pick<Overview, 'params'>;
}

/** What tells a curve from the others of its sweep: its values, and the machine where there are several. */
export type Where = Readonly<Partial<Parameters>> & { readonly machine?: number };

/** Cells of one machine that differ in threads alone. */
export interface Curve<Of extends Placed = SweptCell> {
  readonly where: Where;
  /** By threads, the fewest first. */
  readonly cells: readonly Of[];
  /**
   * What the speed-ups of the curve are over: its own cell with one thread, else the serial one of the
   * same work, without a lock if there is one; null where there is neither.
   */
  readonly baseline: Of | null;
}

/** Groups the cells of a sweep into curves, in the order of their first cells. */
export function curvesOf(cells: readonly SweptCell[]): Curve[] {
  const machines: SweptCell[][] = [];
  for (const cell of cells) {
    const own = machines.find(([first]) => first !== undefined && isOnLikeMachine(first, cell));
    if (own === undefined) machines.push([cell]);
    else own.push(cell);
  }
  const varied = variedNames(cells);
  return machines.flatMap((ofMachine, index) => {
    const place = machines.length > 1 ? { machine: index + 1 } : {};
    return curvesOnMachine(ofMachine, varied).map((curve) => ({
      ...curve,
      where: { ...curve.where, ...place },
    }));
  });
}

/** Groups cells of one machine, measured or not. Curves are told apart by the parameters `varied`. */
export function curvesOnMachine<Of extends Placed>(
  cells: readonly Of[],
  varied = variedNames(cells),
): Curve<Of>[] {
  return groupsBy(cells, ({ overview }) => curveKey(overview.params)).map((group) =>
    curveOf(group, cells, varied),
  );
}

function curveOf<Of extends Placed>(
  group: readonly Of[],
  all: readonly Of[],
  varied: readonly ParameterName[],
): Curve<Of> {
  const cells = [...group].sort((a, b) => a.overview.params.threads - b.overview.params.threads);
  const [first] = cells;
  const values = varied.map((name) => [name, first?.overview.params[name]] as const);
  return {
    where: Object.fromEntries(values),
    cells,
    baseline:
      cells.find(({ overview }) => overview.params.threads === 1) ?? serialCell(all, first) ?? null,
  };
}

/** The serial cell of the same work: without a lock if there is one, else with the same lock. */
function serialCell<Of extends Placed>(all: readonly Of[], of: Of | undefined): Of | undefined {
  if (of === undefined) return undefined;
  const serial = all.filter(
    ({ overview }) =>
      overview.params.scheduler === 'serial' && isSameWork(overview.params, of.overview.params),
  );
  const withLock = (lock: Parameters['lock']) =>
    serial.find(({ overview }) => overview.params.lock === lock);
  return withLock('none') ?? withLock(of.overview.params.lock);
}

/** Says of a cell which curve it is on: all parameters but the threads, and how often it was measured. */
export function curveKey(parameters: Parameters): string {
  return CURVE_NAMES.map((name) => parameters[name]).join(' ');
}

const CURVE_NAMES = PARAMETER_NAMES.filter(
  (name) => !['threads', 'repeats', 'warmup'].includes(name),
);

/** The parameters that differ between the curves of cells. */
function variedNames(cells: readonly Placed[]): ParameterName[] {
  return CURVE_NAMES.filter(
    (name) => new Set(cells.map(({ overview }) => overview.params[name])).size > 1,
  );
}

function isOnLikeMachine(a: SweptCell, b: SweptCell): boolean {
  return isLikeMachine(a.overview.machine, b.overview.machine);
}

/** Returns the median wall time of a cell, in ns. */
export function medianWallNs({ overview }: SweptCell): number {
  return median(wallTimes(overview));
}
