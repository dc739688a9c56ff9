import { expect, it } from 'vitest';
import { measureClock } from '../../src/engine/clock-figures.js';
import { systemClock, type Milliseconds } from '../../src/base/units.js';

/** A clock that goes on by so many ns a reading and shows whole steps. */
function clockOf(readNs: number, stepNs: number) {
  let time = 0;
  return () => {
    time += readNs;
    return ((Math.floor(time / stepNs) * stepNs) / 1e6) as Milliseconds;
  };
}

it.each([
  [50, 1000],
  [50, 50],
])('finds a reading of %d ns and a step of %d ns', (readNs, stepNs) => {
  const figures = measureClock(clockOf(readNs, stepNs));
  expect(figures.stepNs).toBeCloseTo(stepNs, 0);
  expect(figures.readNs).toBeCloseTo(readNs, 0);
});

it('takes its time with a coarse one', () => {
  expect(measureClock(clockOf(50, 15_625_000)).stepNs).toBeCloseTo(15_625_000, 0);
});

it('refuses one that stands', () => {
  expect(() => measureClock(() => 7 as Milliseconds)).toThrow(RangeError);
});

it('finds this machine’s', () => {
  const { stepNs, readNs } = measureClock(systemClock);
  expect(stepNs).toBeGreaterThan(0);
  expect(Number.isFinite(stepNs)).toBe(true);
  expect(readNs).toBeGreaterThan(0);
});
