import { writePieces } from '../files/files.js';
import type { Pieces } from '../files/streams.js';
import { askForPath, type ProposedFile } from './save-dialog.js';

/** Aborted when the app quits, so that no part of a file is left. */
const quitting = new AbortController();

/** Files that are being written. */
const underWay = new Set<Promise<void>>();

/** A file to be written where the user says. */
export interface NewFile extends ProposedFile {
  readonly pieces: Pieces;
}

/**
 * Asks where to, and writes a file there. Returns its path, or null where the user would not.
 *
 * @throws FileError if the system refuses; the old file, if any, is then untouched
 */
export async function saveAs({ pieces, ...file }: NewFile): Promise<string | null> {
  const path = await askForPath(file);
  if (path !== null) await writing(writePieces(path, pieces, quitting.signal));
  return path;
}

/** Gives up the files that are being written; resolves when their parts are gone. */
export async function abortSaving(): Promise<void> {
  quitting.abort(new Error('the app was closed'));
  await Promise.allSettled(underWay);
}

async function writing(work: Promise<void>): Promise<void> {
  underWay.add(work);
  try {
    await work;
  } finally {
    underWay.delete(work);
  }
}
