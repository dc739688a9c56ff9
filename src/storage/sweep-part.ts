import { ContentError } from '../base/content-error.js';
import { Interned } from '../base/interned.js';
import type { Parameters } from '../experiment/parameters.js';
import type { MeasuredCosts } from '../experiment/recording.js';
import { checkShape, costsFrom } from '../experiment/saved-experiment.js';
import { Archive, ArchiveError } from '../files/open-archive.js';
import {
  readHead,
  readRun,
  spansName,
  TableLayouts,
  tasksName,
  type ArchiveHead,
  type ReadFile,
  type RunJson,
} from '../formats/gilscope/index.js';
import type { UncheckedRecording } from '../recording/recording.js';
import type { PartFile, PartRun } from '../sweep/merge.js';
import type { SweepPlan } from '../sweep/plan.js';
import { cellFinder, sweepFrom, type CellFinder } from '../sweep/saved-sweep.js';

/** A part of a sweep, of which only recording.json was read: a thousand are in memory at once. */
export interface SweepPart extends PartFile {
  readonly about: Omit<ArchiveHead, 'runs'>;
  readonly runs: readonly UnreadRun[];
}

/** A run whose tables are yet to be read. */
export interface UnreadRun extends PartRun {
  readonly path: string;
  readonly archive: Archive;
  /** The cell's. */
  readonly parameters: Parameters;
  readonly costs: MeasuredCosts;
  readonly json: Omit<RunJson, 'repeats' | 'source'>;
  /** The repeats as JSON; as objects they take three times the memory. */
  readonly repeats: string;
  readonly repeatCount: number;
  /** Of all repeats. */
  readonly spans: number;
}

/** Reads parts of sweeps, which have most of what they say in common. */
export class PartReader {
  readonly #interned = new Interned();
  readonly #layouts = new TableLayouts();
  readonly #finders = new Map<SweepPlan, CellFinder>();

  /**
   * Reads what a part says of itself.
   *
   * @throws ArchiveError where the file is no part of a sweep
   */
  async open(path: string): Promise<SweepPart> {
    const archive = await Archive.open(path);
    return reading(path, archive, async (read) => {
      const { runs, ...about } = await readHead(read);
      if (about.kind !== 'sweep') {
        throw new ArchiveError(path, `it holds a ${about.kind}, not a sweep`);
      }
      const { plan, parts } = sweepFrom(about.sweep);
      const sweep = { plan: this.#interned.first(plan), parts };
      const machine = this.#interned.first(about.machine);
      const ofRun = (run: RunJson) => ({
        ...this.#unread(run, sweep.plan, archive),
        machine: run.machine === undefined ? machine : this.#interned.first(run.machine),
        path,
        archive,
      });
      return { path, machine, sweep, about, runs: runs.map(ofRun) };
    });
  }

  /**
   * Reads the tables of runs of one part.
   *
   * @throws ArchiveError where they are not as they should be
   */
  async read<Run extends UnreadRun>(
    runs: readonly Run[],
    take: (run: Run, recording: UncheckedRecording) => void,
  ): Promise<void> {
    const [first] = runs;
    if (first === undefined) return;
    const { path, archive } = first;
    await archive.reopen();
    await reading(path, archive, async (read) => {
      for (const run of runs) {
        const repeats = repeatsIn(run.repeats);
        const json = { ...run.json, source: { kind: 'experiment' as const }, repeats };
        take(run, await readRun(read, run.machine, json, this.#layouts));
      }
    });
  }

  #unread(run: RunJson, plan: SweepPlan, archive: Archive) {
    const { run: number, description, tasks, source, repeats } = run;
    const { parameters } = this.#finderOf(plan)(number, source['parameters']);
    checkShape(parameters, { description, tasks });
    const spans = repeats.reduce((sum, repeat) => sum + repeat.spans, 0);
    checkRoom(archive, spansName(number), spans);
    checkRoom(archive, tasksName(number), parameters.matrices * repeats.length);
    return {
      number,
      parameters,
      costs: costsFrom(source),
      json: {
        run: number,
        description: this.#interned.first(description),
        tasks: this.#interned.first(tasks),
      },
      repeats: JSON.stringify(repeats),
      repeatCount: repeats.length,
      spans,
    };
  }

  #finderOf(plan: SweepPlan): CellFinder {
    const finder = this.#finders.get(plan) ?? cellFinder(plan);
    this.#finders.set(plan, finder);
    return finder;
  }
}

/** Bytes that a row of a table has at least: its start and its end. */
const ROW_BYTES = 16;

/** Refuses a table that is too small for its rows, before memory is taken for them. */
function checkRoom(archive: Archive, table: string, rows: number): void {
  const bytes = archive.bytesOf(table);
  if (rows * ROW_BYTES <= bytes) return;
  throw new ContentError(`${table} has ${bytes} bytes, too few for ${rows} rows`);
}

/** The repeats of a run that is kept unread. */
export function repeatsIn(text: string): RunJson['repeats'] {
  return JSON.parse(text) as RunJson['repeats'];
}

/** Reads from an archive that is open, and closes it. */
async function reading<Result>(
  path: string,
  archive: Archive,
  task: (read: ReadFile) => Promise<Result>,
): Promise<Result> {
  try {
    return await task((name) => archive.read(name));
  } catch (error) {
    if (error instanceof ContentError) throw new ArchiveError(path, error.message, error);
    throw error;
  } finally {
    await archive.close();
  }
}
