import * as v from 'valibot';
import { DRAWINGS } from './drawing.js';
import { ACTION_IDS } from './action-names.js';
import { RangeAnalysisSchema } from './analysis/schema.js';
import { WAYS } from './comparison.js';
import { PictureName, PictureSchema } from './picture.js';
import { SPECIFICATIONS, ParametersSchema, type Parameters } from './parameters.js';
import type { Overview } from './report.js';
import type { Machine } from './run-record.js';
import { SPAN_WORDS } from './spans.js';
import { WARNING_CODES } from './warnings.js';

/**
 * The contract between the main process and the window: every channel with what goes in and what
 * comes back, and every message of the stream. Both ends validate what they receive.
 */

/** A run's number in the list of runs. */
const RunNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const MachineSchema = v.object({
  cpu: v.string(),
  logicalCores: Count,
  memoryBytes: v.number(),
  os: v.string(),
  runtime: v.string(),
  kernel: v.string(),
  clock: v.object({ stepNs: v.number(), readNs: v.number() }),
}) satisfies v.GenericSchema<unknown, Machine>;

const LaneTotalsSchema = v.object({
  lane: Count,
  tasks: Count,
  computeNs: v.number(),
  waitNs: v.number(),
  holdNs: v.number(),
  sleepNs: v.number(),
  idleNs: v.number(),
  spans: Count,
  dropped: Count,
});

const OverviewSchema: v.GenericSchema<unknown, Overview> = v.object({
  params: ParametersSchema,
  machine: MachineSchema,
  repeats: v.array(
    v.object({
      wallNs: v.number(),
      lanes: v.array(LaneTotalsSchema),
      keptUntilNs: v.nullable(v.number()),
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
    handoffs: v.number(),
    outliers: v.array(Count),
    otherLoadCores: v.nullable(v.number()),
    warnings: v.array(v.string()),
    warningCodes: v.array(v.picklist(WARNING_CODES)),
  }),
  cappedTasks: Count,
});

/** What came of a task of the power method. What is no finite number is null. */
const TaskResultSchema = v.object({
  iterations: Count,
  eigenvalue: v.nullable(v.number()),
  converged: v.boolean(),
});
export type TaskResult = v.InferOutput<typeof TaskResultSchema>;

/** Something for each way of a comparison. */
const comparedSchema = <Value>(value: v.GenericSchema<unknown, Value>) =>
  v.object({ serial: value, static: value, executor: value, gilHeld: value });

/** The runs of a comparison. */
const ComparedRunsSchema = comparedSchema(RunNumber);

/** The formats that a comparison is exported in, as their files' extensions name them. */
export const COMPARISON_FORMATS = ['csv', 'json', 'md'] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

const AppInfoSchema = v.object({
  machine: MachineSchema,
  defaults: ParametersSchema,
  drawing: v.picklist(DRAWINGS),
});

const ExportResultSchema = v.variant('status', [
  v.object({ status: v.literal('saved'), path: v.string(), rows: Count }),
  v.object({ status: v.literal('cancelled') }),
]);

const SavedSchema = v.variant('status', [
  v.object({ status: v.literal('saved'), path: v.string() }),
  v.object({ status: v.literal('cancelled') }),
]);

const Actions = v.array(v.picklist(ACTION_IDS));

/** What the application menu shows of the window's actions. */
const MenuStateSchema = v.object({
  /** Those that can be done now. */
  enabled: Actions,
  /** Those that are on. */
  on: Actions,
});
export type MenuState = v.InferOutput<typeof MenuStateSchema>;

/** Every request that the window can make: its channel, what it sends and what it gets. */
export const REQUESTS = {
  /** The machine, the parameters to begin with, and how the window is drawn. */
  appInfo: { channel: 'app:info', request: v.null(), response: AppInfoSchema },
  /**
   * Starts a run; what becomes of it is told on the stream. Refused while one is on. It may take
   * the place, and the number, of an earlier one, which is forgotten.
   */
  startRun: {
    channel: 'run:start',
    request: v.object({ parameters: ParametersSchema, inPlaceOf: v.nullable(RunNumber) }),
    response: RunNumber,
  },
  /** Starts the runs of a comparison, in turn; what becomes of it is told on the stream. */
  startComparison: { channel: 'comparison:start', request: ParametersSchema, response: v.null() },
  /** Stops the run or the comparison that is on, if any. */
  stopRun: { channel: 'run:stop', request: v.null(), response: v.null() },
  /** Streams one repeat of an earlier run again, counted from 0. */
  showRepeat: {
    channel: 'run:show',
    request: v.object({ run: RunNumber, repeat: Count }),
    response: v.null(),
  },
  /**
   * Analyses all repeats of an earlier run together. Refused while a run is on, and where its spans
   * were let go.
   */
  analyseRun: {
    channel: 'run:analyse',
    request: v.object({ run: RunNumber, baseline: v.nullable(RunNumber) }),
    response: RangeAnalysisSchema,
  },
  /** What came of one task of an earlier run; null where there is no such task. */
  taskResult: {
    channel: 'run:task-result',
    request: v.object({ run: RunNumber, task: Count }),
    response: v.nullable(TaskResultSchema),
  },
  /** Asks where to, and writes the run's tasks as CSV. */
  exportCsv: { channel: 'run:export-csv', request: RunNumber, response: ExportResultSchema },
  /** Asks where to, and writes a comparison of the four runs. */
  exportComparison: {
    channel: 'comparison:export',
    request: v.object({ runs: ComparedRunsSchema, format: v.picklist(COMPARISON_FORMATS) }),
    response: ExportResultSchema,
  },
  /** Puts text on the clipboard; pages have no permission of their own to do so. */
  copyText: {
    channel: 'clipboard:copy',
    request: v.pipe(v.string(), v.maxLength(10_000)),
    response: v.null(),
  },
  /** Puts a picture of a chart on the clipboard: a PNG as an image, an SVG as its text. */
  copyPicture: { channel: 'picture:copy', request: PictureSchema, response: v.null() },
  /** Asks where to, and writes a picture of a chart. */
  savePicture: {
    channel: 'picture:save',
    request: v.object({ name: PictureName, picture: PictureSchema }),
    response: SavedSchema,
  },
  /** Says what the application menu is to show, whenever that has changed. */
  showInMenu: { channel: 'menu:state', request: MenuStateSchema, response: v.null() },
} as const;

/** A request's name. */
export type RequestName = keyof typeof REQUESTS;
export type RequestOf<Name extends RequestName> = v.InferOutput<(typeof REQUESTS)[Name]['request']>;
export type ResponseOf<Name extends RequestName> = v.InferOutput<
  (typeof REQUESTS)[Name]['response']
>;

/** What went wrong, for the user to read, and the parameter it is about if it is one. */
export interface Failure {
  readonly message: string;
  readonly parameter?: string | undefined;
}

/** An answer as it crosses the bridge: exceptions lose their shape on the way. */
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

const FailureSchema = v.object({ message: v.string(), parameter: v.optional(v.string()) });

/** The schema of an answer to a request. */
export function answerSchema<Value>(
  value: v.GenericSchema<unknown, Value>,
): v.GenericSchema<unknown, Answer<Value>> {
  return v.variant('ok', [
    v.object({ ok: v.literal(true), value }),
    v.object({ ok: v.literal(false), failure: FailureSchema }),
  ]);
}

/** What the engine is doing while a run is on. */
export const PHASES = ['starting', 'generating', 'warming up', 'repeating'] as const;

const ProgressSchema = v.object({
  phase: v.picklist(PHASES),
  /** The repeat that is on, from 0, and how many there are of its phase. */
  repeat: Count,
  repeats: Count,
  /** Tasks done in it; while starting, threads that are ready; while generating, matrices. */
  tasksDone: Count,
  tasks: Count,
});

/** How far a run is. */
export type Progress = v.InferOutput<typeof ProgressSchema>;

/** Words of packed spans; see spans.ts. */
const SpanWords = v.custom<Float64Array<ArrayBuffer>>(
  (value) => value instanceof Float64Array && value.length % SPAN_WORDS === 0,
  'span words are not a Float64Array of whole spans',
);

const Milliseconds = v.pipe(v.number(), v.minValue(0));

/** How often the window is told of a run that is on, as what it takes is taken from the run's cores. */
const PaceSchema = v.object({
  /** The lanes need every core. */
  crowded: v.boolean(),
  /** Time between two sendings of spans, of which the window draws what is new alone. */
  beatMs: Milliseconds,
  /** Time between two sendings of news: progress above all. */
  newsMs: Milliseconds,
  /** Time between two times that all else of the window follows, and all of the picture. */
  wholeMs: Milliseconds,
});
export type Pace = v.InferOutput<typeof PaceSchema>;

/**
 * What the main process sends on the stream, in order. `timeline` clears the timeline and says
 * which repeat the spans after it belong to, live or shown again. A run may start anew under the
 * number of an earlier one, whose place it takes.
 */
export const StreamMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('started'),
    run: RunNumber,
    parameters: ParametersSchema,
    pace: PaceSchema,
  }),
  /** News of a run: how far it has come, at least every two seconds. */
  v.object({
    type: v.literal('progress'),
    run: RunNumber,
    progress: ProgressSchema,
    pace: PaceSchema,
  }),
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
  v.object({ type: v.literal('spansLetGo'), run: RunNumber }),
  /** A comparison is on: what it measured so far, and what it measures now. */
  v.object({
    type: v.literal('comparing'),
    parameters: ParametersSchema,
    runs: ComparedRunsSchema,
    way: v.picklist(WAYS),
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
    overviews: v.nullable(comparedSchema(OverviewSchema)),
    failure: v.nullable(FailureSchema),
  }),
]);

/** A message from the main process to the window. */
export type StreamMessage = v.InferOutput<typeof StreamMessageSchema>;

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

/** What the application menu sends to the page: the action that was chosen. */
export const ActionMessageSchema = v.object({ action: v.picklist(ACTION_IDS) });
export type ActionMessage = v.InferOutput<typeof ActionMessageSchema>;
export const ACTION_CHANNEL = 'menu:action';

/** The bridge that the preload puts on the page's `window.gilscope`. */
export type Bridge = {
  readonly [Name in RequestName]: (request: RequestOf<Name>) => Promise<Answer<ResponseOf<Name>>>;
} & {
  /** Asks the preload to post the stream's port to the page, once it listens. */
  readonly openStream: () => void;
  /** Has a listener told of what the menu sends, which is an ActionMessage if all is well. */
  readonly onAction: (listener: (message: unknown) => void) => void;
};

/** The label of a parameter, for messages about it. */
export function labelOf(parameter: string): string {
  return parameter in SPECIFICATIONS
    ? SPECIFICATIONS[parameter as keyof Parameters].label
    : parameter;
}
