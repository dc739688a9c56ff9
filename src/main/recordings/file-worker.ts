import { parentPort, workerData } from 'node:worker_threads';
import { ArchiveError } from '../../files/archive.js';
import { writePieces } from '../../files/files.js';
import { openRecordings, recordingBytes } from '../../storage/recording-file.js';
import type { EntryFile, FileTask, WorkerMessage } from './file-tasks.js';
import { recordedOf } from './recorded.js';

/**
 * A thread that reads or writes one file of recordings: packing and unpacking tables takes seconds
 * where there are many spans, for which the main process must not stand still.
 */

/** Time between two messages of how far reading has come, in ms. */
const TELL_EVERY_MS = 50;

function tell(message: WorkerMessage, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, [...transfer]);
}

async function open(path: string): Promise<void> {
  let toldMs = performance.now();
  const file = await openRecordings(path, (share) => {
    const now = performance.now();
    if (now < toldMs + TELL_EVERY_MS) return;
    toldMs = now;
    tell({ type: 'share', share });
  });
  if (file.kind === 'sweep') {
    throw new ArchiveError(path, 'it is of a sweep, on which `gilscope show` reports');
  }
  const recorded = file.recordings.map((recording) => recordedOf(1, recording));
  tell({ type: 'opened', file, recorded }, [...buffersOf(file.recordings)]);
}

async function save(path: string, saved: EntryFile): Promise<void> {
  const cancelling = new AbortController();
  parentPort?.once('message', () => {
    cancelling.abort(new Error('the app was closed'));
  });
  await writePieces(path, recordingBytes(saved), cancelling.signal);
  tell({ type: 'saved' });
}

/** The buffers of all arrays in a value, each once, to be handed over rather than copied. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return found;
}

const task = workerData as FileTask;
try {
  await (task.type === 'open' ? open(task.path) : save(task.path, task.saved));
} catch (error) {
  tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
}
// A message for it is no longer waited for.
parentPort?.close();
