import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import type { Job, LaneData } from './lane/job.js';
import { WorkerError } from './errors.js';
import { limitOnThreads } from './limits.js';
import type { RunMemory } from './run-memory.js';

/** What a pool needs to know to start its workers. */
export interface LanePoolOptions {
  /** Absolute path of the built lane.js. */
  readonly lanePath: string;
  readonly kernel: WebAssembly.Module;
  readonly memory: RunMemory;
}

/**
 * Jobs that the workers have in hand together, at most. The more there are, the shorter may be jobs
 * that are done without idling while the main thread answers, and the more answers it takes in at
 * a time; but it hands them out one by one, which takes longer for each in a large pool.
 */
const IN_HAND = 256;

/** The job that a worker does, and the one that it goes on with. */
const IN_HAND_LEAST = 2;

/** Most jobs that a worker of a pool has in hand: the one it does, and those that wait for it alone. */
export function inHandMax(workers: number): number {
  return Math.max(IN_HAND_LEAST, Math.floor(IN_HAND / workers));
}

/** One worker thread: a piscina pool of one. */
interface Worker {
  readonly piscina: Piscina;
  /** Jobs that it has been given and has not done. */
  inHand: number;
}

/**
 * The worker threads: one for each lane or more. Each is a pool of its own, as what piscina does for a
 * job takes as long as it has workers in a pool: half a millisecond with 256.
 */
export class LanePool {
  readonly size: number;
  readonly #PiscinaPool: typeof Piscina;
  readonly #options: LanePoolOptions;
  readonly #workers: Worker[] = [];
  /** Those that are given jobs. */
  #employed: readonly Worker[] = [];
  /** Workers that are still to be started, and those that are there. */
  #toStart: number;
  #started = 0;
  #broken = false;

  private constructor(PiscinaPool: typeof Piscina, size: number, options: LanePoolOptions) {
    this.#PiscinaPool = PiscinaPool;
    this.size = size;
    this.#options = options;
    this.#toStart = size;
  }

  /** Makes a pool that has no workers yet. */
  static async create(size: number, options: LanePoolOptions): Promise<LanePool> {
    // Loaded at the first run, so that the window opens without it.
    const { Piscina } = await import('piscina');
    return new LanePool(Piscina, size, options);
  }

  /** Whether every worker is there, as it was started. */
  get ready(): boolean {
    return this.#started === this.size && !this.#broken;
  }

  /** How many workers are there. */
  get started(): number {
    return this.#started;
  }

  /**
   * Starts the workers and waits until every one is there, so that no run pays for it. As many start
   * at a time as there are cores: all at once would be no faster, and this thread would hardly get
   * a core meanwhile.
   *
   * @throws LimitError if the system allows no more threads; WorkerError if a worker fails to start,
   *   or the pool is ended meanwhile
   */
  async start(): Promise<void> {
    await Promise.all(Array.from({ length: availableParallelism() }, () => this.#startSome()));
  }

  /** Has so many of the workers, always the same, do the jobs that follow. */
  employ(workers: number): void {
    this.#employed = this.#workers.slice(0, workers);
  }

  /**
   * Submits one job to the employed worker with the fewest in hand; resolves when it is done.
   *
   * @throws WorkerError if its worker dies or the job throws
   */
  async run(job: Job): Promise<void> {
    const worker = leastBusy(this.#employed);
    worker.inHand += 1;
    try {
      await worker.piscina.run(job);
    } catch (error) {
      throw new WorkerError(error);
    } finally {
      worker.inHand -= 1;
    }
  }

  /** Submits jobs at once and waits for all of them; fails as soon as one does. */
  async runAll(jobs: readonly Job[]): Promise<void> {
    await Promise.all(jobs.map((job) => this.run(job)));
  }

  /** Ends the workers, whatever they are doing, and starts no more. */
  async destroy(): Promise<void> {
    this.#toStart = 0;
    this.#broken = true;
    await Promise.all(this.#workers.map(({ piscina }) => piscina.destroy()));
  }

  /** Starts workers, one after the other, until none is left to start. */
  async #startSome(): Promise<void> {
    while (this.#toStart > 0) {
      this.#toStart -= 1;
      await this.#startOne();
      this.#started += 1;
    }
  }

  async #startOne(): Promise<void> {
    const piscina = this.#makePool();
    let attached: Promise<unknown>;
    try {
      attached = piscina.run({ do: 'attach' } satisfies Job) as Promise<unknown>;
    } catch (error) {
      // The pool has no worker that would have to be ended.
      throw isNotStarted(error) ? limitOnThreads(this.size, this.#started) : new WorkerError(error);
    }
    this.#workers.push({ piscina, inHand: 0 });
    try {
      // A worker that fails before it has its job leaves the job waiting for another.
      await Promise.race([attached, failureOf(piscina)]);
    } catch (error) {
      throw new WorkerError(error);
    }
  }

  #makePool(): Piscina {
    const { lanePath, kernel, memory } = this.#options;
    const data: LaneData = { memory: memory.memory, kernel };
    const piscina = new this.#PiscinaPool({
      filename: lanePath,
      workerData: data,
      // The worker starts with its first job, where a failure to start it can be reported.
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: Infinity,
      concurrentTasksPerWorker: inHandMax(this.size),
      // An idle worker blocks on an atomic, which wakes faster than a message alone.
      atomics: 'sync',
      // What jobs take is recorded by the lanes.
      recordTiming: false,
    });
    // A worker that fails without a job, or ends; another would take its place.
    for (const event of ['error', 'workerDestroy']) {
      piscina.on(event, () => {
        this.#broken = true;
      });
    }
    return piscina;
  }
}

/** Never resolves; fails when the pool's worker does and has no job. */
async function failureOf(piscina: Piscina): Promise<never> {
  const [error] = (await once(piscina, 'error')) as unknown[];
  throw error;
}

/** The worker with the fewest jobs in hand: the first that has none, if there is one. */
function leastBusy(workers: readonly Worker[]): Worker {
  let least: Worker | undefined;
  for (const worker of workers) {
    if (worker.inHand < (least?.inHand ?? Infinity)) least = worker;
    if (worker.inHand === 0) break;
  }
  if (least === undefined) throw new Error('no worker is employed');
  return least;
}

/** Whether an error is that a worker's thread could not be started. */
function isNotStarted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_INIT_FAILED';
}
