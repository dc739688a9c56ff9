import { setTimeout as sleep } from 'node:timers/promises';
import { collectGarbage } from '../../src/engine/garbage.js';
import type { Engine } from '../../src/engine/index.js';
import {
  SPECIFICATIONS,
  type LockModeName,
  type Parameters,
  type SchedulerName,
} from '../../src/experiment/parameters.js';
import { once } from './runs.js';

/** What a process has in memory, in bytes. */
export interface Memory {
  /** JavaScript's objects and buffers, after what is garbage was collected. */
  readonly heldBytes: number;
  /** Pages of the process in the machine's memory. */
  readonly residentBytes: number;
}

const LOCKS = Object.keys(SPECIFICATIONS.lock.options) as LockModeName[];
const SCHEDULERS = Object.keys(SPECIFICATIONS.scheduler.options) as SchedulerName[];

/** After so many runs each lock has been under each scheduler with each workload and fate. */
export const MIXED_ROUND = LOCKS.length * SCHEDULERS.length * 6;

/** The parameters of the nth of runs in turn, all small: locks, schedulers, workloads, sizes. */
function mixedRun(index: number): Parameters {
  const round = Math.floor(index / LOCKS.length);
  return once(1 + (index % 4), {
    lock: LOCKS[index % LOCKS.length] ?? 'none',
    scheduler: SCHEDULERS[round % SCHEDULERS.length] ?? 'static',
    workload: index % 6 === 5 ? 'sleep' : 'power',
    sleepMs: 0.1,
    matrices: 4 + (index % 13),
    size: 4 + (index % 29),
    maxIterations: 200,
    seed: index,
  });
}

/** Makes mixed runs, from one of a number on; every sixth is stopped, every sixth refused. */
export async function makeMixedRuns(engine: Engine, from: number, count: number): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    const fate = index % 6;
    const parameters = mixedRun(index);
    if (fate === 1) {
      // It needs more memory than there can be.
      await engine.run({ ...parameters, matrices: 1_000_000, size: 4096 }).catch(() => undefined);
    } else {
      await engine.run(parameters, {
        onTimeline: () => {
          if (fate === 3) engine.stop();
        },
      });
    }
  }
}

/** What this process has in memory now. Buffers are given back a turn after their owner is collected. */
export async function memoryNow(): Promise<Memory> {
  for (let time = 0; time < 3; time += 1) {
    collectGarbage();
    await sleep(10);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heldBytes: heapUsed + external, residentBytes: rss };
}
