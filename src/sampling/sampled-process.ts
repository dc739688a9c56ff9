import { readFileSync } from 'node:fs';
import { taskIds } from '../python/proc.js';
import type { PythonProcess } from '../python/python-process.js';
import { Allowance } from './allowance.js';
import type { Labels, PlaceInCode } from './labels.js';
import type { Lanes } from './lanes.js';
import { nextDueNs, type Pace } from './pacing.js';
import { SampledLock } from './sampled-lock.js';
import { SampledThread, type Surroundings } from './sampled-thread.js';
import { ThreadProbe } from './thread-probe.js';

/** What is sampled of processes goes here. */
export interface SamplingBooks {
  readonly lanes: Lanes;
  readonly labels: Labels;
  /** A monotonic clock in ns. */
  readonly now: () => number;
  /** Numbers a lock. */
  readonly nextLock: () => number;
}

/** Between two changes of its lock, all threads are looked at so often. */
const LOOK: Pace = { leastNs: 1e6, mostNs: 20e6, share: 1 / 8 };
/** With so many threads, only those that a change of the lock concerns are looked at on one. */
const FEW_THREADS = 16;
/** The threads that there are, and the locks, are looked up so often. */
const LIST: Pace = { leastNs: 5e6, mostNs: 100e6, share: 1 / 20 };
const LOCKS_EVERY_NS = 100e6;
/** Python's states of threads are read anew so often, and with each list while some may be missing. */
const STATES_EVERY_NS = 1e9;
/** Names of threads are read anew so often; where some are missing sooner, and then ever later. */
const NAMES_EVERY_NS = 1e9;
const MISSING_NAMES_AFTER_NS = 20e6;
/** The name that Python gives to the first thread; it is not told where nothing imports `threading`. */
const MAIN_THREAD = 'MainThread';
/** A holder that is not among the threads has them looked up so often, on average. */
const STRANGERS_EVERY_NS = 1e6;
const STRANGERS_AT_ONCE = 10;
/** Where threads are in their programs is asked so often on average. */
const PLACE_EVERY_NS = 0.4e6;
const PLACES_AT_ONCE = 30;

/** One process with a CPython in it, sampled. */
export class SampledProcess {
  readonly python: PythonProcess;
  readonly #books: SamplingBooks;
  readonly #threads = new Map<number, SampledThread>();
  /** The threads by their states of Python's. */
  #byState = new Map<number, SampledThread>();
  #locks: readonly SampledLock[] = [];
  readonly #ended: SampledLock[] = [];
  readonly #strangers = new Allowance(STRANGERS_EVERY_NS, STRANGERS_AT_ONCE);
  readonly #places = new Allowance(PLACE_EVERY_NS, PLACES_AT_ONCE);
  readonly #around: Omit<Surroundings, 'locks'>;
  #dueNs = { look: 0, list: 0, locks: 0, states: 0, names: 0 };
  #tids: readonly number[] = [];
  #namesAfterNs = MISSING_NAMES_AFTER_NS;

  constructor(python: PythonProcess, books: SamplingBooks) {
    this.python = python;
    this.#books = books;
    this.#around = {
      labels: books.labels,
      placeOf: (state, timeNs) => this.#placeOf(state, timeNs),
      isSuspended: (state) =>
        this.python.freeThreaded && this.python.attachmentOf(state) === 'suspended',
    };
  }

  get handoffs(): number {
    return this.#sum(({ handoffs }) => handoffs);
  }

  get hidden(): number {
    return this.#sum(({ hidden }) => hidden);
  }

  /**
   * Takes a sample; false where the process has ended, or runs another program.
   *
   * @param edgeNs when what the sample shows is taken to have begun
   */
  sample(timeNs: number, edgeNs: number): boolean {
    const { look, list } = this.#dueNs;
    let hasChanged = false;
    for (const lock of this.#locks) {
      const change = lock.sample(edgeNs);
      if (change === 'gone' && !this.python.isAlive()) return false;
      hasChanged ||= change !== 'same';
    }
    const isDue = timeNs >= list || (this.#hasStranger() && this.#strangers.take(timeNs));
    if (isDue && !this.#list(timeNs, edgeNs)) return false;
    if (timeNs >= look) this.#lookAtAll(timeNs, edgeNs);
    else if (hasChanged) this.#lookAtSome(edgeNs);
    return true;
  }

  /** Ends the sampling. */
  end(timeNs: number): void {
    this.#name();
    for (const thread of this.#threads.values()) thread.end(timeNs);
    this.#threads.clear();
    this.python.close();
  }

  #lookAtAll(timeNs: number, edgeNs: number): void {
    for (const thread of this.#threads.values()) this.#look(thread, edgeNs);
    this.#dueNs.look = nextDueNs(timeNs, this.#books.now(), LOOK);
  }

  /** Looks at those threads that a change of a lock concerns: holders, and whoever may do anything. */
  #lookAtSome(edgeNs: number): void {
    const isFew = this.#threads.size <= FEW_THREADS;
    for (const thread of this.#threads.values()) {
      const { seen } = thread.lane.states;
      const isConcerned = isFew || thread.isRunning || seen === 'hold' || this.#isHolder(thread);
      if (isConcerned) this.#look(thread, edgeNs);
    }
  }

  #look(thread: SampledThread, edgeNs: number): void {
    if (!thread.look(edgeNs, { ...this.#around, locks: this.#locks })) this.#forget(thread, edgeNs);
  }

  #isHolder(thread: SampledThread): boolean {
    return this.#locks.some(({ holder }) => holder !== 0 && thread.states.includes(holder));
  }

  #hasStranger(): boolean {
    return this.#locks.some(({ holder }) => holder !== 0 && !this.#byState.has(holder));
  }

  /** Looks up which threads and locks there are; false where the process has ended. */
  #list(timeNs: number, edgeNs: number): boolean {
    const tids = taskIds(this.python.pid);
    const isOther = tids.join() !== this.#tids.join();
    if (timeNs >= this.#dueNs.locks) {
      if (!this.python.isAlive()) return false;
      this.#listLocks(timeNs);
    }
    const { states, names } = this.#dueNs;
    if (isOther || this.#hasStranger() || timeNs >= Math.min(states, names)) {
      this.#tids = tids;
      this.#listThreads(timeNs, edgeNs, tids);
    }
    this.#dueNs.list = nextDueNs(timeNs, this.#books.now(), LIST);
    return tids.length > 0;
  }

  #listLocks(timeNs: number): void {
    this.#dueNs.locks = timeNs + LOCKS_EVERY_NS;
    const readers = this.python.gils();
    const known = new Map(this.#locks.map((lock) => [lock.reader, lock]));
    this.#locks = readers.map((reader) => {
      const lock = known.get(reader) ?? new SampledLock(this.#books.nextLock(), reader);
      known.delete(reader);
      return lock;
    });
    this.#ended.push(...known.values());
  }

  #listThreads(timeNs: number, edgeNs: number, tids: readonly number[]): void {
    const states = new Map<number, number[]>();
    for (const { tid, address } of this.python.threads()) {
      states.set(tid, [...(states.get(tid) ?? []), address]);
    }
    for (const [tid, thread] of this.#threads)
      if (!tids.includes(tid)) this.#forget(thread, edgeNs);
    let hasNew = false;
    for (const tid of tids) {
      const thread = this.#threads.get(tid) ?? this.#add(tid, edgeNs);
      if (thread === null) continue;
      const own = states.get(tid) ?? [];
      hasNew ||= own.length > 0 && thread.states.length === 0;
      thread.states = own;
      if (own.length > 0) thread.lane.notes.native = false;
    }
    this.#byState = new Map(
      [...this.#threads.values()].flatMap((thread) =>
        thread.states.map((state) => [state, thread] as const),
      ),
    );
    const lacks = [...this.#threads.values()].some((thread) => thread.mayLackState(timeNs));
    this.#dueNs.states = timeNs + (lacks ? 0 : STATES_EVERY_NS);
    if (hasNew || timeNs >= this.#dueNs.names) {
      const isComplete = this.#name();
      const afterNs = hasNew ? MISSING_NAMES_AFTER_NS : 2 * this.#namesAfterNs;
      this.#namesAfterNs = isComplete ? NAMES_EVERY_NS : Math.min(NAMES_EVERY_NS, afterNs);
      this.#dueNs.names = timeNs + this.#namesAfterNs;
    }
  }

  #add(tid: number, bornNs: number): SampledThread | null {
    const { pid } = this.python;
    try {
      const probe = new ThreadProbe(pid, tid);
      const lane = this.#books.lanes.add({ pid, tid, name: nameOfTask(pid, tid), native: true });
      if (lane === null) {
        probe.close();
        return null;
      }
      const thread = new SampledThread(tid, lane, probe, bornNs);
      this.#threads.set(tid, thread);
      return thread;
    } catch {
      // It has ended since it was listed.
      return null;
    }
  }

  #forget(thread: SampledThread, timeNs: number): void {
    thread.end(timeNs);
    this.#threads.delete(thread.tid);
  }

  /** Names the threads as Python does; false where some of Python's have no name yet. */
  #name(): boolean {
    const names = this.python.threadNames();
    let isComplete = true;
    for (const { tid, lane, states } of this.#threads.values()) {
      const name = names.get(tid) ?? (tid === this.python.pid ? MAIN_THREAD : undefined);
      if (name !== undefined) lane.notes.name = name;
      else if (states.length > 0) isComplete = false;
    }
    return isComplete;
  }

  #placeOf(state: number, timeNs: number): PlaceInCode | null {
    return this.#places.take(timeNs) ? this.python.placeOf(state) : null;
  }

  #sum(valueOf: (lock: SampledLock) => number): number {
    return [...this.#locks, ...this.#ended].reduce((sum, lock) => sum + valueOf(lock), 0);
  }
}

/** The kernel's name of a thread, of 15 characters at most; most have but that of their process. */
function nameOfTask(pid: number, tid: number): string {
  const [own, first] = [tid, pid].map((task) =>
    readFileSync(`/proc/${pid}/task/${task}/comm`, 'utf8').trimEnd(),
  );
  return own === undefined || (own === first && tid !== pid) ? `thread ${tid}` : own;
}
