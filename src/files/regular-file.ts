import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf, systemReason } from './system-errors.js';

/**
 * Regular files that are written as a whole: the new text takes the place of the old one, or the old
 * one stays.
 */

/** What is written: text, or bytes, in pieces as they are made or read. */
type Source = Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>;

/** A regular file, or the place of one that is to be. */
export interface RegularFile {
  /** Behind all links. */
  readonly path: string;
  /** What is there already, if anything. */
  readonly old: Stats | undefined;
}

/** Where the system does not do what was asked for, though nothing is wrong with the file. */
const UNSUPPORTED: readonly unknown[] = [
  'EINVAL',
  'EPERM',
  'EACCES',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
];

/**
 * Finds out whether a file can be written and whether its disk has room for any text at all. Nothing
 * that is there is changed, and nothing is left.
 *
 * @throws the system's error where it cannot
 */
export async function tryRegularFile({ path, old }: RegularFile): Promise<void> {
  if (old === undefined) {
    // Under its own name, which may be one that the file system does not take.
    await tryText(path, await open(path, 'wx'));
    return;
  }
  // A file that must not be written is not replaced either, though its folder might allow it.
  await (await open(path, 'r+')).close();
  const part = await makePart(path);
  if (part !== undefined) await tryText(part.path, part.handle);
}

/**
 * Writes a file. The text goes into a temporary file beside the target, its part, which then replaces
 * the target. What cannot be replaced is written in place, the old text being kept aside meanwhile.
 *
 * @throws the system's error, or the signal's reason; no part is left then, and the old text stays
 */
export async function writeRegularFile(
  file: RegularFile,
  pieces: Source,
  signal: AbortSignal | undefined,
): Promise<void> {
  const part = await makePart(file.path);
  if (part === undefined) {
    await writeInPlace(file.path, pieces, signal);
    return;
  }
  try {
    const isAlike = file.old === undefined || (await takesAfter(part.handle, file.old));
    await fill(part.handle, pieces, signal);
    await sync(part.handle);
    await part.handle.close();
    if (isAlike && (await replaces(part.path, file.path))) return;
    await using whole = await open(part.path, 'r');
    await writeInPlace(file.path, bytesOf(whole), signal);
  } finally {
    await discard(part.path, part.handle);
  }
}

/** Writes a byte into a new file, and removes it. */
async function tryText(path: string, handle: FileHandle): Promise<void> {
  try {
    await handle.write('\n');
    await sync(handle);
  } finally {
    await discard(path, handle);
  }
}

interface Part {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Makes a part file beside a target. Returns undefined where its folder takes none. */
async function makePart(target: string): Promise<Part | undefined> {
  const path = join(dirname(target), `.gilscope-${randomUUID()}.part`);
  const handle = await open(path, 'wx').catch(() => undefined);
  return handle === undefined ? undefined : { path, handle };
}

/** Closes a file and removes it, if it is still there. */
async function discard(path: string, handle: FileHandle): Promise<void> {
  // What could not be closed was said to be wrong before, by what wrote or synced it.
  await handle.close().catch(() => undefined);
  await rm(path, { force: true });
}

/** Copies owner and permissions of an old file to a new one. Returns whether it has them. */
async function takesAfter(part: FileHandle, old: Stats): Promise<boolean> {
  const made = await part.stat();
  try {
    if (made.uid !== old.uid || made.gid !== old.gid) await part.chown(old.uid, old.gid);
    if (permissionsOf(made) !== permissionsOf(old)) await part.chmod(permissionsOf(old));
    return true;
  } catch {
    return false;
  }
}

function permissionsOf({ mode }: Stats): number {
  return mode & 0o777;
}

/** Renames a part to its target; says whether the system took that. */
async function replaces(part: string, target: string): Promise<boolean> {
  try {
    await rename(part, target);
    return true;
  } catch {
    return false;
  }
}

/** Has a file's text written to its disk, where that is something that the file system does. */
async function sync(handle: FileHandle): Promise<void> {
  await handle.sync().catch((error: unknown) => {
    if (!UNSUPPORTED.includes(codeOf(error))) throw error;
  });
}

/** Writes into the file itself; where that fails it is as it was. */
async function writeInPlace(
  path: string,
  pieces: Source,
  signal: AbortSignal | undefined,
): Promise<void> {
  const handle = await open(path, 'r+').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  await (handle === undefined
    ? writeNew(path, pieces, signal)
    : overwrite(path, handle, pieces, signal));
}

async function writeNew(
  path: string,
  pieces: Source,
  signal: AbortSignal | undefined,
): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await fill(handle, pieces, signal);
    await sync(handle);
    await handle.close();
  } catch (error) {
    await discard(path, handle);
    throw error;
  }
}

/** Writes over an open file's text, and closes it. */
async function overwrite(
  path: string,
  handle: FileHandle,
  pieces: Source,
  signal: AbortSignal | undefined,
): Promise<void> {
  await using file = handle;
  const aside = await setAside(file, dirname(path));
  try {
    // Cut only at the end: the room that the old text has is what it may need again.
    await file.truncate(await fill(file, pieces, signal));
    await sync(file);
  } catch (error) {
    await restore(file, aside.handle).catch((failure: unknown) => {
      const reason = `${systemReason(error)}; what was there is in ${aside.path}`;
      throw new Error(`${reason} (${systemReason(failure)})`, { cause: error });
    });
    await discard(aside.path, aside.handle);
    throw error;
  }
  await discard(aside.path, aside.handle);
}

/** Copies a file's text into a temporary file beside it, or else where temporary files are. */
async function setAside(file: FileHandle, folder: string): Promise<Part> {
  try {
    return await copyInto(folder, file);
  } catch {
    return copyInto(tmpdir(), file);
  }
}

async function copyInto(folder: string, file: FileHandle): Promise<Part> {
  const path = join(folder, `.gilscope-${randomUUID()}.part`);
  const handle = await open(path, 'wx+', 0o600);
  try {
    await fill(handle, bytesOf(file));
    await sync(handle);
    return { path, handle };
  } catch (error) {
    await discard(path, handle);
    throw error;
  }
}

async function restore(file: FileHandle, aside: FileHandle): Promise<void> {
  await file.truncate(await fill(file, bytesOf(aside)));
  await sync(file);
}

/** Bytes that are read at once. */
const CHUNK_BYTES = 2 ** 20;

async function* bytesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let at = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** Writes from a file's beginning on. Returns how many bytes that were. */
async function fill(file: FileHandle, pieces: Source, signal?: AbortSignal): Promise<number> {
  let at = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    for (let done = 0; done < bytes.length;) {
      signal?.throwIfAborted();
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
    at += bytes.length;
  }
  signal?.throwIfAborted();
  return at;
}
