import * as v from 'valibot';
import { ParametersSchema } from '../experiment/parameters.js';
import { ProcessSourceSchema } from '../process/saved-process.js';
import { GrowingDescriptionSchema } from '../recording/description-schema.js';
import { MachineSchema } from '../recording/machine-schema.js';
import { Count } from '../base/schemas.js';
import { OverviewSchema } from '../experiment/report.js';
import { RunNumber } from './values.js';

/** Recordings, and the entries of the list that they make up, as the page gets them. */

/** Where a recording comes from, with what of that the page works with. */
const SourceSchema = v.union([
  v.object({ kind: v.literal('experiment'), parameters: ParametersSchema }),
  ProcessSourceSchema,
  v.object({ kind: v.literal('file') }),
]);

const LabelSchema = v.object({
  name: v.string(),
  file: v.nullable(v.string()),
  line: v.nullable(Count),
});

/** What a recording says of itself. */
export const AboutSchema = v.object({
  description: GrowingDescriptionSchema,
  machine: MachineSchema,
  source: SourceSchema,
  /** How many tasks each repeat has; null where nothing is recorded by tasks. */
  tasks: v.nullable(Count),
  /** What spans are labelled with, where they are of no tasks; null where they are. */
  labels: v.nullable(v.array(LabelSchema)),
});
export type About = v.InferOutput<typeof AboutSchema>;

/** A repeat of a recording in figures that every source has. */
export const RepeatFactsSchema = v.object({
  wallNs: v.number(),
  keptUntilNs: v.nullable(v.number()),
  spans: Count,
  dropped: Count,
  /** Times that the shared lock passed on. */
  handoffs: Count,
});
export type RepeatFacts = v.InferOutput<typeof RepeatFactsSchema>;

/** A recording that is whole: what it says of itself, and its figures. */
export const RecordedSchema = v.object({
  run: RunNumber,
  about: AboutSchema,
  repeats: v.pipe(v.array(RepeatFactsSchema), v.minLength(1)),
  /** The figures of an experiment; null of others. */
  overview: v.nullable(OverviewSchema),
});
export type Recorded = v.InferOutput<typeof RecordedSchema>;

/** The longest name and the longest note that an entry may have. */
export const NAME_LENGTH = 200;
export const NOTE_LENGTH = 4000;

/** As many files that were opened or saved are remembered. */
export const RECENT_MOST = 10;

/** An entry of the list: a run, a comparison or a sweep, which is saved, named and removed as one. */
export const EntrySchema = v.object({
  /** The number of its first run, or that which the first cell of a sweep has or would have. */
  id: RunNumber,
  kind: v.picklist(['run', 'comparison', 'sweep']),
  runs: v.pipe(v.array(RunNumber), v.minLength(1)),
  /** When it was recorded, as ISO 8601. */
  created: v.pipe(v.string(), v.isoTimestamp()),
  /** It was opened from a file rather than recorded in this session. */
  isOpened: v.boolean(),
  /** What the user calls it; empty where it has no name of its own. */
  name: v.pipe(v.string(), v.maxLength(NAME_LENGTH)),
  note: v.pipe(v.string(), v.maxLength(NOTE_LENGTH)),
  /** The name of its file, to be read by people; null where it has none. */
  file: v.nullable(v.string()),
  /** The file has all that there is of it. */
  isSaved: v.boolean(),
});
export type Entry = v.InferOutput<typeof EntrySchema>;

/** An entry with its recordings, in the order of its runs. */
export const RecordedEntrySchema = v.object({
  entry: EntrySchema,
  recordings: v.pipe(v.array(RecordedSchema), v.minLength(1)),
});
export type RecordedEntry = v.InferOutput<typeof RecordedEntrySchema>;
