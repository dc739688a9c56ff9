import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { getSystemErrorMap } from 'node:util';

/** A file could not be written; the message names it and says the system's reason. */
export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(path: string, cause: unknown) {
    super(`cannot write ${path}: ${systemReason(cause)}`, { cause });
  }
}

/**
 * Finds out whether a file could be written, before there is anything to write into it. The folder
 * of a regular file is tried by making a temporary file in it and removing that again.
 *
 * @throws FileError if it could not
 */
export async function checkWritable(path: string): Promise<void> {
  try {
    const target = await findTarget(path);
    if (target.isWhole) await usingPart(target, () => Promise.resolve());
  } catch (error) {
    throw new FileError(path, error);
  }
}

/** What is written: text, or bytes, in pieces as they are made. */
export type Pieces = Iterable<string | Uint8Array>;

/**
 * Writes a file piece by piece as it is made, with other work of the event loop between the pieces.
 *
 * A regular file is written beside its target and renamed once it is whole: where that fails or
 * is aborted no part is left, and an older file stays as it was. Anything else, such as a pipe or
 * a device, is written straight to.
 *
 * @throws FileError if the system refuses; the signal's reason if that aborts it
 */
export async function writePieces(
  path: string,
  pieces: Pieces,
  signal?: AbortSignal,
): Promise<void> {
  try {
    const target = await findTarget(path);
    await (target.isWhole ? replaceFile : appendTo)(target, (handle) =>
      writeFile(handle, pieces, { signal }),
    );
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

/** Where text goes: the path behind any links, and how what is there is treated. */
interface Target {
  readonly path: string;
  /** A regular file, or nothing yet: it is replaced as a whole. Otherwise it is written to. */
  readonly isWhole: boolean;
  /** The permissions that an older file has. */
  readonly mode?: number;
}

/** Writes the text into an open file. */
type Fill = (handle: FileHandle) => Promise<void>;

async function findTarget(path: string): Promise<Target> {
  const found = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return { path: await placeOf(path), isWhole: true };
  if (found.isDirectory()) throw new Error('it is a directory');
  // A file that must not be written is not replaced either, though its folder might allow it.
  await access(path, constants.W_OK);
  return { path: await realpath(path), isWhole: found.isFile(), mode: found.mode & 0o777 };
}

async function appendTo(target: Target, fill: Fill): Promise<void> {
  await using handle = await open(target.path, 'a');
  await fill(handle);
}

async function replaceFile(target: Target, fill: Fill): Promise<void> {
  await usingPart(target, async (part, partPath) => {
    if (target.mode !== undefined) await part.chmod(target.mode);
    await fill(part);
    await part.sync();
    await part.close();
    await rename(partPath, target.path);
  });
}

/** Makes a temporary file beside the target, which is gone after `use` unless that renamed it. */
async function usingPart(
  target: Target,
  use: (part: FileHandle, partPath: string) => Promise<void>,
): Promise<void> {
  const partPath = join(dirname(target.path), `.gilscope-${randomUUID()}.part`);
  const part = await open(partPath, 'wx');
  try {
    await use(part, partPath);
  } finally {
    await part.close();
    await rm(partPath, { force: true });
  }
}

/** What the system says, as `permission denied (EACCES)`; of other errors their message. */
function systemReason(error: unknown): string {
  const known =
    error instanceof Error && 'errno' in error
      ? getSystemErrorMap().get(Number(error.errno))
      : undefined;
  if (known !== undefined) return `${known[1]} (${known[0]})`;
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
