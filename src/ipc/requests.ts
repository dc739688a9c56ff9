import * as v from 'valibot';
import { ACTION_IDS } from './action-names.js';
import { RangeAnalysisSchema } from '../analysis/schema.js';
import { COMPOSITINGS } from './compositing.js';
import { ParametersSchema } from '../experiment/parameters.js';
import { VARIANTS } from '../experiment/variants.js';
import { SWEEP_FORMATS, TEXT_FORMATS } from '../formats/registry.js';
import { MachineSchema } from '../recording/machine-schema.js';
import { PICTURE_BYTES, PictureName, PictureSchema } from './picture.js';
import { AxesSchema } from '../sweep/axes-schema.js';
import { formatBytes } from '../base/units.js';
import {
  AttachSchema,
  ChoiceSchema,
  InterpretersSchema,
  OutputSchema,
  ProgramsSchema,
  RunningProgramsSchema,
  StartedSchema,
  StartProgramSchema,
} from './programs.js';
import { EntrySchema, RecordedSchema } from './recordings.js';
import { FailureSchema, RunNumber, type Failure } from './values.js';
import { Count } from '../base/schemas.js';
import { isLargerThan } from './weight.js';

/** The requests that the window makes of the main process, and its answers. */

/** What came of a task of the power method. What is no finite number is null. */
const TaskResultSchema = v.object({
  iterations: Count,
  eigenvalue: v.nullable(v.number()),
  converged: v.boolean(),
});
export type TaskResult = v.InferOutput<typeof TaskResultSchema>;

/** A part of a run's spans: one repeat or all (null), and a range of time in ns or all of it. */
const SpanPartSchema = v.object({
  repeat: v.nullable(Count),
  range: v.nullable(
    v.pipe(
      v.object({
        startNs: v.pipe(v.number(), v.minValue(0)),
        endNs: v.pipe(v.number(), v.finite()),
      }),
      v.check(({ startNs, endNs }) => startNs < endNs, 'a range ends after it begins'),
    ),
  ),
});

const PanelHeight = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)));

/** The heights that the user has given to panels, in px. */
export const PanelsSchema = v.object({ runsPx: PanelHeight, analysisPx: PanelHeight });
export type Panels = v.InferOutput<typeof PanelsSchema>;

/** What the window's colours follow: the system's theme, or always one. */
export const THEMES = ['system', 'light', 'dark'] as const;
export const ThemeSchema = v.picklist(THEMES);
export type Theme = v.InferOutput<typeof ThemeSchema>;

const AppInfoSchema = v.object({
  machine: MachineSchema,
  defaults: ParametersSchema,
  /** What the form said last, and the defaults where it never said anything. */
  lastParameters: ParametersSchema,
  compositing: v.picklist(COMPOSITINGS),
  panels: PanelsSchema,
  theme: ThemeSchema,
  programs: ProgramsSchema,
});

const ExportResultSchema = v.variant('status', [
  /** Where it is, and how many rows it has, where it is a table of tasks. */
  v.object({ status: v.literal('saved'), path: v.string(), rows: v.nullable(Count) }),
  v.object({ status: v.literal('cancelled') }),
]);

const SavedSchema = v.variant('status', [
  v.object({ status: v.literal('saved'), path: v.string() }),
  v.object({ status: v.literal('cancelled') }),
]);

/** The paths of files that were dropped on the window. */
const DroppedSchema = v.pipe(
  v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(4096))),
  v.maxLength(100),
);

const Actions = v.pipe(v.array(v.picklist(ACTION_IDS)), v.maxLength(ACTION_IDS.length));

/** What the application menu shows of the window's actions. */
const MenuStateSchema = v.object({
  /** Those that can be done now. */
  enabled: Actions,
  /** Those that are on. */
  on: Actions,
});
export type MenuState = v.InferOutput<typeof MenuStateSchema>;

/** How the whole window is to be drawn: a step larger or smaller, or as it was at first. */
const MagnificationSchema = v.picklist(['larger', 'smaller', 'normal-size']);
export type Magnification = v.InferOutput<typeof MagnificationSchema>;

/** Every request that the window can make: its channel, what it sends and what it gets. */
export const REQUESTS = {
  /** The machine, the default parameters and those to begin with, how the window is drawn, and the kept panels and theme. */
  appInfo: { channel: 'app:info', request: v.null(), response: AppInfoSchema },
  /**
   * Starts a run; its news come on the stream. Refused while something else runs. It may take
   * the place, and the number, of an earlier one, which is forgotten.
   */
  startRun: {
    channel: 'run:start',
    request: v.object({ parameters: ParametersSchema, inPlaceOf: v.nullable(RunNumber) }),
    response: RunNumber,
  },
  /** Starts the runs of a comparison, in turn; its news come on the stream. */
  startComparison: { channel: 'comparison:start', request: ParametersSchema, response: v.null() },
  /**
   * Has the user choose a Python, which is started once the user has said to the main process that it may, and
   * measures how long its interpreter takes in an iteration of NumPy.
   */
  measureInterpreter: {
    channel: 'interpreter:measure',
    request: v.null(),
    response: v.variant('status', [
      v.object({
        status: v.literal('measured'),
        interpreterUs: v.pipe(v.number(), v.minValue(0)),
        /** Which Python: `CPython 3.11.2`. */
        python: v.string(),
      }),
      v.object({ status: v.literal('cancelled') }),
    ]),
  },
  /** Starts a sweep; what becomes of it is reported on the stream. Refused while something is running. */
  startSweep: { channel: 'sweep:start', request: AxesSchema, response: v.null() },
  /** Returns the recording of one cell of a sweep, which the page is not sent by itself. */
  sweptCell: {
    channel: 'sweep:cell',
    request: RunNumber,
    response: v.object({ recorded: RecordedSchema, hasSpans: v.boolean() }),
  },
  /** Asks where to, and exports a sweep. */
  exportSweep: {
    channel: 'sweep:export',
    request: v.object({ id: RunNumber, format: v.picklist(SWEEP_FORMATS) }),
    response: ExportResultSchema,
  },
  /** Which Python interpreters this machine has. */
  interpreters: {
    channel: 'program:interpreters',
    request: v.null(),
    response: InterpretersSchema,
  },
  /** Which Pythons run on this machine. */
  runningPrograms: {
    channel: 'program:running',
    request: v.null(),
    response: RunningProgramsSchema,
  },
  /** Has an interpreter, a script or a folder chosen; null where the user would not. */
  choosePath: {
    channel: 'program:choose',
    request: ChoiceSchema,
    response: v.nullable(v.string()),
  },
  /**
   * Starts a program and records it, once the user has allowed it to the main process; its news come on the
   * stream. Refused while something else is running.
   */
  startProgram: {
    channel: 'program:start',
    request: StartProgramSchema,
    response: StartedSchema,
  },
  /** Records a process of the list of those that run. */
  attachToProgram: { channel: 'program:attach', request: AttachSchema, response: RunNumber },
  /** All that is kept of what a program of this session has printed. */
  programOutput: { channel: 'program:output', request: RunNumber, response: OutputSchema },
  /** Stops the running run, comparison, sweep or recording, if there is one. */
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
  /** Asks where to, and exports a run, or the runs of a comparison in the order of its table. */
  exportRuns: {
    channel: 'runs:export',
    request: v.object({
      runs: v.pipe(v.array(RunNumber), v.minLength(1), v.maxLength(VARIANTS.length)),
      format: v.picklist(TEXT_FORMATS),
      part: SpanPartSchema,
    }),
    response: ExportResultSchema,
  },
  /** Asks which files to open, and opens them; the stream reports the outcome. */
  openFiles: { channel: 'file:open', request: v.null(), response: v.null() },
  /** Opens files that were dropped on the window; the preload knows their paths, and the page does not. */
  openDropped: { channel: 'file:open-dropped', request: DroppedSchema, response: v.null() },
  /** Opens one of the recent files, by its place in the list and what it is called there. */
  openRecent: {
    channel: 'file:open-recent',
    request: v.object({ place: Count, file: v.pipe(v.string(), v.maxLength(1000)) }),
    response: v.null(),
  },
  /** Saves an entry of the list to its file; asks where to if it has none, or is to have another. */
  saveEntry: {
    channel: 'entry:save',
    request: v.object({ id: RunNumber, as: v.boolean() }),
    response: SavedSchema,
  },
  /** Names an entry of the list, and puts a note on it. */
  describeEntry: {
    channel: 'entry:describe',
    request: v.pick(EntrySchema, ['id', 'name', 'note']),
    response: v.null(),
  },
  /** Removes an entry from the list, once it has asked where work would be lost. */
  removeEntry: {
    channel: 'entry:remove',
    request: RunNumber,
    response: v.object({ status: v.picklist(['removed', 'cancelled']) }),
  },
  /** Puts back what was removed from the list last. */
  restoreEntry: { channel: 'entry:restore', request: v.null(), response: v.null() },
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
  /** Keeps the panels' heights for the next start. */
  keepPanels: { channel: 'settings:panels', request: PanelsSchema, response: v.null() },
  /** Has the window follow a theme, now and after the next start. */
  setTheme: { channel: 'settings:theme', request: ThemeSchema, response: v.null() },
  /** Asks whether to, and has all that is kept be as at the first start. */
  resetSettings: {
    channel: 'settings:reset',
    request: v.null(),
    response: v.object({ status: v.picklist(['reset', 'cancelled']) }),
  },
  /** Opens the log in whatever program the system has for it. */
  openLog: { channel: 'log:open', request: v.null(), response: v.null() },
  /** Keeps what the form says for the next start. */
  keepParameters: {
    channel: 'settings:parameters',
    request: ParametersSchema,
    response: v.null(),
  },
  /** Asks which printer to, and prints the page as it is laid out for paper. */
  print: { channel: 'window:print', request: v.null(), response: v.null() },
  /** Has the whole window drawn larger or smaller. */
  magnify: { channel: 'window:magnify', request: MagnificationSchema, response: v.null() },
} as const;

/** A request's name. */
export type RequestName = keyof typeof REQUESTS;
export type RequestOf<Name extends RequestName> = v.InferOutput<(typeof REQUESTS)[Name]['request']>;

/** What a request weighs at most, in bytes, and one that carries a picture. */
const REQUEST_BYTES = 2 ** 16;
const PICTURE_REQUEST_BYTES = PICTURE_BYTES + REQUEST_BYTES;

/**
 * Reads what arrived as a request.
 *
 * @throws RangeError where it is too large to be looked at, ValiError where it is none
 */
export function readRequest<Name extends RequestName>(name: Name, input: unknown): RequestOf<Name> {
  const { channel, request } = REQUESTS[name];
  const bytes =
    name === 'copyPicture' || name === 'savePicture' ? PICTURE_REQUEST_BYTES : REQUEST_BYTES;
  if (isLargerThan(input, bytes)) {
    throw new RangeError(`The request ${channel} is larger than ${formatBytes(bytes)}.`);
  }
  return v.parse(request, input, { abortEarly: true });
}
export type ResponseOf<Name extends RequestName> = v.InferOutput<
  (typeof REQUESTS)[Name]['response']
>;

/** An answer as it crosses the bridge: exceptions lose their shape on the way. */
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

/** The schema of an answer to a request. */
export function answerSchema<Value>(
  value: v.GenericSchema<unknown, Value>,
): v.GenericSchema<unknown, Answer<Value>> {
  return v.variant('ok', [
    v.object({ ok: v.literal(true), value }),
    v.object({ ok: v.literal(false), failure: FailureSchema }),
  ]);
}
