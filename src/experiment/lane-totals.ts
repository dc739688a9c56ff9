import * as v from 'valibot';
import { Count, type Checked } from '../base/schemas.js';
import { idleNs } from '../recording/idle.js';
import type { ExperimentRepeat } from './recording.js';

export const LaneTotalsSchema = v.object({
  lane: Count,
  tasks: Count,
  computeNs: v.number(),
  waitNs: v.number(),
  holdNs: v.number(),
  sleepNs: v.number(),
  /** Wall time in which the lane had no task. */
  idleNs: v.number(),
  /** Time in which the lane was ready and had no core, in whatever it did; null where it is not known. */
  queuedNs: v.nullable(v.number()),
  spans: Count,
  dropped: Count,
});

/** One lane's totals in one repeat. */
export type LaneTotals = Checked<typeof LaneTotalsSchema>;

/**
 * Sums the task table of a repeat by lane; the table is exact even where spans were dropped. One
 * pass over columns and sums in typed arrays: a million tasks take some ten milliseconds.
 */
export function laneTotals(
  { wallNs, timings, spanCounts, interruptions }: ExperimentRepeat,
  lanes: number,
): LaneTotals[] {
  const { lane, startNs, endNs } = timings;
  const tasks = new Int32Array(lanes);
  const busyNs = new Float64Array(lanes);
  for (let task = 0; task < lane.length; task += 1) {
    const own = lane[task] ?? 0;
    tasks[own] = (tasks[own] ?? 0) + 1;
    busyNs[own] = (busyNs[own] ?? 0) + (endNs[task] ?? 0) - (startNs[task] ?? 0);
  }
  const computeNs = sumsByLane(timings.computeNs, lane, lanes);
  const waitNs = sumsByLane(timings.waitNs, lane, lanes);
  const holdNs = sumsByLane(timings.holdNs, lane, lanes);
  const sleepNs = sumsByLane(timings.sleepNs, lane, lanes);
  return Array.from({ length: lanes }, (_, number) => ({
    lane: number,
    tasks: tasks[number] ?? 0,
    computeNs: computeNs[number] ?? 0,
    waitNs: waitNs[number] ?? 0,
    holdNs: holdNs[number] ?? 0,
    sleepNs: sleepNs[number] ?? 0,
    idleNs: idleNs(wallNs, busyNs[number] ?? 0),
    queuedNs: interruptions.queuedNs?.[number] ?? null,
    spans: spanCounts[number]?.kept ?? 0,
    dropped: spanCounts[number]?.dropped ?? 0,
  }));
}

/** Sums a column of the task table by lane. */
export function sumsByLane(column: Float64Array, laneOf: Int32Array, lanes: number): Float64Array {
  const sums = new Float64Array(lanes);
  for (let task = 0; task < column.length; task += 1) {
    const lane = laneOf[task] ?? 0;
    sums[lane] = (sums[lane] ?? 0) + (column[task] ?? 0);
  }
  return sums;
}
