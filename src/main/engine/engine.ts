import type { Progress } from '../../shared/contract.js';
import type { Parameters } from '../../shared/parameters.js';
import { laneCount } from '../../shared/plan.js';
import type { Machine, RepeatRecord, RunRecord } from '../../shared/run-record.js';
import { copyResults, copyTimings, type TaskResults } from '../../shared/task-table.js';
import { systemClock, toNanoseconds, type Clock } from '../../shared/units.js';
import { Drain } from './drain.js';
import { EngineBusyError } from './errors.js';
import { LanePool } from './lane-pool.js';
import { RunMemory, type PreparedRun } from './run-memory.js';
import { schedulers } from './schedulers.js';

/** What a run tells while it is on. All of it comes on the thread that started the run. */
export interface RunListener {
  /** The run has been laid out and begins. */
  onStarted?(run: number, parameters: Parameters): void;
  /** How far it is; about 30 times a second. */
  onProgress?(run: number, progress: Progress): void;
  /** A counted repeat begins; the spans that follow are its own. */
  onTimeline?(run: number, repeat: number, lanes: number): void;
  /** Spans of the repeat that is on, packed (spans.ts), as they were drained. */
  onSpans?(run: number, words: Float64Array<ArrayBuffer>): void;
  /** A counted repeat was completed, and all of its spans are out. */
  onTimelineEnd?(run: number, repeat: number, record: RepeatRecord): void;
}

/** How a run ended. Its record has the repeats that were completed; null where none was. */
export interface RunOutcome {
  readonly run: number;
  readonly outcome: 'done' | 'stopped';
  readonly record: RunRecord | null;
}

/** What an engine needs. */
export interface EngineOptions {
  /** Absolute path of the built lane.js. */
  readonly lanePath: string;
  readonly kernel: WebAssembly.Module;
  readonly machine: Machine;
  readonly clock?: Clock;
}

/**
 * Runs experiments, one at a time:
 *
 *     idle -> laid out -> pool ready -> generating -> warming up -> repeating -> idle
 *                  \\________________ stop or failure ________________/
 *
 * The pool and the shared memory are kept from run to run, and the matrices too where the next
 * run has the same. After a failure the pool is made anew; earlier records are untouched.
 */
export class Engine {
  readonly machine: Machine;
  readonly #options: EngineOptions;
  readonly #clock: Clock;
  readonly #memory = new RunMemory();
  #pool: LanePool | undefined;
  #runs = 0;
  #busy = false;
  #current: PreparedRun | undefined;
  #matricesInMemory = '';

  constructor(options: EngineOptions) {
    this.#options = options;
    this.machine = options.machine;
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * Runs all repeats and resolves when they are done or the run was stopped.
   *
   * @throws EngineBusyError, MemoryError or WorkerError; the engine stays usable
   */
  async run(parameters: Parameters, listener: RunListener = {}): Promise<RunOutcome> {
    if (this.#busy) throw new EngineBusyError();
    const prepared = this.#memory.prepare(parameters);
    this.#busy = true;
    this.#current = prepared;
    try {
      this.#runs += 1;
      const run = this.#runs;
      listener.onStarted?.(run, parameters);
      const pool = await this.#poolFor(parameters);
      await this.#generate(run, parameters, prepared, pool, listener);
      return await this.#repeatAll(run, parameters, prepared, pool, listener);
    } catch (error) {
      await this.#discardPool();
      throw error;
    } finally {
      this.#current = undefined;
      this.#busy = false;
    }
  }

  /** Whether a run is on. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Asks the run that is on, if any, to stop; `run` then resolves as stopped. */
  stop(): void {
    this.#current?.requestStop();
  }

  /** Stops what is on and ends the workers. */
  async close(): Promise<void> {
    this.stop();
    await this.#discardPool();
  }

  /** The kept pool where it fits the run, else a new one. */
  async #poolFor(parameters: Parameters): Promise<LanePool> {
    const lanes = laneCount(parameters);
    const kept = this.#pool;
    // The executor's jobs go to any worker, so its pool has no worker more than there are lanes.
    const fits =
      kept !== undefined &&
      (parameters.scheduler === 'executor' ? kept.size === lanes : kept.size >= lanes);
    if (fits) return kept;
    await this.#discardPool();
    const { lanePath, kernel } = this.#options;
    this.#pool = await LanePool.start(lanes, { lanePath, kernel, memory: this.#memory });
    return this.#pool;
  }

  async #discardPool(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }

  /** Has the lanes generate the matrices, unless those in memory are the same. */
  async #generate(
    run: number,
    parameters: Parameters,
    prepared: PreparedRun,
    pool: LanePool,
    listener: RunListener,
  ): Promise<void> {
    const { workload, seed, size, matrices } = parameters;
    const wanted = workload === 'power' ? [seed, size, matrices].join(' ') : '';
    if (wanted !== '' && wanted === this.#matricesInMemory) return;
    this.#matricesInMemory = '';
    if (workload !== 'power') return;
    prepared.clearTallies();
    const report = () => {
      listener.onProgress?.(run, {
        phase: 'generating',
        repeat: 0,
        repeats: 1,
        tasksDone: prepared.tasksDone(),
        tasks: matrices,
      });
    };
    const timer = setInterval(report, 1000 / 30);
    try {
      const lanes = Array.from({ length: prepared.layout.lanes }, (_, lane) => lane);
      await pool.runAll(lanes.map((lane) => ({ do: 'generate', lane }) as const));
    } finally {
      clearInterval(timer);
    }
    if (!prepared.stopping) this.#matricesInMemory = wanted;
  }

  /** Warm-up, then the counted repeats, until all are done or the run is stopped. */
  async #repeatAll(
    run: number,
    parameters: Parameters,
    prepared: PreparedRun,
    pool: LanePool,
    listener: RunListener,
  ): Promise<RunOutcome> {
    const context: RepeatContext = {
      run,
      parameters,
      prepared,
      pool,
      listener,
      clock: this.#clock,
    };
    for (let repeat = 0; repeat < parameters.warmup && !prepared.stopping; repeat += 1) {
      await executeRepeat(context, 'warming up', repeat);
    }
    const repeats: RepeatRecord[] = [];
    let results: TaskResults | undefined;
    for (let repeat = 0; repeat < parameters.repeats && !prepared.stopping; repeat += 1) {
      const record = await executeRepeat(context, 'repeating', repeat);
      if (record === null) break;
      repeats.push(record);
      results ??= copyResults(prepared.table);
    }
    const record =
      results === undefined ? null : { run, parameters, machine: this.machine, repeats, results };
    return { run, outcome: prepared.stopping ? 'stopped' : 'done', record };
  }
}

interface RepeatContext {
  readonly run: number;
  readonly parameters: Parameters;
  readonly prepared: PreparedRun;
  readonly pool: LanePool;
  readonly listener: RunListener;
  readonly clock: Clock;
}

/**
 * Executes all tasks once; null where it was stopped before all were done. Of a warm-up nothing is
 * told but its progress.
 */
async function executeRepeat(
  context: RepeatContext,
  phase: 'warming up' | 'repeating',
  repeat: number,
): Promise<RepeatRecord | null> {
  const { run, parameters, prepared, pool, listener, clock } = context;
  const counted = phase === 'repeating';
  const repeats = counted ? parameters.repeats : parameters.warmup;
  const spans: Float64Array<ArrayBuffer>[] = [];
  const drain = new Drain(prepared, (words) => {
    const tasksDone = prepared.tasksDone();
    listener.onProgress?.(run, { phase, repeat, repeats, tasksDone, tasks: parameters.matrices });
    if (!counted || words.length === 0) return;
    spans.push(words);
    listener.onSpans?.(run, words);
  });
  if (counted) listener.onTimeline?.(run, repeat, prepared.layout.lanes);
  drain.start();
  let wallNs;
  let rings;
  try {
    const origin = clock();
    prepared.beginRepeat(origin);
    await schedulers[parameters.scheduler](pool, prepared);
    wallNs = toNanoseconds(clock() - origin);
  } finally {
    rings = drain.finish();
  }
  if (prepared.tasksDone() < parameters.matrices) return null;
  const timings = copyTimings(prepared.table);
  const record = { wallNs, handoffs: prepared.handoffs(), rings, timings, spans };
  if (counted) listener.onTimelineEnd?.(run, repeat, record);
  return record;
}
