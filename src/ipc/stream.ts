import * as v from 'valibot';
import { InterruptionsSchema } from '../recording/interruptions-schema.js';
import { VARIANTS } from '../experiment/variants.js';
import { ParametersSchema } from '../experiment/parameters.js';
import { ProgressSchema } from '../experiment/progress.js';
import { OverviewSchema } from '../experiment/report.js';
import { Count } from '../base/schemas.js';
import { SPAN_WORDS } from '../recording/spans.js';
import { PaceSchema } from './pace.js';
import { OutputSchema } from './programs.js';
import { AboutSchema, EntrySchema, RecordedEntrySchema, RepeatFactsSchema } from './recordings.js';
import { SWEEP_MESSAGES } from './sweep-messages.js';
import { ComparedRunsSchema, comparedSchema, FailureSchema, RunNumber } from './values.js';

/** The stream of messages by which the main process tells the window what becomes of runs. */

/** Words of packed spans; see spans.ts. */
const SpanWords = v.custom<Float64Array<ArrayBuffer>>(
  (value) => value instanceof Float64Array && value.length % SPAN_WORDS === 0,
  'span words are not a Float64Array of whole spans',
);

/**
 * What the main process sends on the stream, in order. `timeline` clears the timeline and says
 * which repeat the spans after it belong to, live or shown again. Of a live run's repeats that begin
 * and end within one beat only the last is sent: a repeat that another follows so soon may lack its
 * `timeline`, or some of its spans and its `timelineEnd`. A run may start anew under the number of
 * an earlier one, whose place it takes.
 */
export const StreamMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('started'),
    run: RunNumber,
    about: AboutSchema,
    entry: EntrySchema,
    pace: PaceSchema,
  }),
  /** News of a run: how far it has come, at least every two seconds. */
  v.object({
    type: v.literal('progress'),
    run: RunNumber,
    progress: ProgressSchema,
    pace: PaceSchema,
  }),
  /** What a recording that goes on says of itself by now, with the repeats that are whole. */
  v.object({
    type: v.literal('described'),
    run: RunNumber,
    about: AboutSchema,
    repeats: v.array(RepeatFactsSchema),
  }),
  /** News of a program that is recorded: for how long it has been. */
  v.object({
    type: v.literal('sampled'),
    run: RunNumber,
    lengthNs: v.pipe(v.number(), v.minValue(0)),
    pace: PaceSchema,
  }),
  /** What a program prints that is recorded, also after the recording. */
  v.object({ type: v.literal('output'), run: RunNumber, output: OutputSchema }),
  v.object({
    type: v.literal('timeline'),
    run: RunNumber,
    repeat: Count,
    lanes: Count,
    /** It is an uncounted repeat, shown while it is on and not kept. */
    warmup: v.boolean(),
    /** How many spans are to come; absent where that is not known yet. */
    spans: v.optional(Count),
  }),
  v.object({ type: v.literal('spans'), sequence: Count, run: RunNumber, words: SpanWords }),
  /** All spans of the repeat are out; with it how long it took. */
  v.object({
    type: v.literal('timelineEnd'),
    run: RunNumber,
    repeat: Count,
    wallNs: v.number(),
    /** Until when all spans are there that came through the rings; null where to the end. */
    keptUntilNs: v.nullable(v.number()),
    interruptions: InterruptionsSchema,
    dropped: Count,
  }),
  v.object({
    type: v.literal('ended'),
    run: RunNumber,
    outcome: v.picklist(['done', 'stopped', 'failed']),
    /** The run's figures, of the repeats that were completed; null where none was. */
    overview: v.nullable(OverviewSchema),
    /** Why it failed. */
    failure: v.nullable(FailureSchema),
  }),
  /** The spans of a run were let go to save memory; its figures and its tasks are kept. */
  v.object({ type: v.literal('spansEvicted'), run: RunNumber }),
  /** Something went wrong that no request of the page's was about, such as a file that cannot be opened. */
  v.object({ type: v.literal('failed'), failure: FailureSchema }),
  /** Files are being opened: which one now, and how much of it is read, 0 to 1; null when all are done. */
  v.object({
    type: v.literal('opening'),
    opening: v.nullable(v.object({ file: v.string(), share: v.number() })),
  }),
  /** A file has been opened: its recordings, as entries like any other. */
  v.object({ type: v.literal('opened'), recorded: RecordedEntrySchema }),
  /** An entry has been named, noted or saved. */
  v.object({ type: v.literal('entry'), entry: EntrySchema }),
  /** An entry has been removed from the list, or put back. */
  v.object({ type: v.literal('removed'), id: RunNumber }),
  v.object({ type: v.literal('restored'), id: RunNumber }),
  /** The files that were opened or saved last, the newest first, as they are to be shown. */
  v.object({ type: v.literal('recent'), files: v.array(v.string()) }),
  /** A comparison is on: what it measured so far, and what it measures now. */
  v.object({
    type: v.literal('comparing'),
    parameters: ParametersSchema,
    runs: ComparedRunsSchema,
    variant: v.picklist(VARIANTS),
    round: Count,
    /** Wall times of the repeats that were completed, in ns. */
    wallsNs: comparedSchema(v.array(v.number())),
  }),
  /** A comparison has ended, with its runs if there is a repeat of each. */
  v.object({
    type: v.literal('compared'),
    parameters: ParametersSchema,
    runs: ComparedRunsSchema,
    outcome: v.picklist(['done', 'stopped', 'failed']),
    /** Its entry, and its runs in the order of VARIANTS; null where there is no repeat of each. */
    recorded: v.nullable(RecordedEntrySchema),
    failure: v.nullable(FailureSchema),
  }),
  ...SWEEP_MESSAGES,
]);

export type { Pace } from './pace.js';

/** A message from the main process to the window. */
export type StreamMessage = v.InferOutput<typeof StreamMessageSchema>;

/**
 * The first message of each stream: how every run and comparison so far began and ended. A page that
 * opens another stream gets all of it again, in place of what an earlier stream told.
 */
export const HistorySchema = v.object({
  type: v.literal('history'),
  messages: v.array(StreamMessageSchema),
});
export type History = v.InferOutput<typeof HistorySchema>;

/** What the window answers on the stream: it has taken in the spans of that sequence number. */
export const AcknowledgementSchema = v.object({ type: v.literal('ack'), sequence: Count });

/** A message from the window to the main process. */
export type Acknowledgement = v.InferOutput<typeof AcknowledgementSchema>;

/** Span batches on their way to the window that it has not acknowledged, at most. */
export const BATCHES_IN_FLIGHT = 4;

/** Bytes of a span batch, at most: so few that the window takes one in within a part of a frame. */
export const BATCH_BYTES = 2 ** 18;

/** The channels that set up the stream: the page asks for it, the main process hands it a port. */
export const STREAM_CHANNELS = { open: 'stream:open', port: 'stream:port' } as const;

/** The message with which the preload hands the page its end of the stream. */
export const STREAM_PORT_MESSAGE = 'gilscope:stream';
