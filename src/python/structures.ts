import type { RequestWord } from './gil-reader.js';
import { type Interpreter, readInterpreters } from './interpreters.js';
import type { Layout } from './layout.js';
import type { Address, ProcessMemory } from './memory.js';
import {
  type Attachment,
  type PythonThread,
  readAttachment,
  readThreads,
} from './thread-states.js';

/** How interpreters and threads are found in a process. Each list throws MemoryDoubt where it is none. */
export interface Structures {
  /** The interpreters, newest first. */
  interpreters(): Interpreter[];
  threads(): PythonThread[];
  attachmentOf(thread: Address): Attachment | null;
  /** Where a request for the lock of an interpreter stands. */
  requestWordOf(owner: Interpreter): RequestWord;
}

/** The structures of a CPython whose layout is known. */
export class KnownStructures implements Structures {
  readonly #memory: ProcessMemory;
  readonly #runtime: Address;
  readonly #layout: Layout;
  readonly #sharedGil: Address;

  /** @param sharedGil the lock of interpreters that have none of their own */
  constructor(memory: ProcessMemory, runtime: Address, layout: Layout, sharedGil: Address) {
    this.#memory = memory;
    this.#runtime = runtime;
    this.#layout = layout;
    this.#sharedGil = sharedGil;
  }

  interpreters(): Interpreter[] {
    return readInterpreters(this.#memory, this.#runtime, this.#layout, this.#sharedGil);
  }

  threads(): PythonThread[] {
    return this.interpreters().flatMap((interpreter) =>
      readThreads(this.#memory, interpreter, this.#layout.thread),
    );
  }

  attachmentOf(thread: Address): Attachment | null {
    return readAttachment(this.#memory, thread, this.#layout.thread);
  }

  requestWordOf(owner: Interpreter): RequestWord {
    const { of, offset } = this.#layout.request;
    const words: Record<typeof of, RequestWord> = {
      runtime: () => this.#runtime + offset,
      interpreter: () => owner.address + offset,
      thread: (lastHolder) => (lastHolder === 0 ? null : lastHolder + offset),
    };
    return words[of];
  }
}
