import { describe, expect, it } from 'vitest';
import {
  differenceFrom,
  differencesFrom,
  differenceText,
  speedText,
  type Difference,
} from '../../../src/renderer/recordings/baseline.js';
import { entryOf, isMeasured } from '../../../src/renderer/state/run-state.js';
import { MACHINE, type RecordChanges } from '../../fixtures/records.js';
import { after, wholeRun } from '../messages.js';

function measured(run: number, changes: RecordChanges) {
  const entry = entryOf(after(...wholeRun(run, changes)), run);
  if (!isMeasured(entry)) throw new Error('the run has no figures');
  return entry;
}

/** A difference that there is. */
function of(difference: Difference | null): Difference {
  if (difference === null) throw new Error('the two are not compared');
  return difference;
}

describe('the difference from the baseline', () => {
  const baseline = measured(1, { walls: [1000, 1000, 1000] });

  it('is how many times as fast the run is, with its interval', () => {
    const slower = measured(2, { walls: [2000, 2000, 2000] });
    const difference = differenceFrom(baseline, slower);
    expect(difference).toMatchObject({ ratio: 0.5, ci95: [0.5, 0.5] });
    expect(differenceText(of(difference))).toBe('0.500× as fast (0.500 to 0.500)');
    expect(differenceFrom(slower, baseline)?.ratio).toBe(2);
  });

  it('spans what the repeats span', () => {
    const { ci95 } = of(differenceFrom(baseline, measured(2, { walls: [800, 1000, 1250] })));
    expect(ci95?.[0]).toBeCloseTo(0.8);
    expect(ci95?.[1]).toBeCloseTo(1.25);
  });

  it('has no interval with fewer than three repeats', () => {
    const two = of(differenceFrom(baseline, measured(2, { walls: [500, 500] })));
    expect(two.ci95).toBeNull();
    expect(differenceText(two)).toBe('2.00× as fast');
  });

  it('says where the work is another', () => {
    const other = measured(2, { walls: [1, 2, 3], parameters: { matrices: 5 } });
    expect(differenceFrom(baseline, other)?.isSameWork).toBe(false);
    expect(differenceFrom(baseline, measured(3, { walls: [1, 2, 3] }))?.isSameWork).toBe(true);
  });
});

describe('a baseline that was recorded on another machine', () => {
  const elsewhere = { ...MACHINE, cpu: 'Difference Engine' };
  const baseline = measured(1, { walls: [1000, 1000, 1000], machine: elsewhere });

  it('is set against a run of the same work, and says so', () => {
    const difference = differenceFrom(baseline, measured(2, { walls: [500, 500, 500] }));
    expect(difference).toMatchObject({ ratio: 2, isSameWork: true, isSameMachine: false });
  });

  it('is not set against other work', () => {
    const other = measured(2, { walls: [500, 500, 500], parameters: { matrices: 5 } });
    expect(differenceFrom(baseline, other)).toBeNull();
    expect(differencesFrom(baseline, [baseline, other])).toEqual(new Map([[2, null]]));
  });
});

it.each([
  [1.921, '1.92× as fast'],
  [0.2222, '0.222× as fast'],
  [1, '1.00× as fast'],
  [1200, '1,200× as fast'],
])('%f is written %s', (ratio, text) => {
  expect(speedText(ratio)).toBe(text);
});
