import * as v from 'valibot';
import { Count, type Checked } from '../base/schemas.js';
import { median, medianInterval, outliersOf, type Interval } from '../base/statistics.js';
import { suspendedNs } from '../recording/interruptions.js';
import { SuspensionSchema } from '../recording/interruptions-schema.js';
import { LaneTotalsSchema } from './lane-totals.js';
import { flopsPerProduct, laneCount } from './plan.js';
import type { ExperimentRecording } from './recording.js';

export const RepeatTotalsSchema = v.object({
  wallNs: v.number(),
  lanes: v.array(LaneTotalsSchema),
  /** Until when all spans are kept that came through the rings; null where that is for all of it. */
  keptUntilNs: v.nullable(v.number()),
  /** Gaps in which the whole process stood still. */
  suspensions: v.array(SuspensionSchema),
});

/** A repeat as the report shows it. */
export type RepeatTotals = Checked<typeof RepeatTotalsSchema>;

export const SummaryFiguresSchema = v.object({
  wallNs: v.object({
    median: v.number(),
    min: v.number(),
    max: v.number(),
    /** A 95 % interval of the median, or the range of fewer than six; null with fewer than three. */
    ci95: v.nullable(v.tuple([v.number(), v.number()])),
  }),
  tasksPerSecond: v.number(),
  iterationsPerSecond: v.number(),
  /** 2 n² operations a matrix product, a product an iteration and one for the result; in 10⁹ /s. */
  gflops: v.number(),
  /** Waiting for the lock as a share of all lanes' wall time. */
  waitShare: v.number(),
  /**
   * Time in which lanes were ready and had no core, as a share of all lanes' wall time without
   * suspensions; null where it is not known.
   */
  queuedShare: v.nullable(v.number()),
  /** For how long the whole process stood still, in all repeats together. */
  suspendedNs: v.number(),
  /** Times the lock passed from one lane to another, median over the repeats. */
  handoffs: v.number(),
  /** Repeats, from 0, whose wall time is an outlier. They are reported, and kept in every figure. */
  outliers: v.array(Count),
  /** Cores that other processes kept busy during the repeats; null where that is not known. */
  otherLoadCores: v.nullable(v.number()),
});

/** The figures of a run over its repeats. */
export type SummaryFigures = Checked<typeof SummaryFiguresSchema>;

/** Works out the figures of a run from its recording and the totals of its repeats. */
export function summaryFigures(
  record: ExperimentRecording,
  repeats: readonly RepeatTotals[],
): SummaryFigures {
  const { parameters, results } = record.source;
  const walls = repeats.map((repeat) => repeat.wallNs);
  const middle = median(walls);
  const perSecond = (count: number) => (middle > 0 ? count / (middle / 1e9) : 0);
  const iterations = sum(results.iterations);
  const products = parameters.workload === 'power' ? iterations + parameters.matrices : 0;
  const laneTime = sum(walls) * laneCount(parameters);
  const waiting = sum(repeats.map(({ lanes }) => sum(lanes.map((lane) => lane.waitNs))));
  return {
    wallNs: {
      median: Math.round(middle),
      min: Math.min(...walls),
      max: Math.max(...walls),
      ci95: roundInterval(medianInterval(walls)),
    },
    tasksPerSecond: perSecond(parameters.matrices),
    iterationsPerSecond: perSecond(iterations),
    gflops: perSecond(products * flopsPerProduct(parameters.size)) / 1e9,
    waitShare: laneTime > 0 ? waiting / laneTime : 0,
    ...interruptionFigures(repeats),
    handoffs: Math.round(median(record.repeats.map((repeat) => repeat.handoffs))),
    outliers: outliersOf(walls),
    otherLoadCores: otherLoadCores(record),
  };
}

function interruptionFigures(
  repeats: readonly RepeatTotals[],
): Pick<SummaryFigures, 'queuedShare' | 'suspendedNs'> {
  const laneTimes = repeats.map(({ wallNs, lanes, suspensions }) => {
    const stoodStillNs = sum(suspensions.map(({ startNs, endNs }) => endNs - startNs));
    return lanes.length * Math.max(0, wallNs - stoodStillNs);
  });
  const queued = repeats.flatMap(({ lanes }) => lanes.map(({ queuedNs }) => queuedNs));
  const known = queued.filter((time) => time !== null);
  const isKnown = known.length === queued.length && sum(laneTimes) > 0;
  return {
    queuedShare: isKnown ? sum(known) / sum(laneTimes) : null,
    suspendedNs: sum(repeats.flatMap(({ suspensions }) => suspensions.map(suspendedNs))),
  };
}

/** The other processes' time on all cores over the wall time of all repeats. */
function otherLoadCores({ repeats }: ExperimentRecording): number | null {
  const others = repeats.map(({ otherCpuNs }) => otherCpuNs);
  const known = others.filter((time) => time !== null);
  const wallNs = sum(repeats.map((repeat) => repeat.wallNs));
  return known.length < others.length || wallNs === 0 ? null : sum(known) / wallNs;
}

/** To whole nanoseconds, as all times are. */
function roundInterval(interval: Interval | null): Interval | null {
  return interval && [Math.round(interval[0]), Math.round(interval[1])];
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
