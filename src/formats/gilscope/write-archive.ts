import type { Machine } from '../../recording/machine.js';
import type { Recording, Repeat } from '../../recording/recording.js';
import {
  JSON_NAME,
  README_NAME,
  spansName,
  tasksName,
  type Saved,
  type SavedAbout,
} from './archive-layout.js';
import {
  columnTypes,
  RECORDING_SCHEMA,
  type RecordingJson,
  type RunJson,
} from './recording-json.js';
import { spansIn, spanTable } from './span-table.js';
import { taskTable } from './task-table.js';

/** A file inside the archive. */
export interface ArchiveFile {
  readonly name: string;
  /** Makes it when it is written, in pieces one after another. */
  readonly pieces: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A run that is to be written. */
export interface RunToWrite {
  /** What it says of itself. */
  readonly about: Omit<Recording, 'repeats'>;
  /** Makes the JSON of its repeats. */
  readonly repeats: () => string;
  /** Returns its recording; asked for when its tables are written, once for each. */
  readonly recording: () => Recording | Promise<Recording>;
}

const README = `A recording made by Gilscope: who computed, waited and held the lock from when to when.
Open it with Gilscope, or read runs/K/spans.arrow and runs/K/tasks.arrow with anything that knows Apache Arrow, for example
pandas.read_feather(zipfile.ZipFile(path).open("runs/1/spans.arrow")); recording.json says what was recorded.
`;

/** Returns the files of an archive of recordings that are all in memory. */
export function archiveFiles({
  recordings,
  machine = recordings[0]?.machine,
  ...about
}: Saved): Iterable<ArchiveFile> {
  if (machine === undefined) throw new RangeError('there is no recording to save');
  const runs = recordings.map((recording) => ({
    about: recording,
    repeats: () => JSON.stringify(recording.repeats.map(repeatJson)),
    recording: () => recording,
  }));
  return filesOfRuns(about, machine, runs);
}

/** Returns the files of an archive, to be made in their order: recording.json, and the tables run by run. */
export function* filesOfRuns(
  about: SavedAbout,
  machine: Machine,
  runs: readonly RunToWrite[],
): Generator<ArchiveFile> {
  yield { name: README_NAME, pieces: () => [encode(README)] };
  yield { name: JSON_NAME, pieces: () => jsonPieces(about, machine, runs) };
  for (const { about: run, recording } of runs) {
    yield {
      name: spansName(run.number),
      pieces: async function* () {
        yield* spanTable(await recording());
      },
    };
    if (run.tasks === null) continue;
    yield {
      name: tasksName(run.number),
      pieces: async function* () {
        yield* taskTable(await recording());
      },
    };
  }
}

/** Makes recording.json, a line for each run. */
function* jsonPieces(
  { version, kind, created, name, note, sweep, python }: SavedAbout,
  machine: Machine,
  runs: readonly RunToWrite[],
): Generator<Uint8Array> {
  const schema = RECORDING_SCHEMA;
  const head: Omit<RecordingJson, 'runs'> = {
    ...{ schema, gilscope: version, kind, created, name, note, machine, sweep, python },
  };
  yield encode(`${withoutEnd(JSON.stringify(head, null, 1), '\n}')},\n "runs": [`);
  let comma = '';
  for (const { about, repeats } of runs) {
    const run = withoutEnd(JSON.stringify(runJson(about, machine)), '}');
    yield encode(`${comma}\n${run},"repeats":${repeats()}}`);
    comma = ',';
  }
  yield encode('\n]}\n');
}

function withoutEnd(text: string, end: string): string {
  return text.slice(0, -end.length);
}

function runJson(
  { number, machine, description, source, tasks, labels }: RunToWrite['about'],
  usual: Machine,
): Omit<RunJson, 'repeats'> {
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
  };
}

function repeatJson(repeat: Repeat): RunJson['repeats'][number] & { readonly timings: undefined } {
  return {
    ...repeat,
    timings: undefined,
    spanCounts: [...repeat.spanCounts],
    spans: spansIn(repeat),
  };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
