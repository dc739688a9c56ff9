import type { Piscina } from 'piscina';
import type { Job, LaneData } from '../../workers/job.js';
import { WorkerError } from './errors.js';
import type { RunMemory } from './run-memory.js';

/** What a pool needs to know to start its workers. */
export interface LanePoolOptions {
  /** Absolute path of the built lane.js. */
  readonly lanePath: string;
  readonly kernel: WebAssembly.Module;
  readonly memory: RunMemory;
}

/** The worker threads: a piscina pool of fixed size, one worker a lane, one job a worker at a time. */
export class LanePool {
  readonly size: number;
  readonly #piscina: Piscina;
  #ready = false;
  #broken = false;

  private constructor(piscina: Piscina, size: number) {
    this.#piscina = piscina;
    this.size = size;
    // A worker that fails without a job; the one that takes its place would not know its lane.
    piscina.on('error', () => {
      this.#broken = true;
    });
  }

  /** Makes a pool without workers as yet. */
  static async create(size: number, options: LanePoolOptions): Promise<LanePool> {
    // Loaded at the first run, so that the window opens without it.
    const { Piscina } = await import('piscina');
    const data: LaneData = { memory: options.memory.memory, kernel: options.kernel };
    options.memory.clearRendezvous();
    const piscina = new Piscina({
      filename: options.lanePath,
      workerData: data,
      // Workers start with the first jobs, where a failure to start one can be told.
      minThreads: 0,
      maxThreads: size,
      idleTimeout: Infinity,
      concurrentTasksPerWorker: 1,
      // An idle worker blocks on an atomic, which wakes faster than a message alone.
      atomics: 'sync',
    });
    return new LanePool(piscina, size);
  }

  /** Whether every worker is there, as it was started. */
  get ready(): boolean {
    return this.#ready && !this.#broken;
  }

  /**
   * Starts the workers and waits until every one is there and knows its lane, so that no run pays for it.
   *
   * @throws WorkerError if one fails to start, or the pool is ended meanwhile
   */
  async start(): Promise<void> {
    const lanes = this.size;
    await this.runAll(
      Array.from({ length: lanes }, (_, lane) => ({ do: 'attach', lane, lanes }) as const),
    );
    this.#ready = true;
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

  /** Ends the workers, whatever they are doing. */
  async destroy(): Promise<void> {
    await this.#piscina.destroy();
  }
}
