import { PARAMETER_NAMES, type ParameterName } from '../../experiment/parameters.js';
import { laneCount } from '../../experiment/plan.js';
import { medianWallNs, type Curve, type SweptCell } from '../curves.js';
import { factorsOf } from '../factors.js';
import {
  fastestCell,
  rangeText,
  ratioByRounds,
  SAME_TIME,
  type Finding,
  type Rule,
} from './rule.js';

/**
 * Says what releasing the lock would give: where the same was measured without a lock, what it gave on
 * the several threads that were the fastest so; else about what the waiting leaves room for.
 */
export const releaseLock: Rule = ({ curve, curves }) => {
  const [first] = curve.cells;
  if (first === undefined || first.overview.params.lock === 'none') return null;
  const others = curveWithoutLock(curve, curves)?.cells ?? [];
  const pairs = curve.cells.flatMap((held) => {
    const lanes = laneCount(held.overview.params);
    const free = others.find(({ overview }) => laneCount(overview.params) === lanes);
    return free === undefined || lanes === 1 ? [] : [{ held, free }];
  });
  const best = fastestCell(pairs.map(({ free }) => free));
  const pair = pairs.find(({ free }) => free === best);
  return pair === undefined ? fromWaiting(curve) : fromMeasured(pair.held, pair.free);
};

/** What may differ between a curve under a lock and the one without it. */
const MAY_DIFFER: readonly ParameterName[] = ['lock', 'switchIntervalMs', 'threads'];

/** The curve of the same machine that differs in its lock alone, and has none. */
function curveWithoutLock(curve: Curve, curves: readonly Curve[]): Curve | undefined {
  const names = PARAMETER_NAMES.filter((name) => !MAY_DIFFER.includes(name));
  const params = curve.cells[0]?.overview.params;
  return curves.find(({ where, cells }) => {
    const other = cells[0]?.overview.params;
    return (
      where.machine === curve.where.machine &&
      other?.lock === 'none' &&
      names.every((name) => other[name] === params?.[name])
    );
  });
}

function fromMeasured(held: SweptCell, free: SweptCell): Finding {
  const gainRatio = medianWallNs(held) / medianWallNs(free);
  const interval = ratioByRounds(held, free);
  const [lowRatio, highRatio] = interval ?? [gainRatio, gainRatio];
  const threads = laneCount(held.overview.params);
  const figures = { threads, gainRatio, lowRatio, highRatio };
  if (highRatio < SAME_TIME) {
    return {
      figures,
      template: `Releasing the lock gives little: without it {threads} threads are {gainRatio} as fast.`,
    };
  }
  const range = rangeText(interval);
  return lowRatio >= SAME_TIME
    ? {
        figures,
        template: `Without the lock {threads} threads are {gainRatio} as fast${range}, as measured.`,
      }
    : {
        figures,
        template: `What releasing the lock gives cannot be told: without it {threads} threads are {gainRatio} as fast${range}.`,
      };
}

/** The waiting of the cell with the most threads, as far as there are cores for what it held up. */
function fromWaiting({ cells }: Curve): Finding | null {
  const most = cells.at(-1);
  if (most === undefined || laneCount(most.overview.params) === 1) return null;
  const { lockEfficiency, parallelEfficiency } = factorsOf(most, null);
  if (lockEfficiency === null || parallelEfficiency === null) return null;
  const { params, machine } = most.overview;
  const threads = laneCount(params);
  const cores = params.workload === 'sleep' ? threads : Math.min(threads, machine.usableCores);
  const aboutRatio = Math.min(1 / lockEfficiency, cores / (threads * parallelEfficiency));
  const figures = { threads, aboutRatio };
  return aboutRatio < SAME_TIME
    ? {
        figures,
        template: `Releasing the lock gives little: {threads} threads hardly wait for it.`,
      }
    : {
        figures,
        template: `Without the lock {threads} threads would be about {aboutRatio} as fast; add lock none to the sweep to measure it.`,
      };
}
