import { Worker } from 'node:worker_threads';
import type { Recorded } from '../../ipc/index.js';
import type { RecordingFile } from '../../storage/recording-file.js';
import type { SweepFindings } from '../../sweep/findings.js';

/** Reading and writing files of recordings on a thread of their own (file-worker.ts). */

/** What the thread is to do. */
export type FileTask =
  | { readonly type: 'open'; readonly path: string }
  | { readonly type: 'save'; readonly path: string; readonly saved: RecordingFile };

/** A file that was read: its recordings, and what is told of each, yet without its number. */
export interface OpenedFile {
  readonly file: RecordingFile;
  readonly recorded: readonly Recorded[];
  /** What a sweep found, whose recordings are told of one by one; null of others. */
  readonly findings: SweepFindings | null;
}

/** What the thread tells. */
export type WorkerMessage =
  /** How much of the file is unpacked, 0 to 1. */
  | { readonly type: 'share'; readonly share: number }
  | ({ readonly type: 'opened' } & OpenedFile)
  | { readonly type: 'saved' }
  /** It could not be done; the message names the file and the reason. */
  | { readonly type: 'failed'; readonly message: string };

/** Reads and writes files of recordings, each on a thread of its own. */
export interface FileTasks {
  /**
   * Reads a file.
   *
   * @param onShare given how much of it is unpacked, 0 to 1
   * @throws Error that names the file and the reason; the signal's reason where that aborts it
   */
  open(path: string, signal: AbortSignal, onShare: (share: number) => void): Promise<OpenedFile>;
  /**
   * Writes a file; an older one stays until the new one is whole.
   *
   * @throws Error that names the file and the reason; the signal's reason where that aborts it
   */
  save(path: string, saved: RecordingFile, signal: AbortSignal): Promise<void>;
}

/** @param worker the built file-worker.js */
export function fileTasks(worker: URL): FileTasks {
  return {
    open: async (path, signal, onShare) => {
      const thread = new Worker(worker, { workerData: { type: 'open', path } satisfies FileTask });
      // Reading leaves nothing behind.
      const cancel = () => void thread.terminate();
      const message = await lastMessage(thread, signal, cancel, onShare);
      if (message.type !== 'opened') throw new Error(`${path} was not opened`);
      return message;
    },
    save: async (path, saved, signal) => {
      const workerData: FileTask = { type: 'save', path, saved };
      const thread = new Worker(worker, { workerData });
      // It takes away the part that it has written.
      const cancel = () => {
        thread.postMessage('cancel');
      };
      await lastMessage(thread, signal, cancel, () => undefined);
    },
  };
}

type Outcome = Exclude<WorkerMessage, { type: 'share' | 'failed' }>;

/** Resolves with what a thread tells last, once it has ended. */
async function lastMessage(
  thread: Worker,
  signal: AbortSignal,
  cancel: () => void,
  onShare: (share: number) => void,
): Promise<Outcome> {
  signal.addEventListener('abort', cancel);
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      let outcome: Outcome | Error = new Error('the thread that works on files ended early');
      thread.on('message', (message: WorkerMessage) => {
        if (message.type === 'share') onShare(message.share);
        else outcome = message.type === 'failed' ? new Error(message.message) : message;
      });
      thread.on('error', (error) => {
        outcome = error;
      });
      thread.on('exit', () => {
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      });
      if (signal.aborted) cancel();
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
