import { randomUUID } from 'node:crypto';
import { constants, openSync } from 'node:fs';
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
import { Socket } from 'node:net';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getSystemErrorMap } from 'node:util';
import { writeThrough, type Pieces } from './streams.js';

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

/**
 * Writes a file piece by piece as it is made, with other work of the event loop between the pieces.
 *
 * A regular file is written beside its target and renamed once it is whole: where that fails or
 * is aborted no part is left, and an older file stays as it was. Anything else, such as a pipe or
 * a device, is written straight to; a pipe once somebody has opened it to read.
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
    if (target.isPipe) {
      await writeToPipe(target.path, pieces, signal);
    } else {
      await (target.isWhole ? replaceFile : appendTo)(target, (handle) =>
        writeFile(handle, pieces, { signal }),
      );
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

/** Where text goes: the path behind any links, and how what is there is treated. */
interface Target {
  readonly path: string;
  /** A regular file, or nothing yet: it is replaced as a whole. Otherwise it is written to. */
  readonly isWhole: boolean;
  readonly isPipe: boolean;
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
  if (found === undefined) return { path: await placeOf(path), isWhole: true, isPipe: false };
  if (found.isDirectory()) throw new Error('it is a directory');
  // A file that must not be written is not replaced either, though its folder might allow it.
  await access(path, constants.W_OK);
  return {
    path: await realpath(path),
    isWhole: found.isFile(),
    isPipe: found.isFIFO(),
    mode: found.mode & 0o777,
  };
}

async function appendTo(target: Target, fill: Fill): Promise<void> {
  await using handle = await open(target.path, 'a');
  await fill(handle);
}

/**
 * Writes into a pipe, which may keep the writer waiting for ever. So no thread is blocked by it: one
 * that is could not be woken, not even for the process to exit.
 */
async function writeToPipe(path: string, pieces: Pieces, signal?: AbortSignal): Promise<void> {
  const fd = await openPipe(path, signal);
  const pipe = new Socket({ fd, readable: false, writable: true });
  // Who writes is told by `writeThrough`.
  pipe.on('error', () => undefined);
  try {
    await writeThrough(pipe, pieces, signal);
  } finally {
    pipe.destroy();
  }
}

const LOOK_FOR_READER_EVERY_MS = 50;

/** Opens a pipe as soon as somebody reads it. */
async function openPipe(path: string, signal?: AbortSignal): Promise<number> {
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      // Nobody has opened it to read.
      if (codeOf(error) !== 'ENXIO') throw error;
    }
    await setTimeout(LOOK_FOR_READER_EVERY_MS, undefined, { signal });
  }
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
