import { describe, expect, it } from 'vitest';
import {
  laneBands,
  laneRows,
  lanesInSight,
  laneTop,
  rowAt,
} from '../../../src/renderer/chart/lane-rows.js';

const SPACE = { top: 26, height: 500 };

describe('the rows of lanes', () => {
  it('fill the space, but are no higher than is comfortable', () => {
    expect(laneRows(10, SPACE, false, 0).laneHeight).toBe(50);
    expect(laneRows(2, SPACE, false, 0).laneHeight).toBe(56);
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

  it('name just the lanes that are in sight', () => {
    expect(lanesInSight(laneRows(256, SPACE, false, 7))).toEqual({ first: 0, next: 37 });
    expect(lanesInSight(laneRows(256, SPACE, false, 14))).toEqual({ first: 1, next: 37 });
    expect(lanesInSight(laneRows(3, SPACE, false, 0))).toEqual({ first: 0, next: 3 });
  });

  it('tell what is at a height', () => {
    const rows = laneRows(3, SPACE, true, 0);
    expect(rowAt(rows, 10)).toBeNull();
    expect(rowAt(rows, rows.lock?.top ?? NaN)).toBe('lock');
    expect(rowAt(rows, laneTop(rows, 0))).toBe(0);
    expect(rowAt(rows, laneTop(rows, 2) + 1)).toBe(2);
    expect(rowAt(rows, laneTop(rows, 3))).toBeNull();
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
