import type { SchedulerName } from '../../shared/parameters.js';
import type { LanePool } from './lane-pool.js';
import type { PreparedRun } from './run-memory.js';

/** Gives all tasks of a repeat to the pool, and resolves when the last result is gathered. */
export type Scheduler = (pool: LanePool, run: PreparedRun) => Promise<void>;

/**
 * Tasks that the executor has submitted and not yet gathered, at most. Enough that no lane ever
 * finds the queue empty; a bound, so that a million tasks do not freeze the thread that submits.
 */
const EXECUTOR_BACKLOG = 1024;

/** Every scheduler by its name in the parameters. */
export const schedulers: Readonly<Record<SchedulerName, Scheduler>> = {
  serial: chunks,
  static: chunks,
  executor,
  dynamic,
};

/** One job a lane: its contiguous chunk. With one lane, every task in order. */
async function chunks(pool: LanePool, run: PreparedRun): Promise<void> {
  await pool.runAll(eachLane(run, (lane) => ({ do: 'chunk', lane })));
}

/** One job a lane: tasks from the shared counter. */
async function dynamic(pool: LanePool, run: PreparedRun): Promise<void> {
  await pool.runAll(eachLane(run, (lane) => ({ do: 'counter', lane })));
}

/**
 * One job a task, results gathered in the order of submission, as with
 * `[future.result() for future in [executor.submit(f, x) for x in xs]]`.
 */
async function executor(pool: LanePool, run: PreparedRun): Promise<void> {
  const { tasks } = run.layout;
  const backlog: Promise<void>[] = [];
  const failures: unknown[] = [];
  for (let task = 0; task < tasks && !run.stopping && failures.length === 0; task += 1) {
    const slot = task % EXECUTOR_BACKLOG;
    // The slot's last task is the oldest that is not gathered yet.
    await backlog[slot];
    const result = pool.run({ do: 'task', task });
    // Noticed at once; thrown where it is gathered.
    result.catch((error: unknown) => failures.push(error));
    backlog[slot] = result;
  }
  await Promise.all(backlog);
}

function eachLane<J>(run: PreparedRun, job: (lane: number) => J): J[] {
  return Array.from({ length: run.layout.lanes }, (_, lane) => job(lane));
}
