import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { WorkerError } from '../../src/engine/index.js';
import { LanePool } from '../../src/engine/lane-pool.js';
import { RunMemory } from '../../src/engine/run-memory.js';
import { builtKernel } from '../fixtures/engine.js';

/** The threads of this process, as Linux lists them. */
const THREADS = '/proc/self/task';

async function poolOf(size: number, lane = 'out/main/lane.js'): Promise<LanePool> {
  const { module: kernel } = await builtKernel();
  const lanePath = resolve(lane);
  return LanePool.create(size, { lanePath, kernel, memory: new RunMemory() });
}

/** Calls `look` in each turn of the event loop while the work goes on. */
async function lookingWhile(work: Promise<void>, look: () => void): Promise<void> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  const turn = () => {
    if (isDone) return;
    look();
    setImmediate(turn);
  };
  turn();
  await done;
}

it.skipIf(!existsSync(THREADS))(
  'starts no more workers at a time than there are cores',
  async () => {
    const size = 3 * availableParallelism();
    const pool = await poolOf(size);
    const before = readdirSync(THREADS).length;
    let most = 0;
    const seen = new Set<number>();
    await lookingWhile(pool.start(), () => {
      seen.add(pool.started);
      most = Math.max(most, readdirSync(THREADS).length - before - pool.started);
    });
    expect(pool.started).toBe(size);
    // The event loop turned while they came.
    expect(seen.size).toBeGreaterThan(2);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(availableParallelism());
    await pool.destroy();
  },
);

it('can be ended before all workers have started, and starts no more then', async () => {
  const size = 64;
  const pool = await poolOf(size);
  let ended: Promise<void> | undefined;
  const started = lookingWhile(pool.start(), () => {
    if (pool.started > 0) ended ??= pool.destroy();
  });
  await expect(started).rejects.toThrow(WorkerError);
  await ended;
  expect(pool.started).toBeLessThan(size);
  expect(pool.ready).toBe(false);
});

it('fails where a worker dies as it starts, and starts no more', async () => {
  const size = 64;
  const pool = await poolOf(size, 'test/fixtures/dying-start.mjs');
  await expect(pool.start()).rejects.toThrow(/^A worker thread failed.*exited with code: 1/);
  await pool.destroy();
  expect(pool.started).toBeLessThan(size);
  expect(pool.ready).toBe(false);
});
