import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runComparison, type Engine } from '../../src/engine/index.js';
import { VARIANTS, comparisonOrder, type Variant } from '../../src/experiment/variants.js';
import { builtEngine } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';

let engine: Engine;
beforeAll(async () => {
  engine = await builtEngine();
});
afterAll(async () => {
  await engine.close();
});

describe('a comparison', () => {
  it('measures each variant once a round, and has the repeats of each in one record', async () => {
    const order: Variant[][] = [];
    const { outcome, records } = await runComparison(engine, smallRun({ repeats: 3, warmup: 1 }), {
      signal: new AbortController().signal,
      listener: {
        onVariant: (variant, round, soFar) => {
          (order[round] ??= []).push(variant);
          expect(soFar.serial.length).toBeLessThanOrEqual(round + 1);
        },
      },
    });
    expect(outcome).toBe('done');
    expect(order).toEqual(comparisonOrder(smallRun({ repeats: 3 })));
    for (const variant of VARIANTS) expect(records?.[variant].repeats).toHaveLength(3);
    expect(VARIANTS.map((variant) => records?.[variant].number)).toEqual([1, 2, 3, 4]);
    expect(records?.gilHeld.source.parameters).toMatchObject({
      lock: 'gil-held',
      repeats: 3,
      warmup: 1,
    });
    expect(records?.static.source.results).toEqual(records?.serial.source.results);
  });

  it('keeps the whole rounds where it is stopped', async () => {
    const stopping = new AbortController();
    const { outcome, records } = await runComparison(engine, smallRun({ repeats: 100 }), {
      signal: stopping.signal,
      listener: {
        onVariant: (_, round, soFar) => {
          const measured = VARIANTS.reduce((total, variant) => total + soFar[variant].length, 0);
          if (round === 2 && measured === 10) stopping.abort();
        },
      },
    });
    expect(outcome).toBe('stopped');
    for (const variant of VARIANTS) expect(records?.[variant].repeats).toHaveLength(2);
  });

  it('has nothing where no round was completed, and leaves the engine usable', async () => {
    const stopping = new AbortController();
    const endless = smallRun({ maxIterations: 10_000_000, size: 64, epsilon: Number.MIN_VALUE });
    const { outcome, records } = await runComparison(engine, endless, {
      signal: stopping.signal,
      listener: {
        onProgress: () => {
          stopping.abort();
        },
      },
    });
    expect({ outcome, records }).toEqual({ outcome: 'stopped', records: null });
    await expect(engine.run(smallRun())).resolves.toMatchObject({ outcome: 'done' });
  });
});
