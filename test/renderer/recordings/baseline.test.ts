import { describe, expect, it } from 'vitest';
import {
  changeInterval,
  differenceFrom,
  differenceText,
  signed,
} from '../../../src/renderer/recordings/baseline.js';
import { entryOf, isMeasured } from '../../../src/renderer/state/run-state.js';
import type { RecordChanges } from '../../fixtures/records.js';
import { after, wholeRun } from '../messages.js';

function measured(run: number, changes: RecordChanges) {
  const entry = entryOf(after(...wholeRun(run, changes)), run);
  if (!isMeasured(entry)) throw new Error('the run has no figures');
  return entry;
}

describe('the difference from the baseline', () => {
  const baseline = measured(1, { walls: [1000, 1000, 1000] });

  it('is the longer wall time as a share of the baseline’s, with its interval', () => {
    const slower = measured(2, { walls: [1900, 1900, 1900] });
    const difference = differenceFrom(baseline, slower);
    expect(difference.change).toBeCloseTo(0.9);
    expect(difference.ci95?.[0]).toBeCloseTo(0.9);
    expect(differenceText(difference)).toBe('+90 % (+90 to +90)');
    expect(differenceFrom(slower, baseline).change).toBeLessThan(0);
  });

  it('spans what the repeats span', () => {
    const { ci95 } = differenceFrom(baseline, measured(2, { walls: [800, 1000, 1200] }));
    expect(ci95?.[0]).toBeCloseTo(-0.2);
    expect(ci95?.[1]).toBeCloseTo(0.2);
  });

  it('has no interval with fewer than three repeats', () => {
    const two = differenceFrom(baseline, measured(2, { walls: [500, 500] }));
    expect(two.ci95).toBeNull();
    expect(differenceText(two)).toBe('−50 %');
  });

  it('says where the work is another', () => {
    const other = measured(2, { walls: [1, 2, 3], parameters: { matrices: 5 } });
    expect(differenceFrom(baseline, other).isSameWork).toBe(false);
    expect(differenceFrom(baseline, measured(3, { walls: [1, 2, 3] })).isSameWork).toBe(true);
  });
});

it.each([
  [0.921, '+92 %'],
  [-0.0812, '−8.1 %'],
  [0.00001, '0 %'],
  [12, '+1200 %'],
])('%f is written %s', (change, text) => {
  expect(signed(change)).toBe(text);
});

it('writes an interval with its unit once', () => {
  expect(changeInterval([-0.1, 0.05])).toBe('−10 to +5.0 %');
  expect(changeInterval([1.541, 1.544])).toBe('+154.1 to +154.4 %');
  expect(changeInterval([0.5, 0.5])).toBe('+50 to +50 %');
});
