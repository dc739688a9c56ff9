import type { ExperimentRecording } from './recording.js';
import { suspendedNs, type Suspension } from '../recording/interruptions.js';
import type { Machine } from '../recording/machine.js';
import { laneTotals } from './lane-totals.js';
import type { Parameters } from './parameters.js';
import { effectiveParameters, flopsPerProduct, laneCount } from './plan.js';
import { TASK_STATE } from './task-table.js';
import { median, medianInterval, outliersOf, type Interval } from '../base/statistics.js';
import { typicalTimes } from './typical-times.js';
import type { WorkCosts } from '../analysis/work-costs.js';
import { workCostsOf } from './work-costs.js';
import { warningsOf, type Warning } from './warnings.js';

/** The name and version of the report's format. */
export const REPORT_SCHEMA = 'gilscope.report/2';

/** One lane's totals in one repeat. */
export interface LaneTotals {
  readonly lane: number;
  readonly tasks: number;
  readonly computeNs: number;
  readonly waitNs: number;
  readonly holdNs: number;
  readonly sleepNs: number;
  /** Wall time in which the lane had no task. */
  readonly idleNs: number;
  /** Time in which the lane was ready and had no core, in whatever it did; null where it is not known. */
  readonly queuedNs: number | null;
  readonly spans: number;
  readonly dropped: number;
}

/** A repeat as the report shows it. */
export interface RepeatTotals {
  readonly wallNs: number;
  readonly lanes: readonly LaneTotals[];
  /** Until when all spans are kept that came through the rings; null where that is for all of it. */
  readonly keptUntilNs: number | null;
  /** Gaps in which the whole process stood still. */
  readonly suspensions: readonly Suspension[];
}

/** The figures of a run over its repeats. */
export interface Summary {
  readonly wallNs: {
    readonly median: number;
    readonly min: number;
    readonly max: number;
    /** A 95 % interval of the median, or the range of fewer than six; null with fewer than three. */
    readonly ci95: Interval | null;
  };
  readonly tasksPerSecond: number;
  readonly iterationsPerSecond: number;
  /** 2 n² operations a matrix product, a product an iteration and one for the result; in 10⁹ /s. */
  readonly gflops: number;
  /** Waiting for the lock as a share of all lanes' wall time. */
  readonly waitShare: number;
  /**
   * Time in which lanes were ready and had no core, as a share of all lanes' wall time without
   * suspensions; null where it is not known.
   */
  readonly queuedShare: number | null;
  /** For how long the whole process stood still, in all repeats together. */
  readonly suspendedNs: number;
  /** Times the lock passed from one lane to another, median over the repeats. */
  readonly handoffs: number;
  /** Repeats, from 0, whose wall time is an outlier. They are reported, and kept in every figure. */
  readonly outliers: readonly number[];
  /** Cores that other processes kept busy during the repeats; null where that is not known. */
  readonly otherLoadCores: number | null;
  readonly warnings: readonly Warning[];
}

/** All of a run but its results: what the window shows of it. */
export interface Overview {
  readonly params: Parameters;
  readonly machine: Machine;
  readonly repeats: readonly RepeatTotals[];
  readonly summary: Summary;
  /** Tasks that ended at the cap of iterations without converging. */
  readonly cappedTasks: number;
  /** Times the lock passed from one lane to another in each repeat. */
  readonly handoffs: readonly number[];
  /** What the verdict needs to know of what work and lock cost. */
  readonly costs: WorkCosts;
}

/** The report of a run: see REPORT_SCHEMA. What is no finite number is null. */
export interface Report extends Omit<Overview, 'cappedTasks' | 'handoffs' | 'costs'> {
  readonly schema: typeof REPORT_SCHEMA;
  readonly results: {
    readonly eigenvalue: readonly (number | null)[];
    readonly rayleigh: readonly (number | null)[];
    readonly residual: readonly (number | null)[];
    readonly iterations: readonly number[];
    readonly converged: readonly boolean[];
  };
}

/** Works out the figures of a run. */
export function overviewOf(record: ExperimentRecording): Overview {
  const { machine } = record;
  const params = effectiveParameters(record.source.parameters);
  const lanes = laneCount(params);
  const repeats = record.repeats.map((repeat) => ({
    wallNs: repeat.wallNs,
    lanes: laneTotals(repeat, lanes),
    keptUntilNs: repeat.keptUntilNs,
    suspensions: repeat.interruptions.suspensions,
  }));
  const cappedTasks = countOf(record.source.results.state, TASK_STATE.capped);
  const figures = summaryFigures(record, repeats);
  const last = record.repeats.at(-1);
  if (last === undefined) throw new RangeError('a run without a repeat has no figures');
  const typical = typicalTimes(last, lanes);
  const warnings = warningsOf({ params, machine, repeats, summary: figures, cappedTasks, typical });
  const summary = { ...figures, warnings };
  const handoffs = record.repeats.map((repeat) => repeat.handoffs);
  return {
    params,
    machine,
    repeats,
    summary,
    cappedTasks,
    handoffs,
    costs: workCostsOf(record.source),
  };
}

/** Works out the whole report of a run. */
export function reportOf(record: ExperimentRecording): Report {
  const { params, machine, repeats, summary } = overviewOf(record);
  const { results } = record.source;
  return {
    schema: REPORT_SCHEMA,
    params,
    machine,
    repeats,
    summary,
    results: {
      eigenvalue: Array.from(results.eigenvalue, finiteOrNull),
      rayleigh: Array.from(results.rayleigh, finiteOrNull),
      residual: Array.from(results.residual, finiteOrNull),
      iterations: Array.from(results.iterations),
      converged: Array.from(results.state, (state) => state === TASK_STATE.converged),
    },
  };
}

function summaryFigures(
  record: ExperimentRecording,
  repeats: readonly RepeatTotals[],
): Omit<Summary, 'warnings'> {
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
): Pick<Summary, 'queuedShare' | 'suspendedNs'> {
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

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function countOf(values: Int32Array, wanted: number): number {
  return values.reduce((count, value) => (value === wanted ? count + 1 : count), 0);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
