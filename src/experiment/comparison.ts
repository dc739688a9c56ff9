import type { ExperimentRecording } from './recording.js';
import { conclusionOf } from './conclusion.js';
import type { ParameterName, Parameters } from './parameters.js';
import { warningsBeside } from './plausibility.js';
import { reportOf, type Report } from './report.js';
import { randomOrders } from '../base/shuffle.js';
import { speedUpByRounds, wallTimes } from './speed-up.js';
import type { Interval } from '../base/statistics.js';

/** The name and version of the comparison's format. */
const COMPARISON_SCHEMA = 'gilscope.compare/1';

/** A run among others: its whole report, and how many times as fast it is as the serial one. */
export interface ComparisonRow extends Report {
  /** The serial run's median wall time over this run's. */
  readonly speedup: number;
  /**
   * A 95 % interval of the speed-up, by rounds; their range with fewer than six, and null with fewer
   * than three.
   */
  readonly speedupCi95: Interval | null;
}

/** The same matrices computed in four variants, the serial one first. */
export interface Comparison {
  readonly schema: typeof COMPARISON_SCHEMA;
  readonly rows: readonly ComparisonRow[];
  /**
   * For each round, the rows (from 0) in the order in which they were run: at random, so that what
   * happens to the machine meanwhile affects all rows alike.
   */
  readonly order: readonly (readonly number[])[];
  /** What the figures mean, in a sentence. */
  readonly conclusion: string;
}

/** The variants of computing that are compared. `serial` is what the others are measured against. */
export const VARIANTS = ['serial', 'static', 'executor', 'gilHeld'] as const;
export type Variant = (typeof VARIANTS)[number];

/** A value for each variant, in the order of the comparison. */
export type Compared<Value> = Readonly<Record<Variant, Value>>;

/** Works out another value for each variant. */
export function mapCompared<From, To>(
  values: Compared<From>,
  work: (value: From, variant: Variant) => To,
): Compared<To> {
  return {
    serial: work(values.serial, 'serial'),
    static: work(values.static, 'static'),
    executor: work(values.executor, 'executor'),
    gilHeld: work(values.gilHeld, 'gilHeld'),
  };
}

/** The parameters that a comparison sets itself, so that it takes none of them. */
export const COMPARISON_SETS = ['scheduler', 'lock'] as const satisfies readonly ParameterName[];

/** The runs that a comparison makes, in their order, of one set of parameters. */
export function comparedParameters(parameters: Parameters): Compared<Parameters> {
  return {
    serial: { ...parameters, scheduler: 'serial', lock: 'none', threads: 1 },
    static: { ...parameters, scheduler: 'static', lock: 'none' },
    executor: { ...parameters, scheduler: 'executor', lock: 'none' },
    gilHeld: { ...parameters, scheduler: 'executor', lock: 'gil-held' },
  };
}

/** For each repeat, every variant once, in a random order that follows from the parameters' seed. */
export function comparisonOrder({ seed, repeats }: Parameters): Variant[][] {
  return randomOrders(VARIANTS, repeats, seed);
}

/** Sets the runs of a comparison, interleaved by `comparisonOrder`, side by side. */
export function comparisonOf(records: Compared<ExperimentRecording>): Comparison {
  const { repeats, source } = records.serial;
  const order = comparisonOrder({ ...source.parameters, repeats: repeats.length });
  const reports = mapCompared(records, reportOf);
  const rows = mapCompared(reports, (report): ComparisonRow => {
    const { ratio, ci95 } = speedUpByRounds(wallTimes(report), wallTimes(reports.serial));
    const summary = { ...report.summary, warnings: warningsBeside(report, reports.serial) };
    return { ...report, summary, speedup: ratio, speedupCi95: ci95 };
  });
  return {
    schema: COMPARISON_SCHEMA,
    rows: VARIANTS.map((variant) => rows[variant]),
    order: order.map((round) => round.map((variant) => VARIANTS.indexOf(variant))),
    conclusion: conclusionOf(reports),
  };
}

/**
 * One record of several runs of the same work, made in turn with others so that a machine that
 * slows down or speeds up meanwhile does so for all alike.
 *
 * @throws RangeError of no records
 */
export function mergeRecords(
  number: number,
  parameters: Parameters,
  records: readonly ExperimentRecording[],
): ExperimentRecording {
  // The costs of the last one: what was the fastest until then.
  const last = records.at(-1);
  if (last === undefined) throw new RangeError('there are no records to merge');
  const repeats = records.flatMap((record) => record.repeats);
  return { ...last, number, source: { ...last.source, parameters }, repeats };
}
