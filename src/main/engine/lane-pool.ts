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

  private constructor(piscina: Piscina, size: number) {
    this.#piscina = piscina;
    this.size = size;
  }

  /**
   * Starts the workers and waits until every one of them is ready, so that no run pays for it.
   *
   * @throws WorkerError if one fails to start
   */
  static async start(size: number, options: LanePoolOptions): Promise<LanePool> {
    // Loaded at the first run, so that the window opens without it.
    const { Piscina } = await import('piscina');
    const data: LaneData = { memory: options.memory.memory, kernel: options.kernel };
    options.memory.clearRendezvous();
    const pool = new LanePool(
      new Piscina({
        filename: options.lanePath,
        workerData: data,
        minThreads: size,
        maxThreads: size,
        concurrentTasksPerWorker: 1,
        // An idle worker blocks on an atomic, which wakes faster than a message alone.
        atomics: 'sync',
      }),
      size,
    );
    try {
      await pool.runAll(
        Array.from({ length: size }, (_, lane) => ({ do: 'attach', lane, lanes: size }) as const),
      );
    } catch (error) {
      await pool.destroy();
      throw error;
    }
    return pool;
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
