import type { Machine, RepeatRecord, RunRecord } from './run-record.js';
import type { Parameters } from './parameters.js';
import { flopsPerProduct, laneCount } from './plan.js';
import { TASK_STATE } from './layout.js';
import { median, medianInterval, type Interval } from './statistics.js';
import { warningsOf } from './warnings.js';

/** The name and version of the report's format. */
export const REPORT_SCHEMA = 'gilscope.report/1';

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
  readonly spans: number;
  readonly dropped: number;
}

/** A repeat as the report shows it. */
export interface RepeatTotals {
  readonly wallNs: number;
  readonly lanes: readonly LaneTotals[];
}

/** The figures of a run over its repeats. */
export interface Summary {
  readonly wallNs: {
    readonly median: number;
    readonly min: number;
    readonly max: number;
    /** A 95 % interval of the median; null with fewer than three repeats. */
    readonly ci95: Interval | null;
  };
  readonly tasksPerSecond: number;
  readonly iterationsPerSecond: number;
  /** 2 n² operations a matrix product, a product an iteration and one for the result; in 10⁹ /s. */
  readonly gflops: number;
  /** Waiting for the lock as a share of all lanes' wall time. */
  readonly waitShare: number;
  /** Times the lock passed from one lane to another, median over the repeats. */
  readonly handoffs: number;
  readonly warnings: readonly string[];
}

/** All of a run but its results: what the window shows of it. */
export interface Overview {
  readonly params: Parameters;
  readonly machine: Machine;
  readonly repeats: readonly RepeatTotals[];
  readonly summary: Summary;
  /** Tasks that ended at the cap of iterations without converging. */
  readonly cappedTasks: number;
}

/** The report of a run: see REPORT_SCHEMA. What is no finite number is null. */
export interface Report extends Omit<Overview, 'cappedTasks'> {
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
export function overviewOf(record: RunRecord): Overview {
  const repeats = record.repeats.map((repeat) => repeatTotals(record.parameters, repeat));
  const cappedTasks = countOf(record.results.state, TASK_STATE.capped);
  const figures = summaryFigures(record, repeats);
  const warnings = warningsOf({
    params: record.parameters,
    machine: record.machine,
    repeats,
    wallNs: figures.wallNs,
    cappedTasks,
  });
  return {
    params: record.parameters,
    machine: record.machine,
    repeats,
    summary: { ...figures, warnings },
    cappedTasks,
  };
}

/** Works out the whole report of a run. */
export function reportOf(record: RunRecord): Report {
  const { params, machine, repeats, summary } = overviewOf(record);
  const { results } = record;
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
  record: RunRecord,
  repeats: readonly RepeatTotals[],
): Omit<Summary, 'warnings'> {
  const { parameters, results } = record;
  const walls = repeats.map((repeat) => repeat.wallNs);
  const middle = median(walls);
  const perSecond = (count: number) => (middle > 0 ? count / (middle / 1e9) : 0);
  const iterations = sum(results.iterations);
  const products = parameters.workload === 'power' ? iterations + parameters.matrices : 0;
  const laneTime = sum(walls) * laneCount(parameters);
  const waiting = sum(repeats.flatMap((repeat) => repeat.lanes.map((lane) => lane.waitNs)));
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
    handoffs: Math.round(median(record.repeats.map((repeat) => repeat.handoffs))),
  };
}

/** Sums the task table by lane; the table is exact even where spans were dropped. */
function repeatTotals(parameters: Parameters, repeat: RepeatRecord): RepeatTotals {
  const lanes = Array.from({ length: laneCount(parameters) }, (_, lane) => ({
    lane,
    tasks: 0,
    computeNs: 0,
    waitNs: 0,
    holdNs: 0,
    sleepNs: 0,
    idleNs: repeat.wallNs,
    spans: repeat.rings[lane]?.spans ?? 0,
    dropped: repeat.rings[lane]?.dropped ?? 0,
  }));
  const { timings } = repeat;
  timings.lane.forEach((lane, task) => {
    const totals = lanes[lane];
    if (totals === undefined) return;
    totals.tasks += 1;
    totals.computeNs += timings.computeNs[task] ?? 0;
    totals.waitNs += timings.waitNs[task] ?? 0;
    totals.holdNs += timings.holdNs[task] ?? 0;
    totals.sleepNs += timings.sleepNs[task] ?? 0;
    totals.idleNs -= (timings.endNs[task] ?? 0) - (timings.startNs[task] ?? 0);
  });
  return {
    wallNs: repeat.wallNs,
    lanes: lanes.map((lane) => ({ ...lane, idleNs: Math.max(0, lane.idleNs) })),
  };
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

function sum(values: ArrayLike<number> & Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
