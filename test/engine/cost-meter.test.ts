import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/index.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import type { Experiment, ExperimentRecording } from '../../src/experiment/recording.js';
import { workCostsOf } from '../../src/experiment/work-costs.js';
import { builtEngine } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';

describe('what work and lock cost', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await builtEngine();
  });

  afterAll(async () => {
    await engine.close();
  });

  const work = { matrices: 6, size: 64, maxIterations: 2000, repeats: 2, warmup: 0 };

  async function run(
    changes: Partial<Parameters>,
  ): Promise<Experiment & Pick<ExperimentRecording, 'repeats'>> {
    const { record } = await engine.run(smallRun({ ...work, ...changes }));
    if (record === null) throw new Error('no repeat was completed');
    return { ...record.source, repeats: record.repeats };
  }

  it('is an iteration that no task was faster than, and never grows', async () => {
    let knownNs = Infinity;
    for (const lock of ['none', 'gil-held', 'none'] as const) {
      const record = await run({ lock });
      const { least } = workCostsOf(record);
      const iterationNs = record.costs.iterationNs ?? NaN;
      expect(iterationNs).toBeGreaterThan(0);
      expect(iterationNs).toBeLessThanOrEqual(knownNs);
      knownNs = iterationNs;
      for (const { timings } of record.repeats) {
        const computeNs = timings.computeNs.reduce((sum, each) => sum + each, 0);
        // Tasks that are too short to say how fast they were may have been a little faster.
        expect(least?.computeNs).toBeLessThanOrEqual(1.02 * computeNs);
      }
    }
  });

  it('has a hold that costs more where the lock comes from another lane', async () => {
    const { costs } = await run({ lock: 'gil-released', threads: 2 });
    expect(costs.holdNs).toBeGreaterThanOrEqual(0);
    expect(costs.handOverNs).toBeGreaterThanOrEqual(costs.holdNs);
    expect((await run({ lock: 'none' })).costs).toMatchObject({ holdNs: 0 });
  });

  it('leaves a run’s results, hand-overs and spans as they are', async () => {
    const record = await run({ lock: 'gil-released', threads: 1, scheduler: 'serial' });
    for (const { handoffs, spanCounts } of record.repeats) {
      expect(handoffs).toBe(0);
      expect(spanCounts.every(({ dropped }) => dropped === 0)).toBe(true);
    }
    const free = await run({ lock: 'none' });
    expect(record.results.iterations).toEqual(free.results.iterations);
  });

  it('is not known of sleep, which takes as long as it is asked for', async () => {
    const record = await run({ workload: 'sleep', sleepMs: 2, lock: 'gil-held' });
    expect(record.costs).toEqual({ iterationNs: null, holdNs: 0, handOverNs: 0 });
    expect(workCostsOf(record).least).toEqual({
      computeNs: 0,
      sleepNs: 12e6,
      longestTaskNs: 2e6,
    });
  });
});
