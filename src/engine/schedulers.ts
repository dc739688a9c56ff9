import type { SchedulerName } from '../experiment/parameters.js';
import { inHandMax, type LanePool } from './lane-pool.js';
import type { PreparedRun } from './run-memory.js';

type Pool = Pick<LanePool, 'size' | 'run' | 'runAll'>;
type Run = Pick<PreparedRun, 'layout' | 'stopping' | 'hasTasksLeft'>;

/** Submits all tasks of a repeat to the pool, and resolves when the last result is gathered. */
export type Scheduler = (pool: Pool, run: Run) => Promise<void>;

/** Every scheduler by its name in the parameters. */
export const schedulers: Readonly<Record<SchedulerName, Scheduler>> = {
  serial: chunks,
  static: chunks,
  executor,
  dynamic,
};

/** One job a lane: its contiguous chunk. With one lane, every task in order. */
async function chunks(pool: Pool, run: Run): Promise<void> {
  await pool.runAll(eachLane(run, (lane) => ({ do: 'chunk', lane })));
}

/** One job a lane: tasks from the shared counter. */
async function dynamic(pool: Pool, run: Run): Promise<void> {
  await pool.runAll(eachLane(run, (lane) => ({ do: 'counter', lane })));
}

/**
 * One shared queue, as a ThreadPoolExecutor has it: each task costs a submission to the pool, and
 * the lane that is free first does the next task. A task's result is in its row, so that gathering
 * keeps the order.
 *
 * A submission is a ticket for the next task, which the lane takes from the shared counter when the
 * ticket's turn comes. So a lane may have tickets in hand and need not idle while the pool answers,
 * and yet no task waits for a lane that is busy. Where one lane's tickets are held up by a long
 * task, the others are given more; a ticket that finds no task left does nothing.
 */
function executor(pool: Pool, run: Run): Promise<void> {
  const { tasks, lanes } = run.layout;
  const mostOpen = Math.min(tasks, lanes * inHandMax(pool.size));
  let open = 0;
  let failed = false;
  return new Promise((resolve, reject) => {
    const submit = () => {
      for (; open < mostOpen && run.hasTasksLeft && !run.stopping && !failed; open += 1) {
        pool.run({ do: 'ticket' }).then(gather, fail);
      }
      if (open === 0) resolve();
    };
    const gather = () => {
      open -= 1;
      submit();
    };
    const fail = (error: Error) => {
      failed = true;
      reject(error);
    };
    submit();
  });
}

function eachLane<J>(run: Run, job: (lane: number) => J): J[] {
  return Array.from({ length: run.layout.lanes }, (_, lane) => job(lane));
}
