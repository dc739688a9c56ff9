import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/index.js';
import { rangeFigures } from '../../src/analysis/selection-stats.js';
import { finish } from '../../src/base/cooperative-task.js';
import { verdictOf, type Verdict } from '../../src/analysis/verdict.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { laneCount } from '../../src/experiment/plan.js';
import { workCostsOf } from '../../src/experiment/work-costs.js';
import { Timeline } from '../../src/recording/timeline.js';
import { builtEngine } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';

/**
 * The verdicts that runs of real lanes get; cores are given, so that the machine's do not matter. How
 * long a lane of a busy machine is late is nobody's to say, so verdicts that hang on it are not told
 * apart here: made-up timelines tell them (verdict.test.ts).
 */
describe('the verdict on a real run', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await builtEngine();
  });

  afterAll(async () => {
    await engine.close();
  });

  async function judge(changes: Partial<Parameters>, cores: number): Promise<Verdict> {
    const parameters = smallRun({ repeats: 1, warmup: 0, ...changes });
    const { record } = await engine.run(parameters);
    const repeat = record?.repeats[0];
    if (record === null || repeat === undefined) throw new Error('no repeat was completed');
    const timeline = new Timeline(laneCount(parameters));
    for (const words of repeat.spans) timeline.append(words);
    const range = { startNs: 0, endNs: repeat.wallNs };
    return finish(
      verdictOf(timeline, finish(rangeFigures(timeline, range)), cores, workCostsOf(record.source)),
    );
  }

  const long = { matrices: 12, size: 200, maxIterations: 4000, threads: 2 };

  it('is serial for one lane, with the cores as what could be gained', async () => {
    const verdict = await judge({ ...long, scheduler: 'serial' }, 2);
    // How long a busy machine takes to start the lane is nobody's to say.
    expect(['serial', 'start-bound']).toContain(verdict.kind);
    expect(verdict.gain).toBeGreaterThan(1.2);
    expect(verdict.gain).toBeLessThanOrEqual(2);
  });

  it('finds no waiting for a lock where there is none', async () => {
    const verdict = await judge({ ...long, scheduler: 'static', lock: 'none' }, 2);
    expect(verdict.time.waitNs).toBe(0);
    expect(verdict.kind).not.toBe('lock-bound');
  });

  for (const lock of ['gil-held', 'gil-switching'] as const) {
    it(`is lock-bound under ${lock}, with two cores or more to be gained`, async () => {
      const verdict = await judge({ ...long, scheduler: 'executor', lock, switchIntervalMs: 1 }, 2);
      expect(verdict.kind).toBe('lock-bound');
      expect(verdict.isBound).toBe(true);
      // Of a busy machine's cores there is more to be gained than of idle ones.
      expect(verdict.gain).toBeGreaterThan(1.8);
    });
  }

  it('finds no waiting where lanes sleep at once, and is lock-bound where the lock is held', async () => {
    const sleeping = { workload: 'sleep', matrices: 4, threads: 4, sleepMs: 200 } as const;
    const apart = await judge({ ...sleeping, scheduler: 'static', lock: 'none' }, 1);
    expect(apart.time.waitNs).toBe(0);
    expect(apart.kind).not.toBe('lock-bound');
    const held = await judge({ ...sleeping, scheduler: 'static', lock: 'gil-held' }, 1);
    expect(held.kind).toBe('lock-bound');
    // Four lanes at once, and whatever time a busy machine takes to hand the lock over.
    expect(held.isBound).toBe(true);
    expect(held.gain).toBeGreaterThanOrEqual(4);
  });

  it('finds lanes crowded that compute at once on one core', async () => {
    // One core is what it is told of; lanes that compute at once then seem to share it.
    const verdict = await judge(
      { ...long, scheduler: 'dynamic', lock: 'none', threads: 2, matrices: 24 },
      1,
    );
    expect(verdict.time.waitNs).toBe(0);
    expect(verdict.kind).not.toBe('lock-bound');
    expect(verdict.time.crowdedNs).toBeGreaterThan(0);
  });
});
