import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatTime,
  roundStep,
  timeTicks,
} from '../../../../src/renderer/timeline/model/time-ticks.js';

describe('ticks of the time axis', () => {
  it.each([
    [0, 31e6, 1000, '0 ms', '5 ms'],
    [0, 2.05e9, 1200, '0.0 s', '0.2 s'],
    [12.4e6, 12.4e6 + 900, 1000, '12.4000 ms', '12.4002 ms'],
    [0, 50, 600, '0 ns', '10 ns'],
    [0, 900_000, 400, '0 µs', '200 µs'],
  ])('of %d to %d ns on %d px begin with %s, %s', (startNs, endNs, widthPx, first, second) => {
    const labels = timeTicks({ startNs, endNs }, widthPx).map(({ label }) => label);
    expect(labels.slice(0, 2)).toEqual([first, second]);
  });

  it('leaves out a label that would be cut off at the end', () => {
    const labels = timeTicks({ startNs: 0, endNs: 10e6 }, 1000).map(({ label }) => label);
    expect(labels.at(-1)).toBe('');
    expect(labels.at(-2)).toBe('9 ms');
  });

  it('lie in view at even steps, with labels that all differ and have room', () => {
    const anyStart = fc.oneof(fc.nat(1000), fc.nat(2_000_000_000), fc.constant(9e12));
    const anyDuration = fc
      .integer({ min: 1, max: 40 })
      .chain((power) => fc.integer({ min: 2 ** (power - 1) + 50, max: 2 ** power + 60 }));
    fc.assert(
      fc.property(
        anyStart,
        anyDuration,
        fc.integer({ min: 300, max: 3000 }),
        (start, length, px) => {
          const range = { startNs: start, endNs: start + length };
          const ticks = timeTicks(range, px);
          expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
          ticks.forEach(({ value, label }, index) => {
            expect(value).toBeGreaterThanOrEqual(range.startNs);
            expect(value).toBeLessThanOrEqual(range.endNs);
            const previous = ticks[index - 1];
            if (previous === undefined) return;
            expect(((value - previous.value) / length) * px).toBeGreaterThan(7 * label.length);
          });
        },
      ),
    );
  });

  it('are none where there is no range', () => {
    expect(timeTicks({ startNs: NaN, endNs: NaN }, 100)).toEqual([]);
    expect(timeTicks({ startNs: 5, endNs: 5 }, 100)).toEqual([]);
    expect(timeTicks({ startNs: 0, endNs: 5 }, 0)).toEqual([]);
  });
});

it.each([
  [0.2, 1],
  [1, 1],
  [1.01, 2],
  [3, 5],
  [5.1, 10],
  [99, 100],
  [101, 200],
])('the round step for %d is %d', (least, step) => {
  expect(roundStep(least)).toBe(step);
});

it.each([
  [12_401_332, 1000, '12.401 ms'],
  [12_401_332, 40_000, '12.40 ms'],
  [12_401_332, 1, '12.401332 ms'],
  [0, 1000, '0 ns'],
])('%d ns told apart from %d ns later is %s', (time, resolution, text) => {
  expect(formatTime(time, resolution)).toBe(text);
});
