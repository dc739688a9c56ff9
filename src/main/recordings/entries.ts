import { basename } from 'node:path';
import { plainLine, plainLines } from '../../base/plain-text.js';
import type { PythonMeasurements } from '../../experiment/python-measurements.js';
import { NAME_LENGTH, NOTE_LENGTH, type Entry } from '../../ipc/index.js';

import type { EntryFile } from './file-tasks.js';

/** The entries of the list, as the main process knows them: with the paths of their files. */

/** An entry and where it is saved. */
export interface KeptEntry {
  readonly entry: Entry;
  /** The path of its file; null where it has none. */
  readonly path: string | null;
  /** How long its repeats took together, in ns. */
  readonly wallNs: number;
  /** What was measured in a Python beside its runs; null where nothing was. */
  readonly python: PythonMeasurements | null;
}

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

/** The entry of a file that was opened. */
export function openedEntry(
  runs: readonly number[],
  path: string,
  { kind, created, name = '', note }: EntryFile,
): Entry {
  return {
    ...newEntry(kind.endsWith('comparison') ? 'comparison' : 'run', runs, new Date(created)),
    ...called({ name, note }),
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

/** Whether work would be lost with an entry: a comparison, or what took over a minute. */
export function isUnsavedWork({ entry, wallNs }: KeptEntry): boolean {
  const isWork = wallNs > 0 && (entry.kind === 'comparison' || wallNs > LONG_NS);
  return isWork && !entry.isSaved;
}

function firstOf(runs: readonly number[]): number {
  const [first] = runs;
  if (first === undefined) throw new RangeError('an entry has a run');
  return first;
}
