import type { RequestWord } from './gil-reader.js';
import type { Interpreter } from './interpreters.js';
import type { ThreadLayout } from './layout.js';
import {
  type Address,
  MemoryDoubt,
  type ProcessMemory,
  readBlock,
  readLink,
  readPointer,
} from './memory.js';
import type { Structures } from './structures.js';
import { MAX_THREADS, type PythonThread, readThreads } from './thread-states.js';

/** What every version has had at the start of a thread state. */
const LINKS = { previous: 0, next: 8, interpreter: 16 } as const;

/** How much of a thread state is searched for its thread's native id, in bytes. */
const SEARCHED_BYTES = 512;

/**
 * The threads of a CPython whose layout is not known. They are linked as in every version so far, and their
 * native ids are found by value: where every thread state has the id of a thread that there is, each another.
 */
export class UnknownStructures implements Structures {
  readonly #memory: ProcessMemory;
  readonly #gil: { readonly address: Address; readonly lastHolder: number };
  readonly #taskIds: () => readonly number[];
  #nativeId: number | null = null;

  /**
   * @param gil the lock, and where it names its last holder
   * @param taskIds returns the native ids of the process's threads
   */
  constructor(
    memory: ProcessMemory,
    gil: { readonly address: Address; readonly lastHolder: number },
    taskIds: () => readonly number[],
  ) {
    this.#memory = memory;
    this.#gil = gil;
    this.#taskIds = taskIds;
  }

  /** Returns one interpreter: that of the lock's last holder. */
  interpreters(): Interpreter[] {
    const { address, lastHolder } = this.#gil;
    const holder = readPointer(this.#memory, address + lastHolder);
    const states = this.#statesAround(holder);
    const interpreter = readPointer(this.#memory, holder + LINKS.interpreter);
    return [{ address: interpreter, id: 0, gil: address, threads: states[0] ?? holder }];
  }

  threads(): PythonThread[] {
    const [interpreter] = this.interpreters();
    if (interpreter?.threads == null) return [];
    this.#nativeId ??= this.#findNativeId(this.#statesAround(interpreter.threads));
    const layout: ThreadLayout = {
      ...LINKS,
      ident: this.#nativeId,
      nativeId: this.#nativeId,
      frame: 0,
      state: null,
    };
    return readThreads(this.#memory, interpreter, layout);
  }

  attachmentOf(): null {
    return null;
  }

  requestWordOf(): RequestWord {
    return () => null;
  }

  /** Follows the links from one thread state to all of its interpreter, newest first. */
  #statesAround(state: Address): Address[] {
    const newest = this.#follow(state, LINKS.previous).at(-1) ?? state;
    return this.#follow(newest, LINKS.next);
  }

  #follow(state: Address, link: number): Address[] {
    const found = new Set([state]);
    let at = readLink(this.#memory, state + link);
    while (at !== null) {
      if (found.has(at) || found.size > MAX_THREADS) throw new MemoryDoubt('no list of threads');
      found.add(at);
      at = readLink(this.#memory, at + link);
    }
    return [...found];
  }

  #findNativeId(states: readonly Address[]): number {
    const tids = new Set(this.#taskIds());
    const blocks = states.map((state) => readBlock(this.#memory, state, SEARCHED_BYTES));
    for (let offset = 24; offset < SEARCHED_BYTES; offset += 8) {
      const ids = new Set(blocks.map((block) => block.u64(offset)));
      if (ids.size === states.length && [...ids].every((id) => tids.has(id))) return offset;
    }
    throw new MemoryDoubt('no native ids');
  }
}
