import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calmEnd,
  durationOf,
  panned,
  wholeRange,
  within,
  zoomed,
} from '../../../src/renderer/chart/view.js';

const WHOLE = wholeRange(1_000_000);

const anyRange = fc
  .tuple(fc.nat(1_000_000), fc.integer({ min: 50, max: 1_000_000 }))
  .map(([startNs, length]) => within({ startNs, endNs: startNs + length }, WHOLE));

describe('the range in view', () => {
  it('keeps the time under the pointer where it is when it zooms in', () => {
    const range = zoomed({ startNs: 1000, endNs: 2000 }, WHOLE, 1250, 2);
    expect(range).toEqual({ startNs: 1125, endNs: 1625 });
  });

  it('goes no further in than there is something to see, and no further out than the whole', () => {
    expect(durationOf(zoomed({ startNs: 0, endNs: 100 }, WHOLE, 50, 1000))).toBe(50);
    expect(zoomed({ startNs: 400, endNs: 500 }, WHOLE, 450, 1e-9)).toEqual(WHOLE);
  });

  it('never leaves the whole', () => {
    fc.assert(
      fc.property(
        anyRange,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.integer({ min: -2_000_000, max: 2_000_000 }),
        (range, factor, by) => {
          for (const moved of [
            panned(range, WHOLE, by),
            zoomed(range, WHOLE, range.startNs + durationOf(range) / 3, factor),
          ]) {
            expect(moved.startNs).toBeGreaterThanOrEqual(0);
            expect(moved.endNs).toBeLessThanOrEqual(WHOLE.endNs + 1e-6);
            expect(durationOf(moved)).toBeGreaterThanOrEqual(50 - 1e-6);
          }
          expect(durationOf(panned(range, WHOLE, by))).toBeCloseTo(durationOf(range), 3);
        },
      ),
    );
  });
});

describe('the end of an axis that follows', () => {
  it('is no earlier than the timeline’s, and little later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1e12 }), (end) => {
        expect(calmEnd(end)).toBeGreaterThanOrEqual(end);
        expect(calmEnd(end)).toBeLessThanOrEqual(end * 1.125);
      }),
    );
  });

  it('moves in few steps', () => {
    const ends = Array.from({ length: 1000 }, (_, index) => calmEnd(1_000_000 + index * 1000));
    expect(new Set(ends).size).toBeLessThanOrEqual(10);
  });
});
