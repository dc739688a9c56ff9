import * as v from 'valibot';
import { Count, type Checked } from '../base/schemas.js';
import type { ExperimentRecording } from './recording.js';
import { MachineSchema } from '../recording/machine-schema.js';
import { laneTotals } from './lane-totals.js';
import { ParametersSchema } from './parameters.js';
import { effectiveParameters, laneCount } from './plan.js';
import { TASK_STATE } from './task-table.js';
import { RepeatTotalsSchema, summaryFigures, SummaryFiguresSchema } from './summary.js';
import { typicalTimes } from './typical-times.js';
import { WorkCostsSchema } from '../analysis/work-costs.js';
import { workCostsOf } from './work-costs.js';
import { warningsOf, WarningSchema } from './warnings.js';

/** The name and version of the report's format. */
export const REPORT_SCHEMA = 'gilscope.report/2';

const overview = v.object({
  params: ParametersSchema,
  machine: MachineSchema,
  repeats: v.array(RepeatTotalsSchema),
  /** The figures over the repeats, and what a reader should know before trusting them. */
  summary: v.object({ ...SummaryFiguresSchema.entries, warnings: v.array(WarningSchema) }),
  /** Tasks that ended at the cap of iterations without converging. */
  cappedTasks: Count,
  /** Times the lock passed from one lane to another in each repeat. */
  handoffs: v.array(Count),
  /** What the verdict needs to know of what work and lock cost. */
  costs: WorkCostsSchema,
});

/** All of a run but its results: what the window shows of it. */
export type Overview = Checked<typeof overview>;
export type Summary = Overview['summary'];

/** Checks an overview that comes from another process. */
export const OverviewSchema: v.GenericSchema<unknown, Overview> = overview;

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

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function countOf(values: Int32Array, wanted: number): number {
  return values.reduce((count, value) => (value === wanted ? count + 1 : count), 0);
}
