import type { SchedulerName } from '../../shared/parameters.js';
import type { LanePool } from './lane-pool.js';
import type { PreparedRun } from './run-memory.js';

/** Gives all tasks of a repeat to the pool, and resolves when the last result is gathered. */
export type Scheduler = (pool: LanePool, run: PreparedRun) => Promise<void>;

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
 * One job a task, as a pool of threads takes them from its queue: in order, each submitted on its
 * own, as soon as a lane is free. A task's result is in its row, so that gathering keeps the order.
 */
async function executor(pool: LanePool, run: PreparedRun): Promise<void> {
  const { tasks } = run.layout;
  let next = 0;
  const submitWhileFree = async () => {
    while (next < tasks && !run.stopping) await pool.run({ do: 'task', task: next++ });
  };
  await Promise.all(eachLane(run, submitWhileFree));
}

function eachLane<J>(run: PreparedRun, job: (lane: number) => J): J[] {
  return Array.from({ length: run.layout.lanes }, (_, lane) => job(lane));
}
