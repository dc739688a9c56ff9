import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { writeThrough, type Pieces } from './streams.js';
import { codeOf } from './system-errors.js';

/**
 * Writes into a pipe, which may keep the writer waiting for ever. So no thread is blocked by it: one
 * that is could not be woken, not even for the process to exit.
 */
export async function writeToPipe(
  path: string,
  pieces: Pieces,
  signal?: AbortSignal,
): Promise<void> {
  const fd = await openPipe(path, signal);
  const pipe = new Socket({ fd, readable: false, writable: true });
  // `writeThrough` reports it to who writes.
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
