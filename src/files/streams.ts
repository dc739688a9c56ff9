import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

/** What is written: text, or bytes, in pieces as they are made. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes to a stream piece by piece, no faster than it takes them, with other work of the event loop
 * between the pieces. It does not end the stream.
 *
 * @throws the stream's error; the signal's reason as soon as that aborts, even while the stream takes
 *   nothing
 */
export async function writeThrough(
  stream: Writable,
  pieces: Pieces,
  signal?: AbortSignal,
): Promise<void> {
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    await write(stream, piece, signal);
    // Where writing needs no waiting, signals still get their turn.
    await setImmediate();
  }
}

function write(
  stream: Writable,
  piece: string | Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', leave);
    stream.write(piece, (error) => {
      signal?.removeEventListener('abort', leave);
      if (error) reject(error);
      else resolve();
    });
  });
}
