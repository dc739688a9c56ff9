import { computesOneAtATime, type Parameters } from '../experiment/parameters.js';
import { laneCount } from '../experiment/plan.js';
import { wallTimes } from '../experiment/speed-up.js';
import type { Host } from '../recording/host.js';
import { formatCores, formatCounted } from '../base/units.js';
import type { Curve, SweptCell } from './curves.js';
import type { TimedPoint } from './fit/observations.js';

/** A point that a law is not fitted to, as it shows something else. */
export interface LeftOut {
  readonly threads: number;
  readonly reason: string;
}

/** The points of a curve that a law is fitted to, and the others. */
export interface CurvePoints {
  readonly fitted: readonly TimedPoint[];
  readonly leftOut: readonly LeftOut[];
}

/** Sorts the points of a curve. */
export function curvePoints({ cells }: Curve): CurvePoints {
  const reasons = cells.map((cell) => ({ cell, reason: reasonToLeaveOut(cell) }));
  return {
    fitted: reasons.flatMap(({ cell, reason }) => (reason === null ? [timedPoint(cell)] : [])),
    leftOut: reasons.flatMap(({ cell, reason }) =>
      reason === null ? [] : [{ threads: laneCount(cell.overview.params), reason }],
    ),
  };
}

/**
 * Says why no law is fitted to a cell; null where one is. More lanes than cores share these, which no
 * law of N foresees, unless they compute one at a time or sleep.
 */
export function reasonToLeaveOut({ overview: { params, machine } }: SweptCell): string | null {
  const lanes = laneCount(params);
  if (needsNoCores(params) || lanes <= machine.usableCores) return null;
  const { logicalCores, quotaCores, usableCores } = machine;
  const bound = quotaCores !== null && quotaCores < logicalCores ? 'a quota of ' : '';
  return `${formatCounted(lanes, 'lane')} on ${bound}${formatCores(usableCores)}: lanes that compute have to share them`;
}

/** The most threads whose times a law can describe on a machine; infinite where they need no cores. */
export function mostFittedThreads(params: Parameters, { usableCores }: Pick<Host, 'usableCores'>) {
  return needsNoCores(params) ? Infinity : Math.max(1, Math.floor(usableCores));
}

/** Whether at most one lane computes at a time, so that more lanes need no more cores. */
function needsNoCores({ workload, lock }: Parameters): boolean {
  return workload === 'sleep' || computesOneAtATime(lock);
}

function timedPoint({ overview }: SweptCell): TimedPoint {
  return { threads: laneCount(overview.params), wallsNs: wallTimes(overview) };
}
