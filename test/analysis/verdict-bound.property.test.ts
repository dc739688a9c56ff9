import type { ExperimentRecording } from '../../src/experiment/recording.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunAnalyses } from '../../src/main/runs/analyse-run.js';
import type { Engine } from '../../src/engine/index.js';
import { LOCK_MODES, type Parameters } from '../../src/experiment/parameters.js';
import { NO_INTERRUPTIONS } from '../../src/recording/interruptions.js';
import { builtEngine } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';

/** The lock modes that have a lock. */
const LOCKS = (Object.keys(LOCK_MODES) as Parameters['lock'][]).filter((lock) => lock !== 'none');

/** Runs of a few milliseconds, with tasks long enough to tell how fast an iteration is. */
const anyRun = fc.record({
  matrices: fc.integer({ min: 1, max: 16 }),
  size: fc.integer({ min: 40, max: 120 }),
  maxIterations: fc.integer({ min: 1000, max: 3000 }),
  threads: fc.integer({ min: 1, max: 5 }),
  scheduler: fc.constantFrom('static', 'executor', 'dynamic'),
  seed: fc.nat(1000),
  interpreterUs: fc.constantFrom(0, 0, 1),
} as const);

/** One under which lanes wait for a lock that they share for most of the time. */
const CONTENDED = {
  ...{ matrices: 24, size: 100, maxIterations: 3000, threads: 4, scheduler: 'dynamic' },
  ...{ seed: 1, interpreterUs: 1 },
} as const;

/**
 * The bound on what is gained without a lock, on real lanes. It holds whatever else the machine does
 * meanwhile: the unlocked run is made first, so that none of its tasks was faster than the iteration
 * that the bound rests on.
 */
describe('the bound on what releasing the lock gains', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await builtEngine();
  });

  afterAll(async () => {
    await engine.close();
  });

  async function run(changes: Partial<Parameters>): Promise<ExperimentRecording> {
    const { record } = await engine.run(smallRun({ repeats: 2, warmup: 0, ...changes }));
    if (record === null) throw new Error('no repeat was completed');
    return record;
  }

  for (const lock of LOCKS) {
    it(`holds for the same work without the lock: ${lock}`, async () => {
      let boundsSeen = 0;
      await fc.assert(
        fc.asyncProperty(anyRun, async (changes) => {
          const free = await run({ ...changes, lock: 'none' });
          const locked = await run({ ...changes, lock, switchIntervalMs: 1 });
          const { verdict } = await new RunAnalyses().of(onFreeCores(locked), null, () => false);
          const gained = wallNs(locked) / wallNs(free);
          // Only of the lock is a bound promised, and else an estimate.
          expect(verdict.isBound).toBe(verdict.kind === 'lock-bound');
          if (verdict.isBound) expect(verdict.gain).toBeGreaterThanOrEqual(gained);
          boundsSeen += verdict.isBound ? 1 : 0;
        }),
        { numRuns: 8, examples: [[CONTENDED]] },
      );
      if (LOCK_MODES[lock].locks === 'one') expect(boundsSeen).toBeGreaterThan(0);
    });
  }
});

/** The same as if its lanes had always had a core, so that what is named does not hang on the machine. */
function onFreeCores(record: ExperimentRecording): ExperimentRecording {
  const repeats = record.repeats.map((repeat) => ({ ...repeat, interruptions: NO_INTERRUPTIONS }));
  return { ...record, repeats };
}

/** The time of all repeats. */
function wallNs({ repeats }: ExperimentRecording): number {
  return repeats.reduce((sum, repeat) => sum + repeat.wallNs, 0);
}
