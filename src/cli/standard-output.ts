import { fstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { FileError } from '../main/engine/files.js';

const STANDARD_OUTPUT = 1;

/** Whether a path is standard output under another name: `-`, `/dev/stdout`, `/dev/fd/1`. */
export async function isStandardOutput(path: string): Promise<boolean> {
  if (path === '-') return true;
  const found = await stat(path).catch(() => undefined);
  const own = fstatSync(STANDARD_OUTPUT);
  return found?.dev === own.dev && found.ino === own.ino;
}

/**
 * Writes text to standard output piece by piece, no faster than it is read. Ends quietly where the
 * reader has gone.
 *
 * @throws FileError where the system refuses for another reason; the signal's reason if it aborts
 */
export async function writeStandardOutput(
  pieces: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  for (const piece of pieces) {
    signal.throwIfAborted();
    const error = await write(piece);
    if (error !== undefined && isGone(error)) return;
    if (error !== undefined) throw new FileError('standard output', error);
    // Where writing needs no waiting, signals still get their turn.
    await setImmediate();
  }
}

/** Keeps a stream whose reader has gone from ending the process; who writes is told by `write`. */
export function tolerateClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function write(piece: string): Promise<Error | undefined> {
  return new Promise((resolve) => {
    process.stdout.write(piece, (error) => {
      resolve(error ?? undefined);
    });
  });
}

function isGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
