import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlightRanges } from '../../../../src/renderer/timeline/model/highlight-ranges.js';
import { windowOf } from '../../../../src/renderer/timeline/model/time-window.js';
import { anyIntervals, trackOf } from '../../../fixtures/timelines.js';

describe('lit holds', () => {
  const window = windowOf({ startNs: 0, endNs: 1000 }, 100);

  it('are lit for as long as the wait lasts and no longer', () => {
    const track = trackOf([
      [0, 300],
      [500, 900],
    ]);
    expect(highlightRanges(track, { startNs: 100, endNs: 700 }, window)).toEqual([
      { x: 10, right: 30 },
      { x: 50, right: 70 },
    ]);
  });

  it('are no more than pixels, in order, and none is missed', () => {
    const anyWait = fc.tuple(fc.nat(200_000), fc.nat(200_000));
    fc.assert(
      fc.property(anyIntervals, anyWait, (intervals, [startNs, length]) => {
        const during = { startNs, endNs: startNs + length + 1 };
        const at = windowOf({ startNs: 0, endNs: 400_000 }, 100);
        const parts = highlightRanges(trackOf(intervals), during, at);
        expect(parts.length).toBeLessThanOrEqual(102);
        for (const [index, part] of parts.entries()) {
          expect(part.right).toBeGreaterThanOrEqual(part.x + 1 - 1e-9);
          const next = parts[index + 1];
          if (next !== undefined) expect(next.x).toBeGreaterThan(part.x);
        }
        for (const [from, to] of intervals) {
          const start = Math.max(from, during.startNs);
          const end = Math.min(to, during.endNs);
          if (start >= end || start >= 400_000) continue;
          const middle = (start + Math.min(end, 400_000)) / 2 / at.nsPerPx;
          expect(parts.some(({ x, right }) => x <= middle + 1e-6 && middle <= right + 1e-6)).toBe(
            true,
          );
        }
      }),
    );
  });
});
