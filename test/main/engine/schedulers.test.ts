import { expect, it } from 'vitest';
import { IN_HAND_MAX } from '../../../src/main/engine/lane-pool.js';
import { schedulers } from '../../../src/main/engine/schedulers.js';
import { layoutOf } from '../../../src/shared/layout.js';
import type { Milliseconds } from '../../../src/shared/units.js';
import type { Job } from '../../../src/workers/job.js';
import { smallRun } from '../../fixtures/parameters.js';

/** A pool that does nothing until it is told to, and a clock that goes only then. */
class FakePool {
  inHand = 1;
  now = 0;
  /** Jobs that were given and not ended yet, oldest first. */
  readonly open: { job: Job; done: () => void; fail: (error: Error) => void }[] = [];
  /** Most that were open at once. */
  mostOpen = 0;
  readonly tasks: number[] = [];

  run = (job: Job): Promise<void> =>
    new Promise((done, fail) => {
      if (job.do === 'task') this.tasks.push(job.task);
      this.open.push({ job, done, fail });
      this.mostOpen = Math.max(this.mostOpen, this.open.length);
    });

  runAll = async (jobs: readonly Job[]): Promise<void> => {
    await Promise.all(jobs.map(this.run));
  };

  /** Ends the oldest open job after so long, and lets the scheduler see it. */
  async end(afterMs: number): Promise<void> {
    this.now += afterMs;
    this.open.shift()?.done();
    await new Promise(setImmediate);
  }
}

function startExecutor({ stopping = false } = {}) {
  const pool = new FakePool();
  const run = { layout: layoutOf(smallRun({ threads: 2, matrices: 100 })), stopping };
  const ended = schedulers.executor(pool, run, () => pool.now as Milliseconds);
  return { pool, run, ended };
}

it('executor gives each task on its own, in order', async () => {
  const { pool, ended } = startExecutor();
  while (pool.open.length > 0) await pool.end(1);
  await ended;
  expect(pool.tasks).toEqual(Array.from({ length: 100 }, (_, task) => task));
});

it('executor has no task wait behind a long one', async () => {
  const { pool, ended } = startExecutor();
  while (pool.open.length > 0) await pool.end(1);
  await ended;
  expect(pool.mostOpen).toBe(2);
});

it('executor gives short tasks ahead, as many as a lane may have in hand', async () => {
  const { pool, ended } = startExecutor();
  // Two lanes end one each 0.02 ms, so that a task takes 0.04 ms.
  while (pool.open.length > 0) await pool.end(0.02);
  await ended;
  expect(pool.mostOpen).toBe(2 * IN_HAND_MAX);
  expect(pool.inHand).toBe(1);
});

it('executor gives no more tasks once the run is stopped, and waits for those that are on', async () => {
  const { pool, run, ended } = startExecutor();
  run.stopping = true;
  await pool.end(1);
  await pool.end(1);
  await ended;
  expect(pool.tasks).toEqual([0, 1]);
});

it('executor fails with the first task that does', async () => {
  const { pool, ended } = startExecutor();
  pool.open[1]?.fail(new Error('a worker died'));
  await expect(ended).rejects.toThrow('a worker died');
  expect(pool.inHand).toBe(1);
});
