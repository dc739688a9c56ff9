import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/main/engine/index.js';
import { SPECIFICATIONS, type Parameters } from '../../../src/shared/parameters.js';
import { overviewOf } from '../../../src/shared/report.js';
import type { RunRecord } from '../../../src/shared/run-record.js';
import { builtEngine } from '../../fixtures/engine.js';
import { smallRun } from '../../fixtures/parameters.js';
import {
  expectEachTaskOnce,
  expectHoldsApart,
  expectNested,
  expectTableMatchesSpans,
  spansOf,
} from '../../fixtures/span-laws.js';

/** Seeded, so that a failure comes again; the threads' own timing is what varies. */
const RUNS = { numRuns: 60, seed: 2026 } as const;

let engine: Engine;

beforeAll(async () => {
  engine = await builtEngine();
});

afterAll(async () => {
  await engine.close();
});

/** Any small run of the power method. */
const anyRun = fc.record({
  matrices: fc.integer({ min: 1, max: 40 }),
  size: fc.integer({ min: 1, max: 24 }),
  // Few counts, as a pool is made anew for each that the executor has not had last.
  threads: fc.constantFrom(1, 2, 5),
  scheduler: choiceOf('scheduler'),
  lock: choiceOf('lock'),
  switchIntervalMs: fc.double({ min: 0.1, max: 2, noNaN: true }),
  maxIterations: fc.integer({ min: 1, max: 300 }),
  convergence: choiceOf('convergence'),
  seed: fc.maxSafeNat(),
});

function choiceOf<Name extends 'scheduler' | 'lock' | 'convergence'>(
  name: Name,
): fc.Arbitrary<Parameters[Name]> {
  return fc.constantFrom(...(Object.keys(SPECIFICATIONS[name].options) as Parameters[Name][]));
}

async function completed(parameters: Parameters): Promise<RunRecord> {
  const { record } = await engine.run(parameters);
  if (record === null) throw new Error('a run that is not stopped has a record');
  return record;
}

describe('for any parameters', () => {
  it('tasks run once, spans nest, the lock has one holder, and the sums agree', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (changes) => {
        const record = await completed(smallRun({ ...changes, repeats: 1 }));
        const spans = spansOf(record, 0);
        expectEachTaskOnce(spans, changes.matrices);
        expectNested(spans);
        if (changes.lock !== 'per-object') expectHoldsApart(spans);
        expectTableMatchesSpans(record, 0);
        expectLanesSumToRun(record);
      }),
      RUNS,
    );
  }, 300_000);

  it('results do not depend on threads, scheduler or lock, bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (changes) => {
        const serial = { scheduler: 'serial', lock: 'none', repeats: 1 } as const;
        const expected = (await completed(smallRun({ ...changes, ...serial }))).results;
        const { results } = await completed(smallRun({ ...changes, repeats: 1 }));
        expect(results).toEqual(expected);
      }),
      RUNS,
    );
  }, 300_000);

  it('a stop at any moment leaves a usable engine', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, fc.nat({ max: 12 }), async (changes, turns) => {
        const running = engine.run(smallRun({ ...changes, repeats: 1000 }));
        // Some turns of the event loop later, wherever the run is by then.
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        engine.stop();
        expect((await running).outcome).toBe('stopped');
        const { results } = await completed(smallRun({ repeats: 1 }));
        expect(results.state).not.toContain(0);
      }),
      RUNS,
    );
  }, 300_000);
});

function expectLanesSumToRun(record: RunRecord): void {
  const timings = record.repeats[0]?.timings;
  const lanes = overviewOf(record).repeats[0]?.lanes ?? [];
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  expect(sum(lanes.map((lane) => lane.tasks))).toBe(record.parameters.matrices);
  for (const column of ['waitNs', 'holdNs', 'computeNs', 'sleepNs'] as const) {
    expect(sum(lanes.map((lane) => lane[column]))).toBe(sum(timings?.[column] ?? []));
  }
}
