import { checkParts, mergedRecordings } from '../sweep/merge.js';
import type { SavedSweep } from '../sweep/saved-sweep.js';
import { openSweep, recordingBytes } from './recording-file.js';

/** A sweep that was put together from files. */
export interface MergedSweep {
  /** What the sweep is, and which parts of it are there. */
  readonly sweep: SavedSweep;
  /** How many cells there are, those of several machines counted each. */
  readonly runs: number;
  readonly machines: number;
  /** Of all cells together. */
  readonly repeats: number;
  /** Makes the bytes of its file. */
  readonly bytes: () => AsyncIterable<Uint8Array>;
}
export async function mergeSweeps(paths: readonly string[]): Promise<MergedSweep> {
  const parts = [];
  for (const path of paths) parts.push({ path, ...(await openSweep(path)) });
  const sweep = checkParts(parts);
  const recordings = mergedRecordings(sweep.plan, parts);
  const [first] = parts;
  if (first === undefined) throw new RangeError('there are no parts');
  const { machine, version, note } = first;
  const created =
    parts
      .map((part) => part.created)
      .sort()
      .at(0) ?? first.created;
  return {
    sweep,
    runs: recordings.length,
    machines: new Set(recordings.map((recording) => recording.machine)).size,
    repeats: recordings.reduce((sum, recording) => sum + recording.repeats.length, 0),
    bytes: () =>
      recordingBytes({ kind: 'sweep', recordings, machine, sweep, created, note, version }),
  };
}
