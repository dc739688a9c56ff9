import * as v from 'valibot';
import { ContentError } from '../../base/content-error.js';
import { shortened } from '../../base/shortened.js';
import type { Machine } from '../../recording/machine.js';
import type { TaskFacts, TaskTimings, UncheckedRecording } from '../../recording/recording.js';
import { JSON_NAME, spansName, tasksName, type SavedAbout } from './archive-layout.js';
import {
  RECORDING_SCHEMA,
  RecordingJsonSchema,
  type RecordingJson,
  type RunJson,
} from './recording-json.js';
import { readSpanTable } from './span-table.js';
import { TableLayouts } from './table-layouts.js';
import { readTaskTable } from './task-table.js';

/** How the files inside the archive are read, by their names. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** What recording.json says: of all recordings, and of each run, whose tables may be read then. */
export interface ArchiveHead extends SavedAbout {
  readonly machine: Machine;
  readonly runs: readonly RunJson[];
}

/**
 * Reads recording.json.
 *
 * @throws ContentError that says in a line what is wrong with it
 */
export async function readHead(read: ReadFile): Promise<ArchiveHead> {
  const json = parseJson(await need(read, JSON_NAME));
  const { gilscope: version, kind, created, name, note, machine, sweep, python, runs } = json;
  return { version, kind, created, name, note, machine, sweep, python, runs };
}

/**
 * Reads all that an archive holds.
 *
 * @throws ContentError that says in a line what is wrong with it
 */
export async function readArchive(
  read: ReadFile,
): Promise<Omit<ArchiveHead, 'runs'> & { readonly recordings: readonly UncheckedRecording[] }> {
  const { runs, ...head } = await readHead(read);
  const recordings: UncheckedRecording[] = [];
  const layouts = new TableLayouts();
  for (const run of runs) recordings.push(await readRun(read, head.machine, run, layouts));
  return { ...head, recordings };
}

/**
 * Reads the tables of a run.
 *
 * @param usual the machine of runs that do not say theirs
 * @param layouts read its tables
 * @throws ContentError that says in a line what is wrong with one
 */
export async function readRun(
  read: ReadFile,
  usual: Machine,
  run: RunJson,
  layouts: TableLayouts,
): Promise<UncheckedRecording> {
  const { run: number, machine = usual, description, source, tasks } = run;
  const { labels = null } = run;
  const lanes = description.lanes.length;
  if (run.repeats.some(({ spanCounts }) => spanCounts.length !== lanes)) {
    throw new ContentError('recording.json has counts of spans for other lanes than it has');
  }
  const count = tasks?.count ?? 0;
  const spans = run.repeats.map((repeat) => repeat.spans);
  const name = spansName(number);
  const bounds = { lanes, tasks: count, labels: labels?.length ?? null, spans };
  const words = readSpanTable(name, await need(read, name), bounds, layouts);
  const known = tasks === null ? null : await readTasks(read, run, tasks, layouts);
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
  layouts: TableLayouts,
): Promise<{ facts: TaskFacts; timings: readonly TaskTimings[] }> {
  const name = tasksName(run);
  const bounds = { lanes: description.lanes.length, count, repeats: repeats.length, types };
  const { timings, columns } = readTaskTable(name, await need(read, name), bounds, layouts);
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

async function need(read: ReadFile, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await read(name);
  if (bytes === undefined) throw new ContentError(`it has no ${name}`);
  return bytes;
}
