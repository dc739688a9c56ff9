import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type * as PiscinaModule from 'piscina';
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
 * a time; but it gives them one by one, which in a large pool takes longer for each.
 */
const IN_HAND = 256;

/** The job that a worker does, and the one that it goes on with. */
const IN_HAND_LEAST = 2;

/** Most jobs that a worker of a pool has in hand: the one it does, and those that wait for it alone. */
export function inHandMax(workers: number): number {
  return Math.max(IN_HAND_LEAST, Math.floor(IN_HAND / workers));
}

/** The worker threads: a piscina pool of fixed size, a worker for each lane or more. */
export class LanePool {
  readonly size: number;
  /** The workers, by their thread's number; and those of them that are given jobs. */
  #threads: readonly number[] = [];
  #employed: ReadonlySet<number> | undefined;
  readonly #piscina: PiscinaModule.Piscina;
  /** Jobs that no worker has been given. */
  readonly #queue: PiscinaModule.FixedQueue;
  /** Workers that are still to be started. */
  #toStart: number;
  /** While workers start: those that have been given a job, by their thread's number. */
  readonly #begun = new Set<number>();
  #started = 0;
  #ready = false;
  #broken = false;

  private constructor(
    { Piscina, FixedQueue }: typeof PiscinaModule,
    size: number,
    options: LanePoolOptions,
  ) {
    const data: LaneData = { memory: options.memory.memory, kernel: options.kernel };
    this.#queue = new FixedQueue();
    const piscina = new Piscina({
      filename: options.lanePath,
      workerData: data,
      // Workers start with the first jobs, where a failure to start one can be told.
      minThreads: 0,
      maxThreads: size,
      idleTimeout: Infinity,
      concurrentTasksPerWorker: inHandMax(size),
      loadBalancer: (_job, workers) =>
        this.#ready ? this.#leastBusy(workers) : this.#nextToBegin(workers),
      taskQueue: this.#queue,
      // An idle worker blocks on an atomic, which wakes faster than a message alone.
      atomics: 'sync',
      // What jobs take is recorded by the lanes.
      recordTiming: false,
      // Jobs that no worker can take yet keep their order.
      stricterFIFO: true,
    });
    this.#piscina = piscina;
    this.size = size;
    this.#toStart = size;
    // A worker that fails without a job; the one that takes its place is none of those employed.
    piscina.on('error', () => {
      this.#broken = true;
    });
  }

  /** Makes a pool without workers as yet. */
  static async create(size: number, options: LanePoolOptions): Promise<LanePool> {
    // Loaded at the first run, so that the window opens without it.
    return new LanePool(await import('piscina'), size, options);
  }

  /** Whether every worker is there, as it was started. */
  get ready(): boolean {
    return this.#ready && !this.#broken;
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
    const starters = Array.from({ length: availableParallelism() }, () => this.#startSome());
    await Promise.race([Promise.all(starters), this.#failure()]);
    this.#threads = this.#piscina.threads.map(({ threadId }) => threadId);
    this.#ready = true;
  }

  /** Has so many of the workers, always the same, do the jobs that follow. */
  employ(workers: number): void {
    this.#employed = new Set(this.#threads.slice(0, workers));
  }

  /**
   * Gives one job to the pool; resolves when a worker has done it.
   *
   * @throws WorkerError if its worker dies or the job throws
   */
  async run(job: Job): Promise<void> {
    try {
      await this.#piscina.run(job);
    } catch (error) {
      throw new WorkerError(error);
    }
  }

  /** Gives jobs to the pool at once, and waits for all of them; fails as soon as one does. */
  async runAll(jobs: readonly Job[]): Promise<void> {
    await Promise.all(jobs.map((job) => this.run(job)));
  }

  /** Ends the workers, whatever they are doing, and starts no more. */
  async destroy(): Promise<void> {
    this.#toStart = 0;
    await this.#piscina.destroy();
  }

  /** Starts workers, one after the other, until none is left to start. */
  async #startSome(): Promise<void> {
    while (this.#toStart > 0) {
      this.#toStart -= 1;
      await this.#startOne();
      this.#started += 1;
    }
  }

  /** Starts a worker, by a job that none of those before is given. */
  async #startOne(): Promise<void> {
    let begun: Promise<unknown>;
    try {
      begun = this.#piscina.run({ do: 'attach' } satisfies Job) as Promise<unknown>;
    } catch (error) {
      // The system has no thread for it. Piscina has queued the job all the same, and would fail it
      // as the pool ends, with nobody to hear of it.
      while (this.#queue.size > 0) this.#queue.shift();
      if (isNotStarted(error)) throw limitOnThreads(this.size, this.#started);
      throw new WorkerError(error);
    }
    await begun.catch((error: unknown) => {
      throw new WorkerError(error);
    });
  }

  /**
   * Never resolves; fails when a worker does that has no job, as one that cannot be started. Its job
   * would wait for another worker for ever.
   */
  async #failure(): Promise<never> {
    const [error] = (await once(this.#piscina, 'error')) as unknown[];
    throw new WorkerError(error);
  }

  /** While workers start: one that has not been given a job, if there is any. */
  #nextToBegin<W extends { readonly id: number }>(workers: readonly W[]): W | null {
    const next = workers.find(({ id }) => !this.#begun.has(id));
    if (next === undefined) return null;
    this.#begun.add(next.id);
    return next;
  }

  /** The employed worker with the fewest jobs in hand, if any may have one more. */
  #leastBusy<W extends { readonly id: number; readonly currentUsage: number }>(
    workers: readonly W[],
  ): W | null {
    let least = inHandMax(this.size);
    let found: W | null = null;
    for (const worker of workers) {
      if (worker.currentUsage >= least || this.#employed?.has(worker.id) === false) continue;
      least = worker.currentUsage;
      found = worker;
    }
    return found;
  }
}

/** Whether an error is that a worker's thread could not be started. */
function isNotStarted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_INIT_FAILED';
}
