import { fstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FileError } from '../files/files.js';
import { writeThrough, type Pieces } from '../files/streams.js';

/** The streams that text may go to, by how they are called, and the files that they are. */
const STREAMS = {
  'standard output': { stream: process.stdout, descriptor: 1 },
  'standard error': { stream: process.stderr, descriptor: 2 },
} as const;
export type StreamName = keyof typeof STREAMS;

/**
 * The standard stream that a path is another name of, if any: `-`, `/dev/stdout`, `/dev/fd/2`, or the
 * file that it is redirected to.
 */
export async function streamBehind(path: string): Promise<StreamName | undefined> {
  if (path === '-') return 'standard output';
  const found = await stat(path).catch(() => undefined);
  const names = Object.keys(STREAMS) as StreamName[];
  return names.find((name) => {
    const own = fstatSync(STREAMS[name].descriptor);
    return found?.dev === own.dev && found.ino === own.ino;
  });
}

/**
 * Writes text to a standard stream piece by piece, no faster than it is read. Ends quietly where the
 * reader has gone.
 *
 * @throws FileError where the system refuses for another reason; the signal's reason if it aborts
 */
export async function writeToStream(
  name: StreamName,
  pieces: Pieces,
  signal: AbortSignal,
): Promise<void> {
  try {
    await writeThrough(STREAMS[name].stream, pieces, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isGone(error)) throw new FileError(name, error);
  }
}

/** Keeps a stream whose reader has gone from ending the process; `write` reports it to who writes. */
export function tolerateClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function isGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
  );
}
