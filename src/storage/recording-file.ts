import { ContentError } from '../base/content-error.js';
import { comparedParameters, VARIANTS } from '../experiment/variants.js';
import { PARAMETER_NAMES } from '../experiment/parameters.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import { experimentFrom } from '../experiment/saved-experiment.js';
import { archiveBytes } from '../files/archive.js';
import { Archive, ArchiveError, type OnUnpacked } from '../files/open-archive.js';
import { archiveFiles, readArchive, type Saved } from '../formats/gilscope/index.js';
import {
  pythonMeasurementsFrom,
  type PythonMeasurements,
} from '../experiment/python-measurements.js';
import type { Machine } from '../recording/machine.js';
import type { UncheckedRecording } from '../recording/recording.js';
import { cellFinder, sweepFrom, sweepJson, type SavedSweep } from '../sweep/saved-sweep.js';
import type { ProcessRecording } from '../process/recording.js';
import { processFrom } from '../process/saved-process.js';

/** Recordings as `.gilscope` files on the disk. */

/** What a file of experiments holds. */
export type ExperimentFile = RunsFile | SweepFile;

/** One run, or the runs of a comparison. */
export interface RunsFile extends Omit<Saved, 'sweep' | 'python' | 'machine'> {
  readonly kind: 'run' | 'comparison';
  readonly recordings: readonly ExperimentRecording[];
}

/** The cells of a sweep that were measured: none before its first round is over. */
export interface SweepFile extends Omit<Saved, 'sweep' | 'python'> {
  readonly kind: 'sweep';
  readonly machine: Machine;
  readonly recordings: readonly ExperimentRecording[];
  readonly sweep: SavedSweep;
}

/** What a file of a program holds. */
export interface ProcessFile extends Omit<Saved, 'sweep' | 'python' | 'machine'> {
  readonly kind: 'process';
  readonly recordings: readonly [ProcessRecording];
}

/** A comparison with a Python: Gilscope's own runs, those of the comparison first, and then the Python's. */
export interface PythonComparisonFile extends Omit<Saved, 'sweep' | 'python' | 'machine'> {
  readonly kind: 'python-comparison';
  readonly recordings: readonly AnyRecording[];
  readonly python: PythonMeasurements;
}

/** What a file holds. */
export type RecordingFile = ExperimentFile | ProcessFile | PythonComparisonFile;

/** A recording of any source. */
export type AnyRecording = ExperimentRecording | ProcessRecording;

/** Whether a recording is of a program. */
export function isProcess(recording: AnyRecording): recording is ProcessRecording {
  return recording.source.kind === 'process';
}

/** Makes the bytes of a file. */
export function recordingBytes(file: RecordingFile): AsyncIterable<Uint8Array> {
  const sweep = file.kind === 'sweep' ? sweepJson(file.sweep) : undefined;
  const python = file.kind === 'python-comparison' ? file.python : undefined;
  return archiveBytes(archiveFiles({ ...file, sweep, python }));
}

/**
 * Reads a file.
 *
 * @throws ArchiveError that names the file and says in a line why it cannot be opened
 */
export async function openRecordings(
  path: string,
  onUnpacked?: OnUnpacked,
): Promise<RecordingFile> {
  const archive = await Archive.open(path, onUnpacked);
  try {
    const { kind, sweep, python, machine, ...saved } = await readArchive((name) =>
      archive.read(name),
    );
    if (kind === 'process') {
      const [first, ...others] = saved.recordings;
      if (first === undefined || others.length > 0) throw new ContentError('more than one program');
      return { ...saved, kind, recordings: [processFrom(first)] };
    }
    if (kind === 'python-comparison')
      return { ...saved, kind, ...pythonComparisonFrom(saved, python) };
    const recordings = saved.recordings.map(experimentFrom);
    if (kind === 'sweep') {
      const known = sweepFrom(sweep);
      const cellOf = cellFinder(known.plan);
      for (const { number, source } of recordings) cellOf(number, source.parameters);
      return { ...saved, kind, machine, recordings, sweep: known };
    }
    if (kind === 'comparison') checkComparison(recordings);
    else if (recordings.length !== 1) {
      throw new ContentError(`a run of ${recordings.length} recordings`);
    }
    return { ...saved, kind, recordings };
  } catch (error) {
    if (error instanceof ContentError) throw new ArchiveError(path, error.message, error);
    throw error;
  } finally {
    await archive.close();
  }
}

/** @throws ContentError where its recordings are not those that its measurements say */
function pythonComparisonFrom(
  { recordings: read }: { readonly recordings: readonly UncheckedRecording[] },
  saved: unknown,
): Pick<PythonComparisonFile, 'recordings' | 'python'> {
  const python = pythonMeasurementsFrom(saved);
  const { own, recorded } = python;
  if (read.length !== own.length + recorded.length) {
    throw new ContentError(`a comparison with a Python of ${read.length} recordings`);
  }
  const experiments = read.slice(0, own.length).map(experimentFrom);
  checkComparison(experiments.slice(0, VARIANTS.length));
  return { recordings: [...experiments, ...read.slice(own.length).map(processFrom)], python };
}

/**
 * Reads a file that must be a sweep's.
 *
 * @throws ArchiveError where it is not, as of `openRecordings`
 */
export async function openSweep(path: string): Promise<SweepFile> {
  const file = await openRecordings(path);
  if (file.kind !== 'sweep') throw new ArchiveError(path, `it holds a ${file.kind}, not a sweep`);
  return file;
}

/** @throws ContentError where recordings are not those of a comparison, in the order of its table */
function checkComparison(recordings: readonly ExperimentRecording[]): void {
  const found = recordings.map(({ source }) => source.parameters);
  const executor = found[VARIANTS.indexOf('executor')];
  if (recordings.length !== VARIANTS.length || executor === undefined) {
    throw new ContentError(`a comparison of ${recordings.length} recordings`);
  }
  const wanted = comparedParameters(executor);
  for (const [place, variant] of VARIANTS.entries()) {
    const differs = PARAMETER_NAMES.filter(
      (name) => found[place]?.[name] !== wanted[variant][name],
    );
    if (differs.length > 0) {
      throw new ContentError(
        `a comparison whose run ${place + 1} has another ${differs.join(', ')}`,
      );
    }
  }
}
