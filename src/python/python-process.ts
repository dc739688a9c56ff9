import type { BoundedMemory } from './bounded-memory.js';
import type { FoundRuntime } from './find-runtime.js';
import { gilLayout } from './gil-layout.js';
import { GilReader } from './gil-reader.js';
import type { Interpreter } from './interpreters.js';
import { type Address, type ProcessMemory, unlessDoubtful } from './memory.js';
import type { Names } from './names.js';
import type { Place } from './places.js';
import { hasKnownLayout, type PythonVersion } from './python-version.js';
import type { Structures } from './structures.js';
import type { Attachment, PythonThread } from './thread-states.js';

/** What was found out about a process when it was opened. */
export interface OpenedProcess {
  readonly pid: number;
  readonly startTicks: number;
  readonly executable: string;
  readonly memory: ProcessMemory;
  /** The same memory, which structures and names read. */
  readonly bounded: BoundedMemory;
  readonly runtime: FoundRuntime;
  readonly freeThreaded: boolean;
  readonly structures: Structures;
  /** Null where the layout of functions and threads is not known. */
  readonly names: Names | null;
  close(this: void): void;
}

/** How often a list that changes while it is read is read again. */
const ATTEMPTS = 4;

/**
 * A running CPython, read from outside. Readings never fail: where the memory is in doubt, since it changes
 * or the process has ended, lists are as they were last.
 */
export class PythonProcess {
  readonly pid: number;
  /** When it started, in clock ticks after boot. */
  readonly startTicks: number;
  readonly executable: string;
  /** Null where nothing says it. */
  readonly version: PythonVersion | null;
  /** Whether it is a build that can do without the GIL. */
  readonly freeThreaded: boolean;

  readonly #opened: OpenedProcess;
  readonly #gils = new Map<Address, GilReader>();
  #interpreters: readonly Interpreter[] = [];
  #threads: readonly PythonThread[] = [];

  constructor(opened: OpenedProcess) {
    this.#opened = opened;
    this.pid = opened.pid;
    this.startTicks = opened.startTicks;
    this.executable = opened.executable;
    this.version = opened.runtime.version;
    this.freeThreaded = opened.freeThreaded;
  }

  /** Whether the program that was opened still runs: not after an exec or its end. */
  isAlive(): boolean {
    const { memory, runtime } = this.#opened;
    return memory.read(runtime.address, new Uint8Array(8)) === 8;
  }

  /** Reads the interpreters, the newest first. */
  interpreters(): readonly Interpreter[] {
    this.#interpreters = attempted(() => this.#task.structures.interpreters(), this.#interpreters);
    return this.#interpreters;
  }

  /** Reads which locks there are, the main interpreter's first. A lock keeps its reader. */
  gils(): readonly GilReader[] {
    const owners = new Map<Address, Interpreter>();
    for (const interpreter of [...this.interpreters()].reverse()) {
      const { gil } = interpreter;
      if (gil !== null && !owners.has(gil)) owners.set(gil, interpreter);
    }
    for (const gil of this.#gils.keys()) if (!owners.has(gil)) this.#gils.delete(gil);
    for (const [gil, owner] of owners) {
      if (!this.#gils.has(gil)) this.#gils.set(gil, this.#readerOf(gil, owner));
    }
    return [...this.#gils.values()];
  }

  /** Reads the threads of all interpreters. The main thread's tid is the pid. */
  threads(): readonly PythonThread[] {
    this.#threads = attempted(() => this.#task.structures.threads(), this.#threads);
    return this.#threads;
  }

  /** Reads whether a thread is attached; null with a GIL, and for a thread that has ended. */
  attachmentOf(thread: Address): Attachment | null {
    return this.#task.structures.attachmentOf(thread);
  }

  /** Reads what a thread executes, by its thread state; null where it runs no Python, or is in doubt. */
  placeOf(thread: Address): Place | null {
    return this.#task.names?.current(thread) ?? null;
  }

  /** Reads a thread's stack, innermost first; empty where it runs no Python, or is in doubt. */
  stackOf(thread: Address): readonly Place[] {
    return this.#task.names?.stack(thread) ?? [];
  }

  /**
   * Reads the names that `threading` has for the threads last read, by tid. A call takes some tenths of a
   * millisecond: the first ones may find none yet.
   */
  threadNames(): ReadonlyMap<number, string> {
    return this.#task.names?.ofThreads(this.interpreters(), this.#threads) ?? new Map();
  }

  /** Why there are no names of functions, as a sentence; null where there are. */
  get namesMissing(): string | null {
    const { version } = this;
    if (this.#task.names?.areRight === true) return null;
    if (version === null) return 'Nothing says which CPython this is: functions have no names.';
    return hasKnownLayout(version)
      ? `This build of CPython ${version.text} is not laid out as released: functions have no names.`
      : `CPython ${version.text} is none of 3.8 to 3.15: functions have no names.`;
  }

  /** Ends the reading. */
  close(): void {
    this.#opened.close();
  }

  /** What was opened, to read as much of as one task may. */
  get #task(): OpenedProcess {
    this.#opened.bounded.begin();
    return this.#opened;
  }

  #readerOf(gil: Address, owner: Interpreter): GilReader {
    const { memory, structures } = this.#opened;
    return new GilReader(
      memory,
      gil,
      gilLayout(this.freeThreaded),
      structures.requestWordOf(owner),
    );
  }
}

/** Reads a list, again where it changed meanwhile; the other value where it changes all the time. */
function attempted<List>(read: () => List, otherwise: List): List {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const found = unlessDoubtful(read, null);
    if (found !== null) return found;
  }
  return otherwise;
}
