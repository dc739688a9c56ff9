import { groupsBy } from '../base/groups.js';
import { longestRepeatNs } from '../experiment/expected-time.js';
import { cellsOf, type Axes, type Cell } from './axes.js';
import { curveKey } from './curves.js';
import { roundsOf, type Portion, type Shard, type SweepPlan } from './plan.js';

/*
 * How a sweep is cut into parts for several machines. Whole curves stay together, with what their
 * speed-ups are over, as machines differ; only with fewer curves than parts each part has some of the
 * rounds of all cells. Every machine cuts alike, since all follows from the plan.
 */

/** Returns what a part of a sweep measures; with more parts than there are rounds, some measure nothing. */
export function portionOf(plan: SweepPlan, { index, count }: Shard): Portion {
  const cells = cellsOf(plan.axes);
  const rounds = Array.from({ length: roundsOf(plan) }, (_, round) => round);
  const curves = curveGroups(plan.axes, cells);
  return curves.length >= count
    ? { cells: inOrder(balanced(curves, count)[index - 1] ?? []), rounds }
    : { cells, rounds: rounds.filter((round) => round % count === index - 1) };
}

/** Whether so many parts are cut by rounds rather than by curves. */
export function isCutByRounds({ axes }: SweepPlan, { count }: Shard): boolean {
  return curveGroups(axes, cellsOf(axes)).length < count;
}

/** Cells that stay together: a curve each, and with a serial one among them all that it may be the base of. */
function curveGroups({ scheduler, lock }: Axes, cells: readonly Cell[]): Cell[][] {
  const hasBase = scheduler.includes('serial') && scheduler.length > 1;
  return groupsBy(cells, ({ parameters }) => {
    if (!hasBase) return curveKey(parameters);
    const [anyScheduler, anyLock] = [scheduler[0] ?? 'serial', lock[0] ?? 'none'];
    return curveKey({ ...parameters, scheduler: anyScheduler, lock: anyLock, switchIntervalMs: 0 });
  });
}

/** Cores that costs are compared with; the same everywhere, so that all machines cut alike. */
const SOME_CORES = 8;

/** Deals groups out to so many parts: the longest first, each to the part that has the least so far. */
function balanced(groups: readonly Cell[][], count: number): Cell[][] {
  const costOf = (cells: readonly Cell[]) =>
    cells.reduce((sum, { parameters }) => sum + longestRepeatNs(parameters, SOME_CORES), 0);
  const parts = Array.from({ length: count }, () => ({ costNs: 0, cells: new Array<Cell>() }));
  const byCost = groups.map((cells) => ({ cells, costNs: costOf(cells) }));
  byCost.sort((a, b) => b.costNs - a.costNs);
  for (const { cells, costNs } of byCost) {
    const [first, ...others] = parts;
    if (first === undefined) break;
    // Of parts with as much, that with fewer cells: sleeps of 0 ms cost nothing.
    const least = others.reduce((best, part) => (isLess(part, best) ? part : best), first);
    least.cells.push(...cells);
    least.costNs += costNs;
  }
  return parts.map((part) => part.cells);
}

interface Load {
  readonly costNs: number;
  readonly cells: readonly Cell[];
}

function isLess(a: Load, b: Load): boolean {
  return a.costNs === b.costNs ? a.cells.length < b.cells.length : a.costNs < b.costNs;
}

function inOrder(cells: readonly Cell[]): Cell[] {
  return [...cells].sort((a, b) => a.cell - b.cell);
}
