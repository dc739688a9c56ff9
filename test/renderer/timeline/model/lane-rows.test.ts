import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claimOf,
  laneBands,
  laneRows,
  laneTop,
  rowAt,
  rowsWithin,
  scrollTo,
  sectionsInSight,
  type LaneRows,
} from '../../../../src/renderer/timeline/model/lane-rows.js';

const SPACE = { top: 26, height: 500 };

describe('the rows of lanes', () => {
  it('fill the space, but are no higher than is comfortable', () => {
    expect(laneRows(10, SPACE, false, 0).laneHeight).toBe(50);
    expect(laneRows(2, SPACE, false, 0).laneHeight).toBe(120);
  });

  it('scroll where they would be too low, and no further than the last lane', () => {
    const rows = laneRows(256, SPACE, false, 1e6);
    expect(rows.laneHeight).toBe(14);
    expect(rows.maxScroll).toBe(256 * 14 - 500);
    expect(rows.scroll).toBe(rows.maxScroll);
    expect(laneTop(rows, 255) + 14).toBe(SPACE.top + SPACE.height);
    expect(laneRows(256, SPACE, false, -5).scroll).toBe(0);
    expect(laneRows(3, SPACE, false, 50).scroll).toBe(0);
  });

  it('leave room for the lock on top', () => {
    const rows = laneRows(4, SPACE, true, 0);
    const lock = rows.lock ?? { top: NaN, height: NaN };
    expect(lock.top).toBeGreaterThanOrEqual(SPACE.top);
    expect(lock.top + lock.height).toBeLessThanOrEqual(rows.area.top);
    expect(laneRows(4, SPACE, false, 0).lock).toBeNull();
  });

  it('have a lower lock’s row where the lanes would have too little room beside it', () => {
    const room = laneRows(4, { top: 0, height: 26 + 4 * 14 }, true, 0);
    const tight = laneRows(4, { top: 0, height: 25 + 4 * 14 }, true, 0);
    expect([room, tight].map(({ area }) => area.top)).toEqual([26, 20]);
    expect([room, tight].map(({ maxScroll }) => maxScroll)).toEqual([0, 0]);
    for (const { lock, area } of [room, tight]) {
      const { top, height } = lock ?? { top: NaN, height: NaN };
      expect(top).toBe(area.top - top - height);
    }
  });

  it('claim no less of a shared room than shows the lock and two lanes', () => {
    for (const lanes of [1, 2, 3, 10, 256]) {
      for (const hasLock of [true, false]) {
        const { leastPx } = claimOf(lanes, hasLock);
        const rows = laneRows(lanes, { top: 0, height: leastPx }, hasLock, 0);
        expect(rows.area.height / rows.laneHeight).toBe(Math.min(2, lanes));
        expect(leastPx).toBeLessThanOrEqual(claimOf(lanes, hasLock).fairPx);
      }
    }
  });

  it('name just the lanes that are in sight', () => {
    const lanes = (rows: LaneRows) => sectionsInSight(rows).map((section) => section.lanes);
    const from = (first: number, next: number) =>
      Array.from({ length: next - first }, (_, index) => first + index);
    expect(lanes(laneRows(256, SPACE, false, 7))).toEqual([from(0, 37)]);
    expect(lanes(laneRows(256, SPACE, false, 14))).toEqual([from(1, 37)]);
    expect(lanes(laneRows(3, SPACE, false, 0))).toEqual([[0, 1, 2]]);
    expect(lanes(laneRows(256, SPACE, false, 14, [200, 1]))).toEqual([[200, 1], from(2, 36)]);
  });

  it('tell what is at a height', () => {
    const rows = laneRows(3, SPACE, true, 0);
    expect(rowAt(rows, 10)).toBeNull();
    expect(rowAt(rows, rows.lock?.top ?? NaN)).toBe('lock');
    expect(rowAt(rows, laneTop(rows, 0))).toBe(0);
    expect(rowAt(rows, laneTop(rows, 2) + 1)).toBe(2);
    expect(rowAt(rows, laneTop(rows, 3))).toBeNull();
  });

  it('find every lane where it is drawn, also the pinned ones', () => {
    const anyRows = fc
      .record({
        lanes: fc.integer({ min: 1, max: 256 }),
        scroll: fc.nat(5000),
        hasLock: fc.boolean(),
      })
      .chain(({ lanes, scroll, hasLock }) =>
        fc
          .uniqueArray(fc.nat(lanes - 1), { maxLength: 8 })
          .map((pins) => laneRows(lanes, SPACE, hasLock, scroll, pins)),
      );
    fc.assert(
      fc.property(anyRows, (rows) => {
        for (const { area, lanes } of sectionsInSight(rows)) {
          for (const lane of lanes) {
            const middle = laneTop(rows, lane) + rows.laneHeight / 2;
            const isInArea = middle >= area.top && middle < area.top + area.height;
            if (isInArea) expect(rowAt(rows, middle)).toBe(lane);
          }
        }
      }),
    );
  });

  it('scroll no further than it takes to bring a lane in sight', () => {
    const rows = laneRows(256, SPACE, false, 700, [3]);
    expect(scrollTo(rows, 3)).toBe(700);
    for (const lane of [0, 40, 60, 255]) {
      const moved = laneRows(256, SPACE, false, scrollTo(rows, lane), [3]);
      const top = laneTop(moved, lane);
      expect(top).toBeGreaterThanOrEqual(moved.area.top);
      expect(top + moved.laneHeight).toBeLessThanOrEqual(moved.area.top + moved.area.height);
    }
    expect(scrollTo(rows, 60)).toBe(700);
  });

  it('leave room for others however many are pinned', () => {
    const pins = Array.from({ length: 200 }, (_, lane) => lane);
    const rows = laneRows(256, SPACE, true, 0, pins);
    expect(rows.area.height).toBeGreaterThanOrEqual(rows.laneHeight);
    expect(rows.pins.length).toBeLessThan(200);
  });
});

it.each([14, 20, 24, 40, 56])(
  'bands lie within a row %d px high, the hold above the block',
  (h) => {
    const { block, sleep, wait, hold } = laneBands(100, h);
    for (const { top, height } of [block, sleep, wait, hold]) {
      expect(top).toBeGreaterThanOrEqual(100);
      expect(top + height).toBeLessThanOrEqual(100 + h);
      expect(height).toBeGreaterThan(0);
    }
    expect(hold.top + hold.height).toBe(block.top);
    expect(wait.height).toBeLessThan(sleep.height);
    expect(sleep.height).toBeLessThan(block.height);
  },
);

describe('the rows that a part of the canvas shows', () => {
  it('are where they were, and each of them is in some part', () => {
    const any = fc.record({
      lanes: fc.integer({ min: 1, max: 80 }),
      hasLock: fc.boolean(),
      pins: fc.uniqueArray(fc.nat({ max: 79 }), { maxLength: 3 }),
      part: fc.integer({ min: 20, max: 400 }),
    });
    fc.assert(
      fc.property(any, ({ lanes, hasLock, pins, part }) => {
        const rows = laneRows(lanes, { top: 42, height: 81 * 14 + 26 }, hasLock, 0, pins);
        const end = rows.area.top + rows.area.height;
        const seen = new Set<number | 'lock'>();
        for (let top = 0; top < end; top += part) {
          const within = rowsWithin(rows, { top, height: part });
          if (within.lock !== null) seen.add('lock');
          for (const lane of sectionsInSight(within).flatMap((section) => section.lanes)) {
            seen.add(lane);
            expect(laneTop(within, lane)).toBe(laneTop(rows, lane));
          }
          const others = sectionsInSight(within).find(({ area }) => area === within.area);
          // No more than fit in, and one cut off at each end.
          expect(others?.lanes.length ?? 0).toBeLessThanOrEqual(part / rows.laneHeight + 2);
        }
        expect(seen.size).toBe(lanes + (hasLock ? 1 : 0));
      }),
    );
  });
});
