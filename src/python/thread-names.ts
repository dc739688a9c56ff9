import { Attributes } from './attributes.js';
import { type DictEntry, readDict } from './dicts.js';
import type { Interpreter } from './interpreters.js';
import { type Address, readLink, unlessDoubtful } from './memory.js';
import type { ObjectReader } from './objects.js';
import type { PythonThread } from './thread-states.js';

/** How many of the imported modules one call compares, so that it takes some tenths of a millisecond. */
const MODULES_A_CALL = 64;

/** How many of the newest threads, and how many of all in turn, one call reads the names of. */
const THREADS_A_CALL = 8;

/** A longer name is none. */
const MAX_NAME_LENGTH = 1000;

/** What is known of one interpreter's `threading`. */
interface Threading {
  /** How many modules' names were compared. */
  compared: number;
  /** `vars(threading)`; null until it is found. */
  module: Address | null;
  /** Whose turn is next. */
  turn: number;
}

/** Reads the names that `threading` has for the threads of a process. */
export class ThreadNames {
  readonly #objects: ObjectReader;
  readonly #attributes: Attributes;
  readonly #interpreters = new Map<Address, Threading>();
  #names = new Map<number, string>();

  constructor(objects: ObjectReader) {
    this.#objects = objects;
    this.#attributes = new Attributes(objects);
  }

  /**
   * Returns names by native id, as far as they are known. The first calls search for `threading` among all
   * modules; each reads the names of the newest threads, and of some others anew, as names change.
   */
  read(
    interpreters: readonly Interpreter[],
    threads: readonly PythonThread[],
  ): ReadonlyMap<number, string> {
    const addresses = new Set(interpreters.map(({ address }) => address));
    for (const gone of [...this.#interpreters.keys()].filter((each) => !addresses.has(each))) {
      this.#interpreters.delete(gone);
    }
    for (const address of addresses) {
      const own = threads.filter(({ interpreter }) => interpreter === address);
      unlessDoubtful(() => {
        this.#readNames(address, own);
      }, undefined);
    }
    const tids = new Set(threads.map(({ tid }) => tid));
    this.#names = new Map([...this.#names].filter(([tid]) => tids.has(tid)));
    return this.#names;
  }

  #readNames(interpreter: Address, threads: readonly PythonThread[]): void {
    const threading = this.#interpreters.get(interpreter) ?? { compared: 0, module: null, turn: 0 };
    this.#interpreters.set(interpreter, threading);
    threading.module ??= this.#searchOn(interpreter, threading);
    if (threading.module === null) return;
    const active = this.#attributes.in(threading.module, '_active');
    if (active === null) return;
    const tids = new Map(threads.map(({ ident, tid }) => [ident, tid]));
    for (const { key, value } of inTurn(readDict(this.#objects, active), threading)) {
      const named = unlessDoubtful(() => this.#nameOf(key, value), null);
      const tid = named === null ? undefined : tids.get(named.ident);
      if (named !== null && tid !== undefined) this.#names.set(tid, named.name);
    }
  }

  /** Reads one entry of `threading._active`: from a thread's ident to its Thread. */
  #nameOf(key: Address, thread: Address): { ident: number; name: string } | null {
    const name = this.#attributes.of(thread, '_name');
    if (name === null) return null;
    const ident = this.#objects.integer(key);
    return { ident, name: this.#objects.text(name, MAX_NAME_LENGTH) };
  }

  /** Compares the next modules' names; begins again once all were compared. */
  #searchOn(interpreter: Address, threading: Threading): Address | null {
    const { memory, layout } = this.#objects;
    const modules = readLink(memory, interpreter + layout.interpreter.modules);
    if (modules === null) return null;
    const entries = readDict(this.#objects, modules);
    const from = threading.compared < entries.length ? threading.compared : 0;
    const part = entries.slice(from, from + MODULES_A_CALL);
    threading.compared = from + part.length;
    const found = part.find(
      ({ key }) =>
        unlessDoubtful(() => this.#objects.text(key, MAX_NAME_LENGTH), null) === 'threading',
    );
    if (found === undefined) return null;
    const { size } = layout.object;
    return this.#objects.read(found.value, 'module', size + 8).pointer(size);
  }
}

/** Returns the newest entries and the next ones in turn. */
function inTurn(entries: readonly DictEntry[], threading: Threading): readonly DictEntry[] {
  const older = entries.slice(0, -THREADS_A_CALL);
  const from = threading.turn < older.length ? threading.turn : 0;
  threading.turn = from + THREADS_A_CALL;
  return [...older.slice(from, threading.turn), ...entries.slice(-THREADS_A_CALL)];
}
