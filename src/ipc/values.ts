import { SuspensionSchema } from '../recording/interruptions-schema.js';
import { MachineSchema } from '../recording/machine-schema.js';
import * as v from 'valibot';
import { ParametersSchema } from '../experiment/parameters.js';
import type { Overview } from '../experiment/report.js';
import type { WorkCosts } from '../analysis/work-costs.js';
import { WARNING_CODES } from '../experiment/warning-rules.js';
import type { Warning } from '../experiment/warnings.js';

/** What both the requests and the stream carry. */

/** A run's number in the list of runs. */
export const RunNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const LaneTotalsSchema = v.object({
  lane: Count,
  tasks: Count,
  computeNs: v.number(),
  waitNs: v.number(),
  holdNs: v.number(),
  sleepNs: v.number(),
  idleNs: v.number(),
  queuedNs: v.nullable(v.number()),
  spans: Count,
  dropped: Count,
});

const WarningSchema = v.object({
  code: v.picklist(WARNING_CODES),
  message: v.string(),
  figures: v.record(v.string(), v.union([v.number(), v.string()])),
}) satisfies v.GenericSchema<unknown, Warning>;

const WorkCostsSchema = v.object({
  hasLock: v.boolean(),
  isLockInCompute: v.boolean(),
  holdNs: v.number(),
  handOverNs: v.number(),
  least: v.nullable(
    v.object({ computeNs: v.number(), sleepNs: v.number(), longestTaskNs: v.number() }),
  ),
}) satisfies v.GenericSchema<unknown, WorkCosts>;

export const OverviewSchema: v.GenericSchema<unknown, Overview> = v.object({
  params: ParametersSchema,
  machine: MachineSchema,
  repeats: v.array(
    v.object({
      wallNs: v.number(),
      lanes: v.array(LaneTotalsSchema),
      keptUntilNs: v.nullable(v.number()),
      suspensions: v.array(SuspensionSchema),
    }),
  ),
  summary: v.object({
    wallNs: v.object({
      median: v.number(),
      min: v.number(),
      max: v.number(),
      ci95: v.nullable(v.tuple([v.number(), v.number()])),
    }),
    tasksPerSecond: v.number(),
    iterationsPerSecond: v.number(),
    gflops: v.number(),
    waitShare: v.number(),
    queuedShare: v.nullable(v.number()),
    suspendedNs: v.number(),
    handoffs: v.number(),
    outliers: v.array(Count),
    otherLoadCores: v.nullable(v.number()),
    warnings: v.array(WarningSchema),
  }),
  cappedTasks: Count,
  handoffs: v.array(Count),
  costs: WorkCostsSchema,
});

/** Something for each variant of a comparison. */
export const comparedSchema = <Value>(value: v.GenericSchema<unknown, Value>) =>
  v.object({ serial: value, static: value, executor: value, gilHeld: value });

/** The runs of a comparison. */
export const ComparedRunsSchema = comparedSchema(RunNumber);

/** What went wrong, for the user to read, and the parameter it is about if it is one. */
export interface Failure {
  readonly message: string;
  readonly parameter?: string | undefined;
}

export const FailureSchema = v.object({
  message: v.string(),
  parameter: v.optional(v.string()),
}) satisfies v.GenericSchema<unknown, Failure>;
