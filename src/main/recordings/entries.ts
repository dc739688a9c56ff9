import { basename } from 'node:path';
import { plainLine, plainLines } from '../../base/plain-text.js';
import type { PythonMeasurements } from '../../experiment/python-measurements.js';
import { NAME_LENGTH, NOTE_LENGTH, type Entry } from '../../ipc/index.js';
import type { SavedSweep } from '../../sweep/saved-sweep.js';
import type { RecordingFile } from '../../storage/recording-file.js';

/** The entries of the list, as the main process knows them: with the paths of their files. */

/** What an entry's file has besides recordings; null where it has none of it. */
export interface Besides {
  /** What was measured in a Python beside its runs. */
  readonly python: PythonMeasurements | null;
  /** What it is a sweep of. */
  readonly sweep: SavedSweep | null;
}

/** An entry and where it is saved. */
export interface KeptEntry {
  readonly entry: Entry;
  /** The path of its file; null where it has none. */
  readonly path: string | null;
  /** How long its repeats took together, in ns. */
  readonly wallNs: number;
  readonly besides: Besides;
}

/** What kind of entry each kind of file makes. */
const ENTRY_KINDS = {
  run: 'run',
  process: 'run',
  comparison: 'comparison',
  'python-comparison': 'comparison',
  sweep: 'sweep',
} as const satisfies Record<RecordingFile['kind'], Entry['kind']>;

/** Longest name of a file that is shown. */
const FILE_LENGTH = 120;

/** Work that took longer than this, in ns, is not thrown away without a question. */
const LONG_NS = 60e9;

/** The entry of what was just recorded. */
export function newEntry(kind: Entry['kind'], runs: readonly number[], at: Date): Entry {
  return {
    id: firstOf(runs),
    kind,
    runs: [...runs],
    created: at.toISOString(),
    isOpened: false,
    name: '',
    note: '',
    file: null,
    isSaved: false,
  };
}

/** The entry of a file that was opened, by a number that is no other entry's. */
export function openedEntry(
  id: number,
  runs: readonly number[],
  path: string,
  { kind, created, name = '', note }: RecordingFile,
): Entry {
  return {
    ...newEntry(ENTRY_KINDS[kind], runs, new Date(created)),
    ...called({ name, note }),
    id,
    isOpened: true,
    file: fileName(path),
    isSaved: true,
  };
}

/** A name and a note as an entry may have them. */
export function called({ name, note }: Pick<Entry, 'name' | 'note'>): Pick<Entry, 'name' | 'note'> {
  return { name: plainLine(name, NAME_LENGTH), note: plainLines(note, NOTE_LENGTH) };
}

/** The name of a file as it may be shown. */
export function fileName(path: string): string {
  return plainLine(basename(path), FILE_LENGTH);
}

/** Whether work would be lost with an entry: a comparison, a sweep, or what took over a minute. */
export function isUnsavedWork({ entry, wallNs }: KeptEntry): boolean {
  const isWork = wallNs > 0 && (entry.kind !== 'run' || wallNs > LONG_NS);
  return isWork && !entry.isSaved;
}

/** The number that the recording of a cell has in the session, whose sweep's first cell has that of `first`. */
export function runOfCell(first: number, { number }: { readonly number: number }): number {
  return first + number - 1;
}

function firstOf(runs: readonly number[]): number {
  const [first] = runs;
  if (first === undefined) throw new RangeError('an entry has a run');
  return first;
}
