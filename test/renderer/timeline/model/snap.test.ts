import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapped } from '../../../../src/renderer/timeline/model/snap.js';
import { anyIntervals, span, timelineOf } from '../../../fixtures/timelines.js';

describe('snapping', () => {
  const timeline = timelineOf(2, [span(0, 'compute', 100, 200), span(1, 'wait', 190, 300)]);

  it('takes the nearest start or end within reach', () => {
    expect(snapped(timeline, 103, 5, null)).toEqual({ timeNs: 100, isEdge: true });
    expect(snapped(timeline, 194, 9, null)).toEqual({ timeNs: 190, isEdge: true });
    expect(snapped(timeline, 150, 20, null)).toEqual({ timeNs: 150, isEdge: false });
  });

  it('looks at one lane alone where one is meant', () => {
    expect(snapped(timeline, 194, 9, 0)).toEqual({ timeNs: 200, isEdge: true });
  });

  it('agrees with a search through all edges', () => {
    fc.assert(
      fc.property(
        anyIntervals,
        anyIntervals,
        fc.nat(300_000),
        fc.nat(50_000),
        (computes, waits, timeNs, reachNs) => {
          const of = (lane: number, kind: 'compute' | 'wait', intervals: typeof computes) =>
            intervals.map(([startNs, endNs]) => span(lane, kind, startNs, endNs));
          const built = timelineOf(2, [...of(0, 'compute', computes), ...of(1, 'wait', waits)]);
          const distances = [...computes, ...waits].flat().map((edge) => Math.abs(edge - timeNs));
          const least = Math.min(Infinity, ...distances);
          const found = snapped(built, timeNs, reachNs, null);
          expect(found.isEdge).toBe(least <= reachNs);
          expect(Math.abs(found.timeNs - timeNs)).toBe(least <= reachNs ? least : 0);
        },
      ),
    );
  });
});
