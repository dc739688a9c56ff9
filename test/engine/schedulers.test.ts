import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inHandMax } from '../../src/engine/lane-pool.js';
import { schedulers } from '../../src/engine/schedulers.js';
import { layoutOf } from '../../src/memory/layout.js';
import type { Job } from '../../src/engine/lane/job.js';
import { smallRun } from '../fixtures/parameters.js';

interface Ticket {
  readonly job: Job;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

/** A lane with its tickets, the one it is at first; until when that takes. */
interface Lane {
  readonly tickets: Ticket[];
  busyUntil: number;
}

/** A pool whose lanes take tasks of given lengths when their tickets' turn comes, on a clock of its own. */
class FakePool {
  now = 0;
  given = 0;
  mostOpen = 0;
  /** Whether a lane ever had nothing in hand though there were tasks left. */
  idled = false;
  stopping = false;
  readonly layout;
  readonly #lengths: readonly number[];
  readonly #lanes: readonly Lane[];
  #taken = 0;

  constructor(threads: number, lengths: readonly number[]) {
    this.layout = layoutOf(smallRun({ threads, matrices: lengths.length }));
    this.#lengths = lengths;
    this.#lanes = Array.from({ length: threads }, () => ({ tickets: [], busyUntil: 0 }));
  }

  get size(): number {
    return this.#lanes.length;
  }

  get tasksTaken(): number {
    return Math.min(this.#taken, this.#lengths.length);
  }

  get hasTasksLeft(): boolean {
    return this.#taken < this.#lengths.length;
  }

  get open(): readonly Ticket[] {
    return this.#lanes.flatMap(({ tickets }) => tickets);
  }

  run = (job: Job): Promise<void> =>
    new Promise((done, fail) => {
      const [lane] = [...this.#lanes].sort((a, b) => a.tickets.length - b.tickets.length);
      lane?.tickets.push({ job, done, fail });
      if (lane?.tickets.length === 1) this.#begin(lane);
      this.given += 1;
      this.mostOpen = Math.max(this.mostOpen, this.open.length);
    });

  runAll = async (jobs: readonly Job[]): Promise<void> => {
    await Promise.all(jobs.map(this.run));
  };

  /** Lets time go on until the next ticket ends, and the scheduler see it. */
  async endNext(): Promise<void> {
    const [lane] = this.#lanes
      .filter(({ tickets }) => tickets.length > 0)
      .sort((a, b) => a.busyUntil - b.busyUntil);
    if (lane === undefined) throw new Error('no ticket is open');
    this.now = lane.busyUntil;
    lane.tickets.shift()?.done();
    if (lane.tickets.length > 0) this.#begin(lane);
    await new Promise(setImmediate);
    const isIdle = this.#lanes.some(({ tickets }) => tickets.length === 0);
    if (isIdle && this.hasTasksLeft && !this.stopping) this.idled = true;
  }

  #begin(lane: Lane): void {
    const takes = this.stopping ? 0 : (this.#lengths[this.#taken] ?? 0);
    if (!this.stopping) this.#taken += 1;
    lane.busyUntil = this.now + takes;
  }
}

function startExecutor(threads: number, lengths: readonly number[]) {
  const pool = new FakePool(threads, lengths);
  return { pool, ended: schedulers.executor(pool, pool) };
}

/** When tasks are all done of which each goes to the lane that is free first. */
function endOfQueue(threads: number, lengths: readonly number[]): number {
  const free = Array.from({ length: threads }, () => 0);
  for (const length of lengths) {
    const first = free.indexOf(Math.min(...free));
    free[first] = (free[first] ?? 0) + length;
  }
  return Math.max(...free);
}

it('executor has the lane that is free first do the next task, however uneven they are', () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(100, 1000)), {
        minLength: 1,
        maxLength: 120,
      }),
      async (threads, lengths) => {
        const { pool, ended } = startExecutor(threads, lengths);
        while (pool.open.length > 0) await pool.endNext();
        await ended;
        expect(pool.tasksTaken).toBe(lengths.length);
        expect(pool.idled).toBe(false);
        expect(pool.now).toBe(endOfQueue(threads, lengths));
        expect(pool.mostOpen).toBeLessThanOrEqual(threads * inHandMax(threads));
        expect(pool.given).toBeLessThan(lengths.length + threads * inHandMax(threads));
      },
    ),
    { numRuns: 100 },
  ));

it('a worker has a next job in hand, and a pool no more in all the larger it is', () => {
  const inAll = (workers: number) => workers * inHandMax(workers);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 256 }), (workers) => {
      expect(inHandMax(workers)).toBeGreaterThanOrEqual(2);
      expect(inAll(workers)).toBeLessThanOrEqual(Math.max(inAll(1), 2 * workers));
    }),
  );
});

it('executor gives the pool no more tickets than there are tasks at once', () => {
  const { pool } = startExecutor(2, [1, 1, 1]);
  expect(pool.given).toBe(3);
});

it('executor gives no more tickets once the run is stopped, and waits for those that are on', async () => {
  const { pool, ended } = startExecutor(
    2,
    Array.from({ length: 100 }, () => 1),
  );
  const { given } = pool;
  pool.stopping = true;
  while (pool.open.length > 0) await pool.endNext();
  await ended;
  expect(pool.given).toBe(given);
  expect(pool.tasksTaken).toBe(2);
});

it('executor fails with the first ticket that does', async () => {
  const { pool, ended } = startExecutor(2, [1, 1, 1, 1]);
  pool.open[1]?.fail(new Error('a worker died'));
  await expect(ended).rejects.toThrow('a worker died');
});

it('executor gives no more tickets once one has failed', async () => {
  const { pool, ended } = startExecutor(
    2,
    Array.from({ length: 100 }, () => 1),
  );
  const { given } = pool;
  pool.open[1]?.fail(new Error('a worker died'));
  await expect(ended).rejects.toThrow('a worker died');
  await pool.endNext();
  expect(pool.given).toBe(given);
});
