import type { SchedulerName } from '../../shared/parameters.js';
import type { Clock } from '../../shared/units.js';
import { IN_HAND_MAX, type LanePool } from './lane-pool.js';
import type { PreparedRun } from './run-memory.js';

type Pool = Pick<LanePool, 'run' | 'runAll' | 'inHand'>;
type Run = Pick<PreparedRun, 'layout' | 'stopping'>;

/** Gives all tasks of a repeat to the pool, and resolves when the last result is gathered. */
export type Scheduler = (pool: Pool, run: Run, clock: Clock) => Promise<void>;

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

/** Work in a lane's hands that bridges the way to the main thread and back, and hardly more. */
const BRIDGED_MS = 0.5;

/**
 * One job a task, as a pool of threads takes them from its queue: each submitted on its own, in
 * order. A task's result is in its row, so that gathering keeps the order.
 *
 * A lane with nothing in hand is given the next task. Where tasks are shorter than the way to the
 * main thread and back, it is given as many as bridge that, so that it does not idle meanwhile; at
 * the end lanes are then apart by no more than that bit of work.
 */
function executor(pool: Pool, run: Run, clock: Clock): Promise<void> {
  const { tasks, lanes } = run.layout;
  const start = clock();
  let next = 0;
  let done = 0;
  const submitted = new Promise<void>((resolve, reject) => {
    const submit = () => {
      while (next < tasks && !run.stopping && next - done < lanes * pool.inHand) {
        pool.run({ do: 'task', task: next++ }).then(gather, reject);
      }
      if (next === done) resolve();
    };
    const gather = () => {
      done += 1;
      const taskMs = ((clock() - start) * lanes) / done;
      pool.inHand = Math.max(1, Math.min(IN_HAND_MAX, Math.floor(BRIDGED_MS / taskMs)));
      submit();
    };
    submit();
  });
  return submitted.finally(() => {
    pool.inHand = 1;
  });
}

function eachLane<J>(run: Run, job: (lane: number) => J): J[] {
  return Array.from({ length: run.layout.lanes }, (_, lane) => job(lane));
}
