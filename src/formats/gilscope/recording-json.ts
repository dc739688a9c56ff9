import * as v from 'valibot';
import { Count } from '../../base/schemas.js';
import { DescriptionSchema } from '../../recording/description-schema.js';
import { InterruptionsSchema } from '../../recording/interruptions-schema.js';
import { NO_INTERRUPTIONS } from '../../recording/interruptions.js';
import { MachineSchema } from '../../recording/machine-schema.js';
import type { Label, Repeat, TaskFacts } from '../../recording/recording.js';

/** The name and version of the format. */
export const RECORDING_SCHEMA = 'gilscope.recording/1';

/** Longest text of a file that is taken in. */
const Text = v.pipe(v.string(), v.maxLength(10_000));
const Nanoseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

const RepeatSchema = v.object({
  wallNs: Nanoseconds,
  handoffs: Count,
  otherCpuNs: v.nullable(Nanoseconds),
  keptUntilNs: v.nullable(Nanoseconds),
  /** Files of before it was recorded have none. */
  interruptions: v.optional(InterruptionsSchema, NO_INTERRUPTIONS),
  spanCounts: v.array(v.object({ kept: Count, dropped: Count })),
  /** How many of its rows in spans.arrow. */
  spans: Count,
}) satisfies v.GenericSchema<unknown, Omit<Repeat, 'timings' | 'spans'>>;

const LabelSchema = v.object({
  name: Text,
  file: v.nullable(Text),
  line: v.nullable(Count),
}) satisfies v.GenericSchema<unknown, Label>;

const RunSchema = v.object({
  run: v.pipe(Count, v.minValue(1)),
  /** Its own machine, where that is another one than the file's. */
  machine: v.optional(MachineSchema),
  description: DescriptionSchema,
  /** What the source alone knows; who knows the source checks it. */
  source: v.looseObject({ kind: v.picklist(['experiment', 'process', 'file']) }),
  tasks: v.nullable(
    v.object({
      count: v.pipe(Count, v.minValue(1)),
      shared: v.record(Text, v.union([v.number(), Text])),
      columns: v.record(Text, v.picklist(['number', 'integer', 'flag'])),
      more: v.array(Text),
    }),
  ),
  /** Recordings by tasks have none. */
  labels: v.optional(v.pipe(v.array(LabelSchema), v.maxLength(1_000_000))),
  repeats: v.pipe(v.array(RepeatSchema), v.minLength(1), v.maxLength(100_000)),
});

/** `recording.json` of a file; fields that it does not know are let pass. */
export const RecordingJsonSchema = v.pipe(
  v.object({
    schema: v.literal(RECORDING_SCHEMA),
    /** The version of Gilscope that wrote it. */
    gilscope: Text,
    /** Whether it is one run, the runs of a comparison in the order of its table, the cells of a sweep, a program's, or a comparison with a Python. */
    kind: v.picklist(['run', 'comparison', 'sweep', 'process', 'python-comparison']),
    /** What a sweep is of; who knows sweeps checks it. */
    sweep: v.optional(v.looseObject({})),
    /** What was measured in a Python; who knows that checks it. */
    python: v.optional(v.looseObject({})),
    /** When it was recorded, as ISO 8601. */
    created: v.pipe(Text, v.isoTimestamp()),
    /** What the user calls it, where it has a name of its own. */
    name: v.optional(Text),
    note: Text,
    machine: MachineSchema,
    runs: v.pipe(v.array(RunSchema), v.maxLength(16_384)),
  }),
  v.check(({ kind, runs }) => kind === 'sweep' || runs.length > 0, 'there is no run'),
);

export type RecordingJson = v.InferOutput<typeof RecordingJsonSchema>;
export type RunJson = RecordingJson['runs'][number];

/** The types of a recording's task columns after the times, those of the CSV first. */
export function columnTypes({
  results,
  more,
}: TaskFacts): NonNullable<RunJson['tasks']>['columns'] {
  const all = Object.entries({ ...results, ...more });
  return Object.fromEntries(all.map(([name, { type }]) => [name, type]));
}
