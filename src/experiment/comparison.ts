import type { ExperimentRecording } from './recording.js';
import { conclusionOf } from './conclusion.js';
import type { Parameters } from './parameters.js';
import { warningsBeside } from './plausibility.js';
import { reportOf, type Report } from './report.js';
import { speedUpByRounds, wallTimes } from './speed-up.js';
import type { Interval } from '../base/statistics.js';
import { comparisonOrder, mapCompared, VARIANTS, type Compared } from './variants.js';

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

/**
 * Returns the comparison of recordings that stand in the order of its table.
 *
 * @throws RangeError where they are not four
 */
export function comparisonInOrder(recordings: readonly ExperimentRecording[]): Comparison {
  const [serial, chunks, executor, gilHeld] = recordings;
  if (
    serial === undefined ||
    chunks === undefined ||
    executor === undefined ||
    gilHeld === undefined
  ) {
    throw new RangeError(`a comparison has four recordings, not ${recordings.length}`);
  }
  return comparisonOf({ serial, static: chunks, executor, gilHeld });
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
