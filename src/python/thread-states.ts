import type { Interpreter } from './interpreters.js';
import type { ThreadLayout } from './layout.js';
import {
  type Address,
  MemoryDoubt,
  type ProcessMemory,
  readBlock,
  unlessDoubtful,
} from './memory.js';

/**
 * Whether a thread of a free-threaded build may touch Python's objects: `detached` as if it had released a
 * GIL, `suspended` while another has stopped all.
 */
export type Attachment = 'detached' | 'attached' | 'suspended';

/** One thread's state in one interpreter. A thread may have one in each of several. */
export interface PythonThread {
  /** Its `PyThreadState`. */
  readonly address: Address;
  readonly tid: number;
  /** What `threading.get_ident()` returns in it. */
  readonly ident: number;
  readonly interpreter: Address;
  readonly attachment: Attachment | null;
}

/** A list that is longer goes in a circle, or is none. */
export const MAX_THREADS = 20_000;

/** Where glibc's `struct pthread`, to which pthread_self points, has the thread's native id. */
const PTHREAD_TID = process.arch === 'arm64' ? 208 : 720;

/** From a state of the thread's to its name; further ones appear only as a process ends. */
const ATTACHMENTS: readonly Attachment[] = ['detached', 'attached', 'suspended'];

/**
 * Reads an interpreter's thread states, newest first; without those of threads that have not started.
 *
 * @throws MemoryDoubt where the list changed meanwhile, or is none
 */
export function readThreads(
  memory: ProcessMemory,
  interpreter: Interpreter,
  layout: ThreadLayout,
): PythonThread[] {
  const { previous, next, interpreter: owner, ident, nativeId, state } = layout;
  const length = Math.max(previous, next, owner, ident, nativeId ?? 0, state ?? 0) + 8;
  const found: PythonThread[] = [];
  let newer: Address | null = null;
  let address = interpreter.threads;
  for (let count = 0; address !== null; count += 1) {
    const block = readBlock(memory, address, length);
    const isLinked = block.link(previous) === newer && block.u64(owner) === interpreter.address;
    if (!isLinked || count === MAX_THREADS) throw new MemoryDoubt('no list of threads');
    const tid = nativeId === null ? tidOf(memory, block.u64(ident)) : block.u64(nativeId);
    if (tid !== 0) {
      found.push({
        address,
        tid,
        ident: block.u64(ident),
        interpreter: interpreter.address,
        attachment: state === null ? null : attachmentOf(block.i32(state)),
      });
    }
    newer = address;
    address = block.link(next);
  }
  return withoutUnstarted(found);
}

/** Reads whether one thread is attached, in one read; null with a GIL and where the thread has ended. */
export function readAttachment(
  memory: ProcessMemory,
  thread: Address,
  layout: ThreadLayout,
): Attachment | null {
  const { state } = layout;
  if (state === null) return null;
  return unlessDoubtful(() => attachmentOf(readBlock(memory, thread + state, 4).i32(0)), null);
}

function attachmentOf(state: number): Attachment {
  return ATTACHMENTS[state] ?? 'suspended';
}

/** The native id of the thread with a pthread; 0 where it has ended. */
function tidOf(memory: ProcessMemory, pthread: Address): number {
  return unlessDoubtful(() => readBlock(memory, pthread + PTHREAD_TID, 4).u32(0), 0);
}

/** Until it runs, a new thread's state has the id of the thread that made it, whose own is older. */
function withoutUnstarted(threads: readonly PythonThread[]): PythonThread[] {
  const oldest = new Map(threads.map((thread) => [thread.tid, thread]));
  return threads.filter((thread) => oldest.get(thread.tid) === thread);
}
