import { groupsBy } from '../base/groups.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import { archiveBytes } from '../files/archive.js';
import { filesOfRuns, type RunToWrite } from '../formats/gilscope/index.js';
import { checkParts, mergedCells } from '../sweep/merge.js';
import { sweepJson, type SavedSweep } from '../sweep/saved-sweep.js';
import { bytesOf, cellRecording, MergedTables, repeatsOf, type UnreadCell } from './merged-cell.js';
import { PartReader, type SweepPart } from './sweep-part.js';

/** A sweep that was put together from files. */
export interface MergedSweep {
  /** What the sweep is, and which parts of it are there. */
  readonly sweep: SavedSweep;
  /** How many cells there are, those of several machines counted each. */
  readonly runs: number;
  readonly machines: number;
  /** Of all cells together. */
  readonly repeats: number;
  /** Makes the bytes of its file; they end with an ArchiveError where a part's tables are not as they should be. */
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** What tables take that are in memory at a time, unless a test says otherwise. */
const BATCH_BYTES = 2 ** 26;

/**
 * Puts parts of a sweep together. Their tables are read while its file is written, some cells at a time, so
 * that they are never all in memory.
 *
 * @param batchBytes what tables that are in memory at a time may take
 * @throws ArchiveError where a file is no part of a sweep, MergeError where they are not of one
 */
export async function mergeSweeps(
  paths: readonly string[],
  { batchBytes = BATCH_BYTES }: { readonly batchBytes?: number } = {},
): Promise<MergedSweep> {
  const reader = new PartReader();
  const parts: SweepPart[] = [];
  for (const path of paths) parts.push(await reader.open(path));
  const sweep = checkParts(parts);
  const cells = mergedCells(sweep.plan, parts);
  const [first] = parts;
  if (first === undefined) throw new RangeError('there are no parts');
  const created = parts.map(({ about }) => about.created).sort()[0] ?? first.about.created;
  const about = { ...first.about, created, sweep: sweepJson(sweep) };
  return {
    sweep,
    runs: cells.length,
    machines: new Set(cells.map(({ machine }) => machine)).size,
    repeats: cells.reduce((sum, cell) => sum + repeatsOf(cell), 0),
    bytes: () =>
      archiveBytes(
        filesOfRuns(
          about,
          first.machine,
          runsToWrite(cells, new CellBatches(cells, reader, batchBytes)),
        ),
      ),
  };
}

function runsToWrite(cells: readonly UnreadCell[], batches: CellBatches): RunToWrite[] {
  return cells.map((cell) => ({
    about: cellRecording(cell),
    repeats: () => `[${cell.runs.map(({ repeats }) => repeats.slice(1, -1)).join(',')}]`,
    recording: () => batches.recording(cell),
  }));
}

/** Reads the tables of cells, which are asked for in their order: of some cells at a time, as each has a little in all files. */
class CellBatches {
  readonly #cells: readonly UnreadCell[];
  readonly #reader: PartReader;
  readonly #batchBytes: number;
  #tables: ReadonlyMap<UnreadCell, MergedTables> = new Map();
  /** The cell that was asked for last, which is asked for once for each of its tables. */
  #latest: { readonly cell: UnreadCell; readonly recording: ExperimentRecording } | undefined;

  constructor(cells: readonly UnreadCell[], reader: PartReader, batchBytes: number) {
    this.#cells = cells;
    this.#reader = reader;
    this.#batchBytes = batchBytes;
  }

  async recording(cell: UnreadCell): Promise<ExperimentRecording> {
    if (this.#latest?.cell === cell) return this.#latest.recording;
    this.#latest = undefined;
    if (!this.#tables.has(cell)) {
      // Those before go first.
      this.#tables = new Map();
      this.#tables = await this.#read(this.#batchFrom(cell));
    }
    const recording = this.#tables.get(cell)?.recording();
    if (recording === undefined) throw new RangeError(`cell ${cell.number} was not read`);
    this.#latest = { cell, recording };
    return recording;
  }

  async #read(cells: readonly UnreadCell[]): Promise<Map<UnreadCell, MergedTables>> {
    const tables = new Map(cells.map((cell) => [cell, new MergedTables(cell)]));
    const runs = cells.flatMap((cell) => cell.runs.map((run) => ({ ...run, cell })));
    for (const ofPart of groupsBy(runs, ({ path }) => path)) {
      await this.#reader.read(ofPart, ({ cell }, recording) => tables.get(cell)?.add(recording));
    }
    return tables;
  }

  /** Returns the cells from one on that are read together. */
  #batchFrom(first: UnreadCell): UnreadCell[] {
    const batch: UnreadCell[] = [];
    let bytes = 0;
    for (const cell of this.#cells.slice(this.#cells.indexOf(first))) {
      bytes += bytesOf(cell);
      if (batch.length > 0 && bytes > this.#batchBytes) break;
      batch.push(cell);
    }
    return batch;
  }
}
