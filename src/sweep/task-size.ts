import { groupsBy } from '../base/groups.js';
import { PARAMETER_NAMES, type LockModeName, type Parameters } from '../experiment/parameters.js';
import { laneCount } from '../experiment/plan.js';
import { reasonToLeaveOut } from './curve-points.js';
import { medianWallNs, type Curve, type SweptCell, type Where } from './curves.js';
import { linearSolution } from './fit/least-squares.js';

/** The efficiency that counts as acceptable (POP Centre of Excellence). */
export const ACCEPTABLE_EFFICIENCY = 0.8;

/** From which size on tasks are worth so many threads. */
export interface TaskSize {
  /** What the curves that it is worked out from share. */
  readonly where: Where;
  readonly threads: number;
  readonly lock: LockModeName;
  /** The parameter that makes tasks longer. */
  readonly over: SizeParameter;
  readonly leastMeasured: number;
  /** a: what a task costs a lane beside its work, in ns. */
  readonly costNs: number;
  /** b: by what a task's work on one thread is multiplied. */
  readonly factor: number;
  /** The time of a task on one thread from which on the efficiency is acceptable; null for never. */
  readonly leastTaskNs: number | null;
  /** The value of the parameter for it, where it lies among the measured ones. */
  readonly leastValue: number | null;
}

/** The parameters that make tasks longer. */
type SizeParameter = 'size' | 'sleepMs';

/** A task's time on one thread, and what it takes of a lane's time on several. */
interface TaskTimes {
  readonly value: number;
  readonly serialNs: number;
  readonly laneNs: number;
}

/**
 * Works out from which size on tasks are worth their threads, for each number of them and all curves
 * that differ in the size of their tasks alone: a task takes a + b w of a lane's time for its time w on
 * one thread, and the efficiency w / (a + b w) is E from w = a / (1 / E - b) on, and never where b is
 * 1 / E or more.
 */
export function taskSizesOf(curves: readonly Curve[]): TaskSize[] {
  const sized = curves.flatMap((curve) => sizedCells(curve));
  return groupsBy(sized, ({ key }) => key).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const times = group.flatMap(({ times: own }) => (own === null ? [] : [own]));
    const law = costAndFactor(times);
    if (law === null) return [];
    const { threads, lock, over } = first;
    const leastTaskNs = leastTime(law);
    const where = Object.fromEntries(
      Object.entries(first.where).filter(([name]) => name !== over),
    ) as Where;
    const leastValue = leastTaskNs === null ? null : valueAt(leastTaskNs, times);
    const leastMeasured = Math.min(...times.map(({ value }) => value));
    return [{ where, threads, lock, over, leastMeasured, ...law, leastTaskNs, leastValue }];
  });
}

/** A cell of a group whose members differ in the size of their tasks. */
interface SizedCell {
  readonly key: string;
  readonly where: Where;
  readonly threads: number;
  readonly lock: LockModeName;
  readonly over: SizeParameter;
  readonly times: TaskTimes | null;
}

function sizedCells({ where, cells, baseline }: Curve): SizedCell[] {
  return cells
    .filter((cell) => laneCount(cell.overview.params) > 1 && reasonToLeaveOut(cell) === null)
    .map((cell) => {
      const { params } = cell.overview;
      const over = params.workload === 'sleep' ? 'sleepMs' : 'size';
      const key = `${where.machine ?? 1} ${groupKey(params, over)}`;
      const times = baseline === null ? null : taskTimes(cell, baseline, params[over]);
      const threads = laneCount(params);
      return { key, where, threads, lock: params.lock, over, times };
    });
}

function groupKey(params: Parameters, over: SizeParameter): string {
  return PARAMETER_NAMES.filter((name) => ![over, 'repeats', 'warmup'].includes(name))
    .map((name) => params[name])
    .join(' ');
}

function taskTimes(cell: SweptCell, baseline: SweptCell, value: number): TaskTimes {
  const { params } = cell.overview;
  return {
    value,
    serialNs: medianWallNs(baseline) / params.matrices,
    laneNs: (laneCount(params) * medianWallNs(cell)) / params.matrices,
  };
}

/** Fits a line to lane times, with relative errors; null where all tasks are of one size. */
function costAndFactor(times: readonly TaskTimes[]): Pick<TaskSize, 'costNs' | 'factor'> | null {
  if (new Set(times.map(({ serialNs }) => serialNs)).size < 2) return null;
  const fit = (terms: readonly (readonly number[])[]) =>
    linearSolution(
      terms,
      times.map(({ laneNs }) => laneNs),
    );
  const [costNs = NaN, factor = NaN] = fit(times.map(({ serialNs }) => [1, serialNs]));
  if (costNs >= 0) return { costNs, factor };
  // A task costs nothing less than nothing.
  const [alone = NaN] = fit(times.map(({ serialNs }) => [serialNs]));
  return { costNs: 0, factor: alone };
}

function leastTime({ costNs, factor }: Pick<TaskSize, 'costNs' | 'factor'>): number | null {
  const room = 1 / ACCEPTABLE_EFFICIENCY - factor;
  return room > 0 ? costNs / room : null;
}

/** The parameter's value at a time between two measured ones, by its logarithm; the least one below all. */
function valueAt(taskNs: number, times: readonly TaskTimes[]): number | null {
  const sorted = [...times].sort((a, b) => a.serialNs - b.serialNs);
  const above = sorted.findIndex(({ serialNs }) => serialNs >= taskNs);
  const [to, from] = [sorted[above], sorted[above - 1]];
  if (to === undefined) return null;
  if (from === undefined) return to.value;
  const share = Math.log(taskNs / from.serialNs) / Math.log(to.serialNs / from.serialNs);
  return from.value * (to.value / from.value) ** share;
}
