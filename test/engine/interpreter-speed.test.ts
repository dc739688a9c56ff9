import { expect, it } from 'vitest';
import { measureInterpreter, turnsPerUs } from '../../src/engine/interpreter-speed.js';
import type { Milliseconds } from '../../src/base/units.js';
import { builtKernel } from '../fixtures/engine.js';

/** A clock and a kernel whose turns take it on: each so many ns, in some calls twice as many. */
function simulated(turnNs: number, isSlow: (call: number) => boolean) {
  let nowMs = 7;
  let calls = 0;
  return {
    kernel: {
      interpret: (turns: number) => {
        calls += 1;
        nowMs += (turns * turnNs * (isSlow(calls) ? 2 : 1)) / 1e6;
        return 0;
      },
    },
    clock: () => nowMs as Milliseconds,
  };
}

it.each([0.5, 1, 4])('finds the turns of a core that takes %d ns for each', (turnNs) => {
  const { kernel, clock } = simulated(turnNs, () => false);
  expect(turnsPerUs(kernel, clock)).toBeCloseTo(1000 / turnNs, 6);
});

it('finds the same where others had the core most of the time', () => {
  const { kernel, clock } = simulated(1, (call) => call % 10 !== 3);
  expect(turnsPerUs(kernel, clock)).toBeCloseTo(1000, 6);
});

it('finds this machine’s by the built kernel', async () => {
  const { module } = await builtKernel();
  const found = measureInterpreter(module);
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(Infinity);
});
