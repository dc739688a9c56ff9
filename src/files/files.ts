import { constants, type Stats } from 'node:fs';
import { access, open, readlink, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { writeToPipe } from './pipe.js';
import { tryRegularFile, writeRegularFile } from './regular-file.js';
import type { Pieces } from './streams.js';
import { codeOf, systemReason } from './system-errors.js';

/** A file could not be written; the message names it and says the system's reason. */
export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(path: string, cause: unknown) {
    super(`cannot write ${path}: ${systemReason(cause)}`, { cause });
  }
}

/**
 * Finds out whether a file could be written, before there is anything to write into it. Nothing that
 * is there is changed.
 *
 * @throws FileError if it could not
 */
export async function checkWritable(path: string): Promise<void> {
  try {
    const old = await lookAt(path);
    if (old?.isFile() ?? true) await tryRegularFile({ path: await placeOf(path), old });
    // A terminal that there is not, above all.
    else if (old?.isCharacterDevice() === true) await (await open(path, 'a')).close();
  } catch (error) {
    throw new FileError(path, error);
  }
}

/**
 * Writes a file piece by piece as it is made, with other work of the event loop between the pieces.
 *
 * A regular file is replaced once the new one is whole, or else written in place: where that fails or
 * is aborted no part is left, and an older file stays as it was. Anything else, such as a pipe or a
 * device, is written straight to; a pipe once somebody has opened it to read.
 *
 * @throws FileError if the system refuses; the signal's reason if that aborts it
 */
export async function writePieces(
  path: string,
  pieces: Pieces,
  signal?: AbortSignal,
): Promise<void> {
  try {
    const old = await lookAt(path);
    if (old?.isFile() ?? true) {
      await writeRegularFile({ path: await placeOf(path), old }, pieces, signal);
    } else if (old?.isFIFO() === true) {
      await writeToPipe(path, pieces, signal);
    } else {
      await using handle = await open(path, 'a');
      await writeFile(handle, pieces, { signal });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw new FileError(path, error);
  }
}

/**
 * The path behind all links, though there may be nothing there yet.
 *
 * @throws an error where there is no folder for it, mostly the system's
 */
export async function placeOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  // `none/` is a folder's name, of which `basename` would make a file's.
  if (path.endsWith('/') || path.endsWith(sep)) throw new Error('there is no such directory');
  const folder = await realpath(dirname(path));
  const place = join(folder, basename(path));
  const linked = await readlink(place).catch(() => undefined);
  return linked === undefined ? place : placeOf(resolve(folder, linked));
}

/**
 * What there is behind a path to be written; undefined where there is nothing yet.
 *
 * @throws an error where it cannot be written at all
 */
async function lookAt(path: string): Promise<Stats | undefined> {
  const found = await stat(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  if (found === undefined) return undefined;
  if (found.isDirectory()) throw new Error('it is a directory');
  if (found.isSocket()) throw new Error('it is a socket');
  await access(path, constants.W_OK);
  return found;
}
