import { CodeObjects } from './code-objects.js';
import type { Interpreter } from './interpreters.js';
import type { Layout } from './layout.js';
import { hasRightFrames } from './layout-check.js';
import type { Address, ProcessMemory } from './memory.js';
import { ObjectReader } from './objects.js';
import { type Place, PlaceReader, type SourceTexts } from './places.js';
import type { Structures } from './structures.js';
import { ThreadNames } from './thread-names.js';
import type { PythonThread } from './thread-states.js';

/** What a process's functions and threads are called. There are no names before one stack was read whole. */
export class Names {
  readonly #structures: Structures;
  readonly #places: PlaceReader;
  readonly #threadNames: ThreadNames;
  #asked = 0;
  #isRight = false;

  constructor(memory: ProcessMemory, layout: Layout, structures: Structures, texts: SourceTexts) {
    const objects = new ObjectReader(memory, layout);
    this.#structures = structures;
    this.#places = new PlaceReader(memory, layout, new CodeObjects(objects), texts);
    this.#threadNames = new ThreadNames(objects);
  }

  /**
   * Whether names are read. As long as they are in doubt, frames are checked anew the second time that one asks,
   * the fourth, the eighth and so on: a program that starts or forks settles soon.
   */
  get areRight(): boolean {
    if (this.#isRight) return true;
    this.#asked += 1;
    if (Number.isInteger(Math.log2(this.#asked))) {
      this.#isRight = hasRightFrames(this.#structures, this.#places);
    }
    return this.#isRight;
  }

  /** Reads what a thread executes; null where it runs no Python, or is in doubt. */
  current(thread: Address): Place | null {
    return this.areRight ? this.#places.current(thread) : null;
  }

  /** Reads a thread's stack, innermost first; empty where it runs no Python, or is in doubt. */
  stack(thread: Address): Place[] {
    return this.areRight ? this.#places.stack(thread) : [];
  }

  /** Returns the threads' own names by native id, as far as they are known. */
  ofThreads(
    interpreters: readonly Interpreter[],
    threads: readonly PythonThread[],
  ): ReadonlyMap<number, string> {
    return this.areRight ? this.#threadNames.read(interpreters, threads) : new Map();
  }
}
