import { parentPort, workerData } from 'node:worker_threads';
import { finish } from '../../base/cooperative-task.js';
import { ArchiveError } from '../../files/open-archive.js';
import { writePieces } from '../../files/files.js';
import {
  openRecordings,
  recordingBytes,
  type RecordingFile,
} from '../../storage/recording-file.js';
import { findingsOf } from '../../sweep/find.js';
import type { FileTask, OpenedFile, WorkerMessage } from './file-tasks.js';
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
  tell({ type: 'opened', ...contentsOf(path, file) }, [...buffersOf(file.recordings)]);
}

function contentsOf(path: string, file: RecordingFile): OpenedFile {
  if (file.kind !== 'sweep') {
    const recorded = file.recordings.map((recording) => recordedOf(1, recording));
    return { file, recorded, findings: null };
  }
  if (file.recordings.length === 0) {
    const next = 'go on with it: gilscope sweep --resume';
    throw new ArchiveError(path, `no round of its sweep is whole; ${next}`);
  }
  const findings = finish(findingsOf(file.sweep.plan.axes, file.recordings));
  return { file, recorded: [], findings };
}

async function save(path: string, saved: RecordingFile): Promise<void> {
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
