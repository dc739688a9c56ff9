import { recordingOf, type ExperimentRecording, type RunYield } from '../experiment/recording.js';
import type { Machine } from '../recording/machine.js';
import type { Parameters } from '../experiment/parameters.js';
import { laneCount, matricesOf } from '../experiment/plan.js';
import type { MeasuredCosts } from '../experiment/recording.js';
import { systemClock, toNanoseconds } from '../base/units.js';
import { CostMeter } from './cost-meter.js';
import { EngineBusyError } from './errors.js';
import { collectGarbage } from './garbage.js';
import { freeMemoryBytes } from './host.js';
import { measureInterpreter } from './interpreter-speed.js';
import { LanePool } from './lane-pool.js';
import { checkRoomForWorkers } from './limits.js';
import { spanRoom } from './memory-budget.js';
import {
  executeRepeats,
  generateMatrices,
  withPulse,
  type RunContext,
  type RunListener,
} from './run-execution.js';
import { KEPT_BYTES, RunMemory, type PreparedRun } from './run-memory.js';
import { SPAN_BYTES_OF_RUN, spanBytesKept, spansOfLane } from './span-budget.js';

/** How a run ended. Its record has the repeats that were completed; null where none was. */
export interface RunOutcome {
  readonly run: number;
  readonly outcome: 'done' | 'stopped';
  readonly record: ExperimentRecording | null;
}

/** How a run stands among others. */
export interface RunOptions {
  /**
   * Memory that the record's spans may take at most, in bytes; what would take more, or more than
   * there is, is dropped.
   */
  readonly spanBytes?: number;
  /** Whether it takes the costs of work and lock that an earlier run measured, where one did. */
  readonly takesKnownCosts?: boolean;
}

/** Room for runs that are measured in turn; it is kept until it is disposed of. */
export interface Reservation extends Disposable {
  /** Memory that the spans of all of them may take together, in bytes. */
  readonly spanBytes: number;
}

/** What an engine needs. */
export interface EngineOptions {
  /** Absolute path of the built lane.js. */
  readonly lanePath: string;
  readonly kernel: WebAssembly.Module;
  readonly machine: Machine;
  /** What the process can still take of memory, in bytes; what the system says unless a test does. */
  readonly freeMemoryBytes?: () => number;
  /** Calls back after a while, unless cancelled; returns what cancels. A minute unless a test says otherwise. */
  readonly afterIdle?: (giveBack: () => void) => () => void;
}

/** After so long without a run, a large memory is given back. */
const IDLE_MS = 60_000;

function afterIdleMinute(giveBack: () => void): () => void {
  const timer = setTimeout(giveBack, IDLE_MS).unref();
  return () => {
    clearTimeout(timer);
  };
}

/**
 * Runs experiments, one at a time:
 *
 *     idle -> starting -> generating -> warming up -> repeating -> idle
 *                 \\_______________ stop or failure _______________/
 *
 * The pool and the shared memory are kept from run to run, and the matrices too where the next
 * run has the same. A large memory is given back when a run needs far less, or after a while
 * without a run. After a failure the pool is replaced; earlier recordings are untouched.
 */
export class Engine {
  readonly machine: Machine;
  readonly #options: EngineOptions;
  readonly #costs = new CostMeter();
  #memory = new RunMemory();
  #pool: LanePool | undefined;
  /** Resolves when the workers that are started ahead of the first run are there. */
  #warming: Promise<void> = Promise.resolve();
  /** Resolves when every pool that was given up is gone. */
  #discarded: Promise<void> = Promise.resolve();
  #runs = 0;
  /** The current run. */
  #current: PreparedRun | undefined;
  /** Says which matrices are in memory; empty where none or not all are. */
  #matricesInMemory = '';
  /** Turns of the kernel's interpreter work in a µs; measured once, so that all runs do the same work. */
  #turnsPerUs: number | undefined;
  /** What is kept for runs to come: shared memory, in bytes, and workers. */
  #reserved = { bytes: 0, workers: 0 };
  /** Ends the wait for another run. */
  #cancelIdle: (() => void) | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.machine = options.machine;
  }

  /** Shared memory that the engine holds at present. */
  get sharedBytes(): number {
    return this.#memory.bytes;
  }

  /**
   * Runs all repeats and resolves when they are done or the run was stopped.
   *
   * @throws EngineBusyError, MemoryError or WorkerError; the engine stays usable
   */
  async run(
    parameters: Parameters,
    listener: RunListener = {},
    { spanBytes = SPAN_BYTES_OF_RUN, takesKnownCosts = false }: RunOptions = {},
  ): Promise<RunOutcome> {
    if (this.#current !== undefined) throw new EngineBusyError();
    if (this.#memory.isExcessiveFor(parameters, this.#reserved.bytes)) this.#giveBackMemory();
    const room = this.#spanRoom([parameters]);
    const prepared = this.#memory.prepare(parameters);
    prepared.setInterpreterTurns(this.#interpreterTurns(parameters.interpreterUs));
    this.#cancelIdle?.();
    // The run may lie over matrices that are not its own, even if it is stopped before it makes any.
    if (this.#matricesInMemory !== matricesOf(parameters)) this.#matricesInMemory = '';
    this.#current = prepared;
    this.#runs += 1;
    const run = this.#runs;
    try {
      listener.onStarted?.(run, parameters);
      const pool = await this.#poolFor(run, parameters, prepared, listener);
      if (pool === undefined) return { run, outcome: 'stopped', record: null };
      const context = {
        ...{ run, parameters, prepared, pool, listener },
        spansOfLane: spansOfLane(Math.min(spanBytes, room), parameters),
      };
      await this.#ensureMatrices(context);
      const known = takesKnownCosts ? this.#costs.known(parameters) : null;
      const measured = known ?? (await this.#costs.measure(context));
      const executed = await executeRepeats(context);
      const record = executed === undefined ? null : this.#recordOf(parameters, executed, measured);
      return { run, outcome: prepared.stopping ? 'stopped' : 'done', record };
    } catch (error) {
      await this.#discardPool();
      // A stop ends workers that are still starting, which looks like a failure of theirs.
      if (prepared.stopping) return { run, outcome: 'stopped', record: null };
      throw error;
    } finally {
      this.#current = undefined;
      this.#giveBackMemoryLater();
    }
  }

  #recordOf(
    parameters: Parameters,
    executed: Pick<RunYield, 'repeats' | 'results'>,
    measured: MeasuredCosts,
  ): ExperimentRecording {
    const { repeats, results } = executed;
    const costs = this.#costs.refine(measured, parameters, repeats, results);
    return recordingOf(1, { parameters, machine: this.machine, repeats, results, costs });
  }

  /**
   * Starts workers for so many lanes, unless there are some or a run is running, so that the first run
   * need not wait for them. A run that comes meanwhile goes on from there.
   */
  async warm(lanes: number): Promise<void> {
    if (this.#current !== undefined || this.#pool !== undefined) return;
    this.#warming = this.#startPool(lanes, () => undefined).catch(() => this.#discardPool());
    await this.#warming;
  }

  /**
   * Makes room for runs whose records are all to be kept, before the first of them is started. Until
   * the room is disposed of, memory and workers stay, however little a run between needs.
   *
   * @throws EngineBusyError, or MemoryError if one of the runs or all records do not fit
   */
  reserve(runs: readonly Parameters[]): Reservation {
    if (this.#current !== undefined) throw new EngineBusyError();
    const room = this.#spanRoom(runs);
    for (const parameters of runs) this.#memory.reserve(parameters);
    const workers = Math.max(...runs.map((parameters) => this.#workersFor(parameters)));
    this.#reserved = { bytes: this.#memory.bytes, workers };
    return {
      spanBytes: Math.min(room, spanBytesKept(this.machine.memoryBytes)),
      [Symbol.dispose]: () => {
        this.#reserved = { bytes: 0, workers: 0 };
      },
    };
  }

  /** Asks the current run, if any, to stop; `run` then resolves as stopped. */
  stop(): void {
    this.#current?.requestStop();
    if (this.#pool?.ready === false) void this.#discardPool();
  }

  /** Stops the current run and ends the workers. */
  async close(): Promise<void> {
    this.stop();
    this.#cancelIdle?.();
    await this.#warming;
    await this.#discardPool();
  }

  /** Bytes that the spans of runs may take of what memory there is now. */
  #spanRoom(runs: readonly Parameters[]): number {
    const workers = Math.max(...runs.map((parameters) => this.#workersFor(parameters)));
    const { freeMemoryBytes: free = freeMemoryBytes } = this.#options;
    return spanRoom(runs, {
      freeBytes: Math.min(free(), this.machine.memoryBytes),
      heldBytes: this.#memory.bytes,
      newWorkers: (this.#pool?.size ?? 0) >= workers ? 0 : workers,
    });
  }

  /** The kept pool where it fits the run, else a new one; undefined where the run is stopped. */
  async #poolFor(
    run: number,
    parameters: Parameters,
    prepared: PreparedRun,
    listener: RunListener,
  ): Promise<LanePool | undefined> {
    const workers = Math.max(this.#workersFor(parameters), this.#reserved.workers);
    await this.#warming;
    const kept = this.#pool;
    if (kept?.ready === true && kept.size >= workers) return kept;
    await this.#discardPool();
    if (prepared.stopping) return undefined;
    checkRoomForWorkers(workers, prepared.layout.totalBytes);
    await this.#startPool(workers, () => {
      const counts = { tasksDone: this.#pool?.started ?? 0, tasks: workers };
      listener.onProgress?.(run, { phase: 'starting', repeat: 0, repeats: 1, ...counts });
    });
    return this.#pool;
  }

  /** Makes a pool and starts its workers, with a pulse while they come; none for a run that is stopped. */
  async #startPool(workers: number, pulse: () => void): Promise<void> {
    const { lanePath, kernel } = this.#options;
    const pool = await LanePool.create(workers, { lanePath, kernel, memory: this.#memory });
    if (this.#current?.stopping === true) return;
    this.#pool = pool;
    await withPulse(pool.start(), pulse);
  }

  /** Ends the kept pool; resolves when it, and any ended before, is gone. */
  async #discardPool(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    if (pool !== undefined) this.#discarded = this.#discarded.then(() => pool.destroy());
    await this.#discarded;
  }

  #giveBackMemoryLater(): void {
    if (this.#memory.bytes <= KEPT_BYTES) return;
    const { afterIdle = afterIdleMinute } = this.#options;
    this.#cancelIdle = afterIdle(() => {
      this.#giveBackMemory();
    });
  }

  /** Drops the shared memory, and the workers, which hold it too. */
  #giveBackMemory(): void {
    void this.#discardPool();
    // The next pool waits for this as well.
    this.#discarded = this.#discarded.then(collectGarbage);
    this.#memory = new RunMemory();
    this.#matricesInMemory = '';
  }

  /** Interpreter work of so many µs in turns of the kernel's. */
  #interpreterTurns(us: number): number {
    if (us === 0) return 0;
    this.#turnsPerUs ??= measureInterpreter(this.#options.kernel);
    return Math.ceil(us * this.#turnsPerUs);
  }

  /** How many workers a run has: one for each lane, and as many as generate its matrices. */
  #workersFor(parameters: Parameters): number {
    return Math.max(laneCount(parameters), this.#generatorsFor(parameters));
  }

  /** How many workers had best generate a run's matrices. */
  #generatorsFor(parameters: Parameters): number {
    const { matrices, size } = parameters;
    const isLong = matrices * size * size >= PARALLEL_ELEMENTS;
    const isWanted = isLong && matricesOf(parameters) !== this.#matricesInMemory;
    return isWanted ? Math.min(Math.ceil(this.machine.usableCores), matrices) : 1;
  }

  /** Has the matrices generated, unless those in memory are the same. */
  async #ensureMatrices(context: RunContext): Promise<void> {
    const { run, parameters, prepared, listener } = context;
    const wanted = matricesOf(parameters);
    if (wanted === this.#matricesInMemory) return;
    const began = systemClock();
    await generateMatrices(context);
    listener.onGenerated?.(run, toNanoseconds(systemClock() - began));
    if (!prepared.stopping) this.#matricesInMemory = wanted;
  }
}

/** Elements that take one worker longer to generate than it takes to start others. */
const PARALLEL_ELEMENTS = 2 ** 24;
