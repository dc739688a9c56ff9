import { ContentError } from '../../base/content-error.js';
import * as v from 'valibot';
import { shortened } from '../../base/shortened.js';
import type { Machine } from '../../recording/machine.js';
import type {
  Recording,
  TaskFacts,
  TaskTimings,
  UncheckedRecording,
} from '../../recording/recording.js';
import {
  columnTypes,
  RECORDING_SCHEMA,
  RecordingJsonSchema,
  type RecordingJson,
  type RunJson,
} from './recording-json.js';
import { readSpanTable, spansIn, spanTable } from './span-table.js';
import { readTaskTable, taskTable } from './task-table.js';

/**
 * The files inside `NAME.gilscope`, a zip archive:
 *
 *     README.txt          three lines for whoever opens it without Gilscope
 *     recording.json      what it is of (recording-json.ts)
 *     runs/K/spans.arrow  the spans of run K (span-table.ts)
 *     runs/K/tasks.arrow  its tasks, where it has some (task-table.ts)
 */

export { RECORDING_SCHEMA } from './recording-json.js';

/** What is saved together: the recordings of one run, one comparison or one sweep, or that of a program. */
export interface Saved {
  readonly kind: RecordingJson['kind'];
  readonly recordings: readonly Recording[];
  /** Where they were recorded; the first one's own where it is not said. */
  readonly machine?: Machine | undefined;
  /** What a sweep says of itself. */
  readonly sweep?: Readonly<Record<string, unknown>> | undefined;
  /** What was measured in a Python. */
  readonly python?: Readonly<Record<string, unknown>> | undefined;
  /** When they were recorded, as ISO 8601. */
  readonly created: string;
  /** What the user calls it, where it has a name of its own. */
  readonly name?: string | undefined;
  readonly note: string;
  /** The version of Gilscope that wrote them. */
  readonly version: string;
}

/** A file inside the archive, made when it is written, in pieces one after another. */
export interface ArchiveFile {
  readonly name: string;
  readonly pieces: () => readonly Uint8Array[];
}

/** How the files inside the archive are read, by their names. */
export type ReadFile = (name: string) => Promise<Uint8Array | undefined>;

const README = `A recording made by Gilscope: who computed, waited and held the lock from when to when.
Open it with Gilscope, or read runs/K/spans.arrow and runs/K/tasks.arrow with anything that knows Apache Arrow, for example
pandas.read_feather(zipfile.ZipFile(path).open("runs/1/spans.arrow")); recording.json says what was recorded.
`;

/** The files of an archive. Tables are made one at a time, when they are asked for. */
export function* archiveFiles({
  kind,
  recordings,
  machine = recordings[0]?.machine,
  sweep,
  python,
  created,
  name,
  note,
  version,
}: Saved): Generator<ArchiveFile> {
  if (machine === undefined) throw new RangeError('there is no recording to save');
  const json: RecordingJson = {
    schema: RECORDING_SCHEMA,
    gilscope: version,
    kind,
    created,
    name,
    note,
    machine,
    sweep,
    python,
    runs: recordings.map((recording) => runJson(recording, machine)),
  };
  yield { name: 'README.txt', pieces: () => [encode(README)] };
  yield { name: 'recording.json', pieces: () => [encode(`${JSON.stringify(json, null, 1)}\n`)] };
  for (const recording of recordings) {
    const { number, tasks } = recording;
    yield { name: spansName(number), pieces: () => spanTable(recording) };
    if (tasks !== null) {
      yield { name: tasksName(number), pieces: () => taskTable(recording) };
    }
  }
}

/**
 * Reads what an archive holds.
 *
 * @throws ContentError that says in a line what is wrong with it
 */
export async function readArchive(read: ReadFile): Promise<
  Omit<Saved, 'recordings'> & {
    readonly machine: Machine;
    readonly recordings: readonly UncheckedRecording[];
  }
> {
  const json = parseJson(await need(read, 'recording.json'));
  const recordings: UncheckedRecording[] = [];
  for (const run of json.runs) recordings.push(await readRun(read, json, run));
  return {
    kind: json.kind,
    recordings,
    machine: json.machine,
    sweep: json.sweep,
    python: json.python,
    created: json.created,
    name: json.name,
    note: json.note,
    version: json.gilscope,
  };
}

function runJson(
  { number, machine, description, source, tasks, labels, repeats }: Recording,
  usual: Machine,
): RunJson {
  return {
    run: number,
    machine: machine === usual ? undefined : machine,
    description: { ...description, lanes: [...description.lanes] },
    // Results are columns of tasks.arrow.
    source: { ...source, results: undefined },
    tasks: tasks && {
      count: tasks.count,
      shared: tasks.shared,
      columns: columnTypes(tasks),
      more: Object.keys(tasks.more),
    },
    labels: labels?.map((label) => ({ ...label })),
    repeats: repeats.map((repeat) => ({
      ...repeat,
      timings: undefined,
      spanCounts: [...repeat.spanCounts],
      spans: spansIn(repeat),
    })),
  };
}

async function readRun(
  read: ReadFile,
  file: RecordingJson,
  run: RunJson,
): Promise<UncheckedRecording> {
  const { run: number, machine = file.machine, description, source, tasks } = run;
  const { labels = null } = run;
  const lanes = description.lanes.length;
  if (run.repeats.some(({ spanCounts }) => spanCounts.length !== lanes)) {
    throw new ContentError('recording.json has counts of spans for other lanes than it has');
  }
  const count = tasks?.count ?? 0;
  const spans = run.repeats.map((repeat) => repeat.spans);
  const name = spansName(number);
  const bounds = { lanes, tasks: count, labels: labels?.length ?? null, spans };
  const words = readSpanTable(name, await need(read, name), bounds);
  const known = tasks === null ? null : await readTasks(read, run, tasks);
  return {
    number,
    description,
    machine,
    source,
    tasks: known?.facts ?? null,
    labels,
    repeats: run.repeats.map((repeat, index) => ({
      ...repeat,
      timings: known?.timings[index] ?? null,
      spans: [words[index] ?? new Float64Array()],
    })),
  };
}

async function readTasks(
  read: ReadFile,
  { run, description, repeats }: RunJson,
  { count, shared, columns: types, more }: NonNullable<RunJson['tasks']>,
): Promise<{ facts: TaskFacts; timings: readonly TaskTimings[] }> {
  const name = tasksName(run);
  const bounds = { lanes: description.lanes.length, count, repeats: repeats.length, types };
  const { timings, columns } = readTaskTable(name, await need(read, name), bounds);
  const pick = (isMore: boolean) =>
    Object.fromEntries(Object.entries(columns).filter(([key]) => more.includes(key) === isMore));
  return { facts: { count, shared, results: pick(false), more: pick(true) }, timings };
}

function parseJson(bytes: Uint8Array): RecordingJson {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ContentError('recording.json is no JSON', { cause });
  }
  const found = v.safeParse(v.object({ schema: v.string() }), json);
  if (!found.success || !found.output.schema.startsWith('gilscope.recording/')) {
    throw new ContentError('recording.json is of no recording');
  }
  if (found.output.schema !== RECORDING_SCHEMA) {
    const { schema } = found.output;
    throw new ContentError(
      `it is ${shortened(schema, 40)}, and this Gilscope reads ${RECORDING_SCHEMA}; open it with a newer one`,
    );
  }
  const checked = v.safeParse(RecordingJsonSchema, json);
  if (checked.success) return checked.output;
  const [issue] = checked.issues;
  const place = shortened(v.getDotPath(issue) ?? 'it', 80);
  throw new ContentError(
    `recording.json is not as it should be: ${place}: ${shortened(issue.message, 120)}`,
  );
}

async function need(read: ReadFile, name: string): Promise<Uint8Array> {
  const bytes = await read(name);
  if (bytes === undefined) throw new ContentError(`it has no ${name}`);
  return bytes;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function spansName(run: number): string {
  return `runs/${run}/spans.arrow`;
}

function tasksName(run: number): string {
  return `runs/${run}/tasks.arrow`;
}
