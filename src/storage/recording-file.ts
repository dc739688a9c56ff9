import { ContentError } from '../base/content-error.js';
import { VARIANTS } from '../experiment/variants.js';
import { experimentFrom } from '../experiment/saved-experiment.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import { ArchiveError, archiveBytes, openArchive } from '../files/archive.js';
import { archiveFiles, readArchive, type Saved } from '../formats/gilscope/index.js';

/** Recordings as `.gilscope` files on the disk. */

/** What a file of experiments holds. */
export interface ExperimentFile extends Saved {
  readonly recordings: readonly ExperimentRecording[];
}

/** Makes the bytes of a file. */
export function recordingBytes(saved: Saved): AsyncIterable<Uint8Array> {
  return archiveBytes(archiveFiles(saved));
}

/**
 * Reads a file.
 *
 * @throws ArchiveError that names the file and says in a line why it cannot be opened
 */
export async function openRecordings(path: string): Promise<ExperimentFile> {
  const archive = await openArchive(path);
  try {
    const saved = await readArchive(archive.read);
    const recordings = saved.recordings.map(experimentFrom);
    const wanted = saved.kind === 'run' ? 1 : VARIANTS.length;
    if (recordings.length !== wanted) {
      throw new ContentError(`a ${saved.kind} of ${recordings.length} recordings`);
    }
    return { ...saved, recordings };
  } catch (error) {
    if (error instanceof ContentError) throw new ArchiveError(path, error.message, error);
    throw error;
  } finally {
    archive.close();
  }
}
