import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolve } from 'node:path';
import { Engine, EngineBusyError, MemoryError, WorkerError } from '../../src/engine/index.js';
import { toNanoseconds } from '../../src/base/units.js';
import { TASK_STATE } from '../../src/experiment/task-table.js';
import { SPECIFICATIONS, type Parameters } from '../../src/experiment/parameters.js';
import { SPAN_WORDS } from '../../src/recording/spans.js';
import { builtEngine, builtKernel } from '../fixtures/engine.js';
import { expectHoldsApart } from '../fixtures/lock-laws.js';
import { smallRun } from '../fixtures/parameters.js';
import { expectEachTaskOnce, expectNested, spansOf } from '../fixtures/span-laws.js';
import { expectTableMatchesSpans } from '../fixtures/sum-laws.js';

let engine: Engine;

beforeAll(async () => {
  engine = await builtEngine();
});

afterAll(async () => {
  await engine.close();
});

async function completed(parameters: Parameters): Promise<ExperimentRecording> {
  const { outcome, record } = await engine.run(parameters);
  expect(outcome).toBe('done');
  if (record === null) throw new Error('a run that is done has a record');
  return record;
}

const schedulers = Object.keys(SPECIFICATIONS.scheduler.options) as Parameters['scheduler'][];
const locks = Object.keys(SPECIFICATIONS.lock.options) as Parameters['lock'][];
const combinations = schedulers.flatMap((scheduler) => locks.map((lock) => ({ scheduler, lock })));

describe('a run under each scheduler and lock mode', () => {
  it.each(combinations)('$scheduler, $lock', async ({ scheduler, lock }) => {
    const serial = await completed(smallRun({ scheduler: 'serial', lock: 'none', repeats: 1 }));
    const record = await completed(smallRun({ scheduler, lock, threads: 3 }));

    expect(record.repeats).toHaveLength(2);
    for (let repeat = 0; repeat < 2; repeat += 1) {
      const spans = spansOf(record, repeat);
      expectEachTaskOnce(spans, record.source.parameters.matrices);
      expectNested(spans);
      if (lock !== 'none' && lock !== 'per-object') expectHoldsApart(spans);
      expectTableMatchesSpans(record, repeat);
    }
    // Bit for bit the same, whoever computed it and under which lock.
    expect(record.source.results.eigenvalue).toEqual(serial.source.results.eigenvalue);
    expect(record.source.results.rayleigh).toEqual(serial.source.results.rayleigh);
    expect(record.source.results.iterations).toEqual(serial.source.results.iterations);
  });
});

it('gives up the lock within a product, and goes on with it, bit for bit', async () => {
  // A product of this size takes longer than the interval, so that no lane could ever end one
  // if it began anew each time.
  const large = { size: 3000, matrices: 2, maxIterations: 20, repeats: 1, warmup: 0 } as const;
  const serial = await completed(smallRun({ ...large, scheduler: 'serial', lock: 'none' }));
  const switching = { lock: 'gil-switching', switchIntervalMs: 0.1, threads: 2 } as const;
  const record = await completed(smallRun({ ...large, ...switching }));
  expect(record.source.results).toEqual(serial.source.results);
  expectHoldsApart(spansOf(record, 0));
  expect(record.repeats[0]?.handoffs).toBeGreaterThan(0);
});

describe('the shared memory', () => {
  /** Six matrices of 64 MiB each. */
  const large = smallRun({ size: 4096, matrices: 6, maxIterations: 1, repeats: 1, warmup: 0 });

  it('is given back where a run needs far less, and the run is as ever', async () => {
    const fresh = await builtEngine();
    const before = (await fresh.run(smallRun())).record;
    await fresh.run(large);
    expect(fresh.sharedBytes).toBeGreaterThan(6 * 2 ** 26);
    const after = (await fresh.run(smallRun())).record;
    expect(fresh.sharedBytes).toBeLessThan(2 ** 26);
    expect(after?.source.results).toEqual(before?.source.results);
    await fresh.close();
  });

  it('is given back after a while without a run', async () => {
    let giveBack = (): void => undefined;
    let cancelled = 0;
    const fresh = await builtEngine({
      afterIdle(callback) {
        giveBack = callback;
        return () => {
          cancelled += 1;
        };
      },
    });
    await fresh.run(large);
    expect(fresh.sharedBytes).toBeGreaterThan(6 * 2 ** 26);
    const held = process.memoryUsage.rss();
    giveBack();
    expect(fresh.sharedBytes).toBeLessThan(2 ** 20);
    // Before the next pool is there, the one that had the memory is gone and what it left is collected.
    expect((await fresh.run(smallRun())).outcome).toBe('done');
    expect(held - process.memoryUsage.rss()).toBeGreaterThan(5 * 2 ** 26);
    expect(cancelled).toBe(1);
    await fresh.close();
  });

  it('holds the same matrices whoever generates them', async () => {
    // Enough elements that every core generates, and so with the serial run too.
    const many = { size: 1024, matrices: 17, maxIterations: 1, repeats: 1 } as const;
    const fresh = await builtEngine();
    const serial = await fresh.run(smallRun({ ...many, scheduler: 'serial' }));
    const reference = await completed(smallRun({ ...many, threads: 3 }));
    expect(serial.record?.source.results).toEqual(reference.source.results);
    await fresh.close();
  });
});

describe('the sleep workload', () => {
  const sleeping = { workload: 'sleep', matrices: 4, threads: 4, sleepMs: 20, repeats: 1 } as const;

  it('returns twice its input', async () => {
    const { results } = (await completed(smallRun(sleeping))).source;
    expect([...results.eigenvalue]).toEqual([0, 2, 4, 6]);
  });

  it.each(locks.filter((lock) => lock !== 'gil-held'))(
    'neither holds a lock nor waits for one under %s',
    async (lock) => {
      const record = await completed(smallRun({ ...sleeping, lock }));
      const kinds = spansOf(record, 0).map(({ kind }) => kind);
      expect(new Set(kinds)).toEqual(new Set(['task', 'sleep']));
    },
  );

  it('sleeps one after the other where the lock is held', async () => {
    const record = await completed(smallRun({ ...sleeping, lock: 'gil-held' }));
    const spans = spansOf(record, 0);
    expectHoldsApart(spans);
    for (const { startNs, endNs } of spans.filter((span) => span.kind === 'sleep')) {
      expect(endNs - startNs).toBeGreaterThanOrEqual(toNanoseconds(sleeping.sleepMs));
    }
    expect(record.repeats[0]?.handoffs).toBe(3);
  });
});

describe('workers that are started ahead', () => {
  it('do the first run, whether it waits for them or comes after', async () => {
    for (const isAwaited of [true, false]) {
      const fresh = await builtEngine();
      const phases = new Set<string>();
      const warm = fresh.warm(2);
      if (isAwaited) await warm;
      const { outcome } = await fresh.run(smallRun({ threads: 2 }), {
        onProgress: (_, { phase }) => phases.add(phase),
      });
      expect(outcome).toBe('done');
      expect(phases).not.toContain('starting');
      await fresh.close();
    }
  });

  it('can be stopped and closed while they start', async () => {
    const fresh = await builtEngine();
    void fresh.warm(16);
    const outcome = await fresh.run(smallRun({ threads: 16 }), {
      onStarted: () => {
        fresh.stop();
      },
    });
    expect(outcome).toMatchObject({ outcome: 'stopped', record: null });
    await expect(fresh.run(smallRun())).resolves.toMatchObject({ outcome: 'done' });
    await fresh.close();
    const closed = await builtEngine();
    const warm = closed.warm(4);
    await closed.close();
    await expect(warm).resolves.toBeUndefined();
  });
});

describe('a warm-up', () => {
  it('has its spans told, and not kept', async () => {
    const warmups: boolean[] = [];
    let spans = 0;
    const { record } = await engine.run(smallRun({ warmup: 2, repeats: 1 }), {
      onTimeline: (_run, _repeat, _lanes, warmup) => warmups.push(warmup),
      onSpans: (_, words) => {
        spans += words.length / SPAN_WORDS;
      },
    });
    expect(warmups).toEqual([true, true, false]);
    const kept = record?.repeats.flatMap((repeat) => repeat.spanCounts) ?? [];
    expect(spans).toBe(3 * kept.reduce((total, ring) => total + ring.kept, 0));
  });
});

describe('stopping', () => {
  it('ends a task that would take for hours, and leaves the engine usable', async () => {
    const endless = smallRun({
      matrices: 4,
      size: 64,
      maxIterations: 10_000_000,
      epsilon: Number.MIN_VALUE,
      repeats: 1000,
    });
    const outcome = await engine.run(endless, {
      onTimeline: () => {
        engine.stop();
      },
    });
    expect(outcome).toMatchObject({ outcome: 'stopped', record: null });
    await completed(smallRun());
  });

  it('keeps the repeats that were completed', async () => {
    const { outcome, record } = await engine.run(smallRun({ repeats: 1000 }), {
      onTimelineEnd: (_run, repeat) => {
        if (repeat === 1) engine.stop();
      },
    });
    expect(outcome).toBe('stopped');
    expect(record?.repeats.length).toBeGreaterThanOrEqual(2);
    expect([...(record?.source.results.state ?? [])]).not.toContain(TASK_STATE.pending);
  });

  it('ends a pool that is still starting', async () => {
    const fresh = await builtEngine();
    const outcome = await fresh.run(smallRun({ threads: 16 }), {
      onStarted: () => {
        fresh.stop();
      },
    });
    expect(outcome).toMatchObject({ outcome: 'stopped', record: null });
    await expect(fresh.run(smallRun())).resolves.toMatchObject({ outcome: 'done' });
    await fresh.close();
  });

  it('ends a run that waits for another pool', async () => {
    await completed(smallRun({ threads: 2 }));
    const outcome = await engine.run(smallRun({ threads: 9 }), {
      onStarted: () => {
        engine.stop();
      },
    });
    expect(outcome).toMatchObject({ outcome: 'stopped', record: null });
    await completed(smallRun({ threads: 3 }));
  });

  it('leaves no matrices behind that it has written over', async () => {
    const whole = smallRun({ matrices: 40, size: 32, repeats: 1 });
    const { results } = (await completed(whole)).source;
    // Laid out anew over the matrices of the run before, and stopped before it makes its own.
    await engine.run(smallRun({ matrices: 2, size: 8, threads: 5 }), {
      onStarted: () => {
        engine.stop();
      },
    });
    expect((await completed(whole)).source.results).toEqual(results);
  });

  it('wakes sleepers', async () => {
    const outcome = await engine.run(
      smallRun({ workload: 'sleep', sleepMs: 60_000, lock: 'gil-held', threads: 4 }),
      {
        onTimeline: () =>
          setTimeout(() => {
            engine.stop();
          }, 5),
      },
    );
    expect(outcome.outcome).toBe('stopped');
  });
});

describe('the executor', () => {
  it('starts tasks in their order', async () => {
    const threads = 3;
    const record = await completed(smallRun({ matrices: 2000, size: 4, threads, repeats: 1 }));
    const starts = record.repeats[0]?.timings.startNs ?? new Float64Array();
    const order = [...starts.keys()].sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
    const displaced = order.map((task, place) => Math.abs(task - place));
    // A lane that lost its core for a while, once it had taken a task, starts it late; a queue out
    // of order would displace most tasks, by hundreds.
    displaced.sort((a, b) => a - b);
    expect(displaced[displaced.length >> 1]).toBeLessThanOrEqual(threads);
  });

  it('does a single task once, however many lanes there are', async () => {
    const record = await completed(smallRun({ matrices: 1, threads: 10 }));
    expect(record.repeats.map(({ timings }) => timings.lane.length)).toEqual([1, 1]);
    expectEachTaskOnce(spansOf(record, 0), 1);
  });
});

describe('gil-switching', () => {
  it('hands the lock over inside a task, and to another lane each time', async () => {
    const record = await completed(
      smallRun({
        lock: 'gil-switching',
        scheduler: 'static',
        switchIntervalMs: 0.1,
        matrices: 2,
        size: 64,
        threads: 2,
        epsilon: Number.MIN_VALUE,
        maxIterations: 200_000,
        repeats: 1,
      }),
    );
    const spans = spansOf(record, 0);
    const holds = spans
      .filter((span) => span.kind === 'hold')
      .sort((a, b) => a.startNs - b.startNs);
    // Both tasks need many intervals, so both lanes ask, are asked, and never take the lock twice
    // running while the other waits.
    const lastTaskEnd = Math.min(
      ...spans.filter((span) => span.kind === 'task').map((span) => span.endNs),
    );
    const contended = holds.filter((hold) => hold.endNs < lastTaskEnd).slice(1);
    expect(contended.length).toBeGreaterThan(2);
    contended.slice(1).forEach((hold, index) => {
      expect(hold.lane).not.toBe(contended[index]?.lane);
    });
  });
});

describe.each(['gil-held', 'gil-switching'] as const)('%s', (lock) => {
  it('is kept from one task to the next while nobody asks', async () => {
    const record = await completed(smallRun({ lock, scheduler: 'static', threads: 1, repeats: 1 }));
    const holds = spansOf(record, 0).filter((span) => span.kind === 'hold');
    expect(holds).toHaveLength(record.source.parameters.matrices);
    holds.slice(1).forEach(({ startNs }, index) => {
      expect(startNs).toBe(holds[index]?.endNs);
    });
  });
});

describe('a worker that dies', () => {
  it.each(['static', 'executor'] as const)(
    'fails the run, and the next works: %s',
    async (scheduler) => {
      const fragile = new Engine({
        lanePath: resolve('test/fixtures/dying-lane.mjs'),
        kernel: (await builtKernel()).module,
        machine: engine.machine,
      });
      const parameters = smallRun({ scheduler, lock: 'gil-held' });
      await expect(fragile.run(parameters)).rejects.toThrow(WorkerError);
      const { record } = await fragile.run(parameters);
      expect(record?.source.results).toEqual((await completed(parameters)).source.results);
      await fragile.close();
    },
  );
});

it('fails a run whose workers cannot be started, and says why', async () => {
  const broken = new Engine({
    lanePath: resolve('test/fixtures/no-lane.mjs'),
    kernel: (await builtKernel()).module,
    machine: engine.machine,
  });
  await expect(broken.run(smallRun())).rejects.toThrow('no-lane.mjs');
  await broken.close();
});

describe('refusals', () => {
  it('refuses a second run while one is on', async () => {
    const first = engine.run(smallRun());
    await expect(engine.run(smallRun())).rejects.toThrow(EngineBusyError);
    await first;
  });

  it('refuses a run whose timings would not fit', async () => {
    const small = new Engine({
      lanePath: 'never started',
      kernel: (await builtKernel()).module,
      machine: { ...engine.machine, memoryBytes: 8e9 },
      freeMemoryBytes: () => 4e9,
    });
    const long = smallRun({ matrices: 1_000_000, size: 1, repeats: 1000 });
    await expect(small.run(long)).rejects.toThrow(
      /52\.0 GB of memory for its timings .* at most 75,384 matrices, or 75 repeats\.$/,
    );
    // Of several that are kept together, each fits by itself.
    const third = { ...long, repeats: 60 };
    expect(() => {
      small.reserve([third]);
    }).not.toThrow();
    expect(() => {
      small.reserve([third, third]);
    }).toThrow(MemoryError);
  });

  it('refuses a run that does not fit, and says what it needs, what there is, and what would fit', async () => {
    const huge = smallRun({ matrices: 1_000_000, size: 4096 });
    await expect(engine.run(huge)).rejects.toThrow(MemoryError);
    await expect(engine.run(huge)).rejects.toThrow(
      /needs 67\.2 TB .* there are \S+ GB\. Take at most \d+ matrices, or a size of \d+ × \d+\.$/,
    );
    await completed(smallRun());
  });
});
