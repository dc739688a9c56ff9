import { expect, it } from 'vitest';
import { makeMixedRuns, memoryNow, MIXED_ROUND } from '../../bench/measure/growth.js';
import { builtEngine } from '../fixtures/engine.js';

it('leaves no more in memory after more mixed runs, stopped and refused ones too', async () => {
  const engine = await builtEngine();
  try {
    await makeMixedRuns(engine, 0, MIXED_ROUND);
    const before = await memoryNow();
    await makeMixedRuns(engine, MIXED_ROUND, MIXED_ROUND);
    const after = await memoryNow();
    const growth = after.heldBytes / before.heldBytes - 1;
    console.info(`memory held after ${2 * MIXED_ROUND} mixed runs: ${(100 * growth).toFixed(1)} %`);
    expect(growth).toBeLessThan(0.05);
  } finally {
    await engine.close();
  }
});
