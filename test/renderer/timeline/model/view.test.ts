import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  around,
  calmEnd,
  durationOf,
  isMisfit,
  newest,
  panned,
  rangeBetween,
  revealed,
  steadyEnd,
  wholeRange,
  within,
  zoomed,
} from '../../../../src/renderer/timeline/model/view.js';

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

describe('the axis of a crowded run', () => {
  it('stays while what is foreseen wavers, and ends beyond what is there', () => {
    let end = 0;
    const ends = new Set<number>();
    for (let now = 10; now <= 1000; now += 10) {
      end = steadyEnd(end, now, 1000 * (1 + 0.2 * Math.sin(now)));
      expect(end).toBeGreaterThanOrEqual(now);
      ends.add(end);
    }
    expect(ends.size).toBeLessThanOrEqual(2);
  });

  it('grows in large steps where nothing is foreseen', () => {
    const ends = new Set<number>();
    let end = 0;
    for (let now = 1; now <= 10_000; now += 1) ends.add((end = steadyEnd(end, now, now)));
    expect(ends.size).toBeLessThan(60);
  });

  it('misfits once two hundredths are there and it is far too long or short', () => {
    expect(isMisfit(112_000, 100, 12_000)).toBe(false);
    expect(isMisfit(112_000, 300, 12_000)).toBe(true);
    expect(isMisfit(13_000, 300, 12_000)).toBe(false);
    expect(isMisfit(1_000, 300, 12_000)).toBe(true);
    expect(isMisfit(112_000, 300, 300)).toBe(false);
  });

  it('is chosen anew where it was meant for something far longer or shorter', () => {
    expect(steadyEnd(1_000_000, 50, 1000)).toBeLessThan(1300);
    expect(steadyEnd(1000, 50, 1_000_000)).toBeGreaterThanOrEqual(1_000_000);
  });
});

describe('following the newest time', () => {
  it('ends with it, in the length asked for, as far as there is so much', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 1e9 }),
        fc.integer({ min: 100, max: 1e9 }),
        (durationNs, newestNs) => {
          const whole = { startNs: 0, endNs: calmEnd(newestNs) };
          const range = newest(durationNs, whole, newestNs);
          expect(range.startNs).toBeGreaterThanOrEqual(0);
          expect(range.endNs).toBeGreaterThanOrEqual(newestNs);
          expect(range.endNs).toBeLessThanOrEqual(whole.endNs);
          if (durationNs > newestNs) return;
          expect(range).toEqual({ startNs: newestNs - durationNs, endNs: newestNs });
        },
      ),
    );
  });
});

describe('going to a part of time', () => {
  const whole = { startNs: 0, endNs: 10_000 };

  it('zooms to it with a margin', () => {
    const range = around({ startNs: 4000, endNs: 5000 }, whole);
    expect(range.startNs).toBeLessThan(4000);
    expect(range.endNs).toBeGreaterThan(5000);
    expect(range.startNs + range.endNs).toBeCloseTo(9000);
    expect(around(whole, whole)).toEqual(whole);
  });

  it('moves no more than it takes to bring it in sight', () => {
    const range = { startNs: 1000, endNs: 2000 };
    expect(revealed(range, whole, { startNs: 1200, endNs: 1300 })).toEqual(range);
    expect(revealed(range, whole, { startNs: 5000, endNs: 5200 })).toEqual({
      startNs: 4600,
      endNs: 5600,
    });
    expect(revealed(range, whole, { startNs: 500, endNs: 9000 })).toEqual(range);
    const later = revealed(range, whole, { startNs: 4000, endNs: 9000 });
    expect(later.startNs).toBeLessThan(4000);
    expect(later.endNs).toBeGreaterThan(4000);
  });

  it('orders the ends of a range and keeps them within the whole', () => {
    expect(rangeBetween(500, 200, whole)).toEqual({ startNs: 200, endNs: 500 });
    expect(rangeBetween(-5, 20_000, whole)).toEqual(whole);
    expect(rangeBetween(7, 7, whole)).toBeNull();
  });
});
