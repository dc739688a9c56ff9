import { expect, it } from 'vitest';
import { largestFit } from '../../src/memory/largest-fit.js';
import { layoutOf } from '../../src/memory/layout.js';
import { smallRun } from '../fixtures/parameters.js';

const bytesOf = (parameters: ReturnType<typeof smallRun>) => layoutOf(parameters).totalBytes;

it.each(['matrices', 'size'] as const)('the largest %s fits, and one more does not', (name) => {
  const run = smallRun({ matrices: 1000, size: 1000, lock: 'gil-released' });
  const available = bytesOf({ ...run, [name]: 100 });
  const found = largestFit(name, run, available) ?? NaN;
  expect(bytesOf({ ...run, [name]: found })).toBeLessThanOrEqual(available);
  expect(bytesOf({ ...run, [name]: found + 1 })).toBeGreaterThan(available);
});

it('is none where even one matrix takes more', () => {
  expect(largestFit('matrices', smallRun({}), 1000)).toBeNull();
});
