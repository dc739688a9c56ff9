import {
  ATTENTION,
  CONTROL,
  GENERATOR_ADDRESS,
  MEMORY_BYTES_MAX,
  ORIGIN_ADDRESS,
  layoutOf,
  tallyIndex,
  threadIndex,
  type Layout,
} from '../memory/layout.js';
import { writeParameters } from '../memory/parameters-block.js';
import type { Parameters } from '../experiment/parameters.js';
import { writePcg64 } from '../base/pcg64.js';
import { taskTableOf, type TaskTable } from '../experiment/task-table.js';
import type { Milliseconds } from '../base/units.js';
import { MemoryError } from './errors.js';
import { limitOnMemory } from './limits.js';
import { smallerRuns } from './memory-budget.js';

const PAGE_BYTES = 2 ** 16;

/** Memory that is kept however little a run needs. */
export const KEPT_BYTES = 2 ** 28;

/** More memory than that is kept where a run needs at least this share of it: 1 / EXCESS. */
const EXCESS = 4;

/**
 * The one shared WebAssembly memory, owned by the main thread and kept from run to run. It holds
 * everything that lanes and main share; layout.ts draws it. It can grow but not shrink: to return
 * memory, it is dropped as a whole, with the pool of workers that share it.
 */
export class RunMemory {
  readonly memory = reserveMemory();
  #runs = 0;

  /** How much memory this is. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Whether this is so much more memory than the run needs, or than is reserved for others, that it had
   * better be given back.
   */
  isExcessiveFor(parameters: Parameters, reservedBytes: number): boolean {
    const neededBytes = Math.max(layoutOf(parameters).totalBytes, reservedBytes);
    return this.bytes > KEPT_BYTES && neededBytes < this.bytes / EXCESS;
  }

  /**
   * Lays out a run: makes room, clears what lanes expect to be zero, and publishes to the lanes the
   * new parameters. The matrices are left as they are.
   *
   * @throws MemoryError if the system does not grant as much as the run needs
   */
  prepare(parameters: Parameters): PreparedRun {
    this.reserve(parameters);
    const layout = layoutOf(parameters);
    const { buffer } = this.memory;
    const words = new Int32Array(buffer);
    Atomics.store(words, CONTROL.attention, 0);
    Atomics.store(words, CONTROL.takenLanes, 0);
    new Uint8Array(buffer, layout.vectors, layout.ringRecords - layout.vectors).fill(0);
    new Uint8Array(buffer, layout.locks, layout.totalBytes - layout.locks).fill(0);
    writeParameters(buffer, parameters);
    writePcg64(new BigUint64Array(buffer, GENERATOR_ADDRESS, 4), parameters.seed);
    this.#runs += 1;
    // Release: a lane that sees the new run's number sees all of the above.
    Atomics.store(words, CONTROL.run, this.#runs);
    return new PreparedRun(buffer, layout);
  }

  /**
   * Makes room for a run, which is known to fit into what may be used (see memory-budget.ts).
   *
   * @throws MemoryError if the system does not grant as much
   */
  reserve(parameters: Parameters): void {
    const { totalBytes } = layoutOf(parameters);
    if (this.bytes >= totalBytes || this.#growTo(totalBytes)) return;
    this.#growTowards(totalBytes);
    throw new MemoryError(
      totalBytes,
      this.bytes,
      'shared memory',
      smallerRuns(parameters, this.bytes),
    );
  }

  /** Grows to so many bytes at least; returns whether the system gave as much. */
  #growTo(bytes: number): boolean {
    try {
      this.memory.grow(Math.ceil((bytes - this.bytes) / PAGE_BYTES));
      return true;
    } catch {
      return false;
    }
  }

  /** Grows as far as the system gives, to 1 % of what it does not. Pages take room only once they are used. */
  #growTowards(bytes: number): void {
    let refused = bytes;
    while (refused - this.bytes > Math.max(bytes / 100, PAGE_BYTES)) {
      const middle = (this.bytes + refused) / 2;
      if (!this.#growTo(middle)) refused = middle;
    }
  }
}

/** @throws LimitError if the address space is too small for it */
function reserveMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({
      initial: 1,
      maximum: MEMORY_BYTES_MAX / PAGE_BYTES,
      shared: true,
    });
  } catch {
    throw limitOnMemory();
  }
}

/** The main thread's views of a run that has been laid out. */
export class PreparedRun {
  readonly buffer: ArrayBufferLike;
  readonly layout: Layout;
  readonly table: TaskTable;
  readonly #words: Int32Array;

  constructor(buffer: ArrayBufferLike, layout: Layout) {
    this.buffer = buffer;
    this.layout = layout;
    this.table = taskTableOf(buffer, layout);
    this.#words = new Int32Array(buffer);
  }

  /** Clears what a repeat counts on being zero. Only while all lanes rest. */
  clearRepeat(): void {
    // The lanes rest, and the message that starts them orders all of this before they look.
    Atomics.store(this.#words, CONTROL.nextTask, 0);
    Atomics.store(this.#words, CONTROL.handoffs, 0);
    this.table.state.fill(0);
    const { locks, totalBytes } = this.layout;
    new Uint8Array(this.buffer, locks, totalBytes - locks).fill(0);
    this.clearTallies();
  }

  /** Says when the repeat began on the common clock. Only while all lanes rest. */
  setOrigin(origin: Milliseconds): void {
    new Float64Array(this.buffer, ORIGIN_ADDRESS, 1)[0] = origin;
  }

  /** Says how much interpreter work an iteration has. Before the lanes' first job of the run. */
  setInterpreterTurns(turns: number): void {
    // The message that starts the lanes orders this before they look.
    Atomics.store(this.#words, CONTROL.interpreterTurns, turns);
  }

  /** Sets every lane's count of tasks done to zero. */
  clearTallies(): void {
    for (let lane = 0; lane < this.layout.lanes; lane += 1) {
      Atomics.store(this.#words, tallyIndex(this.layout, lane), 0);
    }
  }

  /** The system's number of each lane's thread; 0 of a lane that has not run. Only while all lanes rest. */
  threads(): number[] {
    return Array.from({ length: this.layout.lanes }, (_, lane) =>
      Atomics.load(this.#words, threadIndex(this.layout, lane)),
    );
  }

  /** Tasks that the lanes have done since the counts were cleared. */
  tasksDone(): number {
    let done = 0;
    for (let lane = 0; lane < this.layout.lanes; lane += 1) {
      done += Atomics.load(this.#words, tallyIndex(this.layout, lane));
    }
    return done;
  }

  /** Whether there are tasks that no lane has taken from the shared counter (executor, dynamic). */
  get hasTasksLeft(): boolean {
    // Sequentially consistent, as the lanes' additions that it meets; it orders no other data.
    return Atomics.load(this.#words, CONTROL.nextTask) < this.layout.tasks;
  }

  /** Times that the process-wide lock was handed over in this repeat. */
  handoffs(): number {
    return Atomics.load(this.#words, CONTROL.handoffs);
  }

  /** Asks the lanes to leave their work, and wakes those that sleep. */
  requestStop(): void {
    // The kernel looks at this word every few microseconds; it orders no other data.
    Atomics.or(this.#words, CONTROL.attention, ATTENTION.stop);
    Atomics.notify(this.#words, CONTROL.attention);
  }

  /** Whether the lanes have been asked to stop. */
  get stopping(): boolean {
    return (Atomics.load(this.#words, CONTROL.attention) & ATTENTION.stop) !== 0;
  }
}
