import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolve } from 'node:path';
import {
  Engine,
  EngineBusyError,
  MemoryError,
  WorkerError,
} from '../../../src/main/engine/index.js';
import { TASK_STATE } from '../../../src/shared/layout.js';
import { SPECIFICATIONS, type Parameters } from '../../../src/shared/parameters.js';
import type { RunRecord } from '../../../src/shared/run-record.js';
import { decodeSpans, type Span } from '../../../src/shared/spans.js';
import { builtEngine, builtKernel } from '../../fixtures/engine.js';
import { smallRun } from '../../fixtures/parameters.js';

let engine: Engine;

beforeAll(async () => {
  engine = await builtEngine();
});

afterAll(async () => {
  await engine.close();
});

async function completed(parameters: Parameters): Promise<RunRecord> {
  const { outcome, record } = await engine.run(parameters);
  expect(outcome).toBe('done');
  if (record === null) throw new Error('a run that is done has a record');
  return record;
}

function spansOf(record: RunRecord, repeat: number): Span[] {
  return (record.repeats[repeat]?.spans ?? []).flatMap((words) => [...decodeSpans(words)]);
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
      expectEachTaskOnce(spans, record.parameters.matrices);
      expectNested(spans);
      if (lock !== 'none' && lock !== 'per-object') expectHoldsApart(spans);
      expectTableMatchesSpans(record, repeat, spans);
    }
    // Bit for bit the same, whoever computed it and under which lock.
    expect(record.results.eigenvalue).toEqual(serial.results.eigenvalue);
    expect(record.results.rayleigh).toEqual(serial.results.rayleigh);
    expect(record.results.iterations).toEqual(serial.results.iterations);
  });
});

describe('the sleep workload', () => {
  const sleeping = { workload: 'sleep', matrices: 4, threads: 4, sleepMs: 20, repeats: 1 } as const;

  it('returns twice its input', async () => {
    const { results } = await completed(smallRun(sleeping));
    expect([...results.eigenvalue]).toEqual([0, 2, 4, 6]);
  });

  it('sleeps side by side without the lock', async () => {
    const record = await completed(smallRun({ ...sleeping, lock: 'gil-released' }));
    expect(spansOf(record, 0).filter((span) => span.kind === 'hold')).toEqual([]);
  });

  it('sleeps one after the other where the lock is held', async () => {
    const record = await completed(smallRun({ ...sleeping, lock: 'gil-held' }));
    expectHoldsApart(spansOf(record, 0));
    expect(record.repeats[0]?.handoffs).toBe(3);
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
    expect([...(record?.results.state ?? [])]).not.toContain(TASK_STATE.pending);
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

describe('a worker that dies', () => {
  it('fails the run with one clear message, and the next run works', async () => {
    const fragile = new Engine({
      lanePath: resolve('test/fixtures/dying-lane.mjs'),
      kernel: (await builtKernel()).module,
      machine: engine.machine,
    });
    const parameters = smallRun({ scheduler: 'static', lock: 'gil-held' });
    await expect(fragile.run(parameters)).rejects.toThrow(WorkerError);
    await expect(fragile.run(parameters)).resolves.toMatchObject({ outcome: 'done' });
    await fragile.close();
  });
});

describe('refusals', () => {
  it('refuses a second run while one is on', async () => {
    const first = engine.run(smallRun());
    await expect(engine.run(smallRun())).rejects.toThrow(EngineBusyError);
    await first;
  });

  it('refuses a run that does not fit, and says how many bytes it needs and there are', async () => {
    const huge = smallRun({ matrices: 1_000_000, size: 4096 });
    await expect(engine.run(huge)).rejects.toThrow(MemoryError);
    await expect(engine.run(huge)).rejects.toThrow(
      /needs [\d,]{19} bytes .* there are [\d,]+ bytes/,
    );
    await completed(smallRun());
  });
});

function expectEachTaskOnce(spans: readonly Span[], tasks: number): void {
  const seen = spans.filter((span) => span.kind === 'task').map((span) => span.task);
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: tasks }, (_, task) => task));
}

/** Spans of a lane lie one in the other or apart, and inside a task of the same number. */
function expectNested(spans: readonly Span[]): void {
  for (const lane of new Set(spans.map((span) => span.lane))) {
    const own = spans.filter((span) => span.lane === lane);
    for (const span of own) {
      const task = own.find((other) => other.kind === 'task' && other.task === span.task);
      expect(span.startNs).toBeGreaterThanOrEqual(task?.startNs ?? Infinity);
      expect(span.endNs).toBeLessThanOrEqual(task?.endNs ?? -Infinity);
      expect(span.endNs).toBeGreaterThanOrEqual(span.startNs);
    }
    for (const kind of ['task', 'wait', 'hold', 'compute', 'sleep'] as const) {
      expectApart(own.filter((span) => span.kind === kind));
    }
  }
}

/** No two lanes hold the lock at once. */
function expectHoldsApart(spans: readonly Span[]): void {
  expectApart(spans.filter((span) => span.kind === 'hold'));
}

function expectApart(spans: readonly Span[]): void {
  const sorted = [...spans].sort((a, b) => a.startNs - b.startNs || a.endNs - b.endNs);
  sorted.slice(1).forEach((span, index) => {
    expect(span.startNs).toBeGreaterThanOrEqual(sorted[index]?.endNs ?? 0);
  });
}

function expectTableMatchesSpans(record: RunRecord, repeat: number, spans: readonly Span[]): void {
  const timings = record.repeats[repeat]?.timings;
  const columns = { wait: 'waitNs', hold: 'holdNs', compute: 'computeNs' } as const;
  for (const [kind, column] of Object.entries(columns)) {
    const sums = new Float64Array(record.parameters.matrices);
    for (const span of spans) {
      if (span.kind === kind) sums[span.task] = (sums[span.task] ?? 0) + span.endNs - span.startNs;
    }
    expect(timings?.[column]).toEqual(sums);
  }
}
