import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../src/shared/analysis/span-walk.js';
import { placeAmongBins, taskHistogram } from '../../../src/shared/analysis/task-histogram.js';
import type { Timeline } from '../../../src/shared/timeline.js';
import { span, timelineOf } from '../../fixtures/timelines.js';
import { anyRange, anySpans, isIn } from '../../fixtures/ranges.js';

const WHOLE = { startNs: 0, endNs: 1e15 };

describe('the histogram of task times', () => {
  it('has every task of the range in the bin that its whole length falls into', () => {
    fc.assert(
      fc.property(anySpans, anyRange, ({ lanes, spans }, range) => {
        const histogram = finish(taskHistogram(timelineOf(lanes, spans), range));
        const times = spans
          .filter((each) => each.kind === 'task' && isIn(each, range))
          .map(({ startNs, endNs }) => endNs - startNs);
        if (histogram === null) {
          expect(times).toEqual([]);
          return;
        }
        const { edgesNs, counts, count } = histogram;
        expect(count).toBe(times.length);
        expect(edgesNs).toHaveLength(counts.length + 1);
        expect(counts.length).toBeLessThanOrEqual(61);
        expect(edgesNs).toEqual([...edgesNs].sort((a, b) => a - b));
        counts.forEach((found, bin) => {
          const [from = NaN, to = NaN] = edgesNs.slice(bin, bin + 2);
          expect(found).toBe(times.filter((time) => time >= from && time < to).length);
        });
      }),
    );
  });

  it('has round edges', () => {
    const histogram = finish(taskHistogram(tasksOf(range(100).map((i) => 1000 + 7 * i)), WHOLE));
    // Half of the times span 346.5 ns, so a bin is 2 x 346.5 / 100^(1/3) = 149.3 ns, hence 200.
    expect(histogram?.edgesNs).toEqual([1000, 1200, 1400, 1600, 1800]);
    expect(histogram?.counts).toEqual([29, 29, 28, 14]);
  });

  it('divides decades where times span many', () => {
    const histogram = finish(
      taskHistogram(tasksOf(range(300).map((i) => 10 ** (2 + i / 60))), WHOLE),
    );
    expect(histogram?.isLogarithmic).toBe(true);
    const edges = histogram?.edgesNs ?? [];
    expect(edges[0]).toBeCloseTo(100, 9);
    expect(
      placeAmongBins(histogram ?? NONE, Math.sqrt((edges[1] ?? 0) * (edges[2] ?? 0))),
    ).toBeCloseTo(1.5, 9);
  });

  it('is one bin where all tasks take the same time', () => {
    const histogram = finish(taskHistogram(tasksOf([500, 500, 500]), WHOLE));
    expect(histogram?.counts).toEqual([3]);
    expect(histogram?.medianNs).toBe(500);
  });

  it('says where its marks are', () => {
    const histogram = finish(taskHistogram(tasksOf(range(100).map((i) => 1000 + 7 * i)), WHOLE));
    expect(placeAmongBins(histogram ?? NONE, 1300)).toBe(1.5);
    expect(placeAmongBins(histogram ?? NONE, 1800)).toBe(4);
  });
});

const NONE = { edgesNs: [], counts: [], isLogarithmic: false, count: 0, medianNs: 0, p95Ns: 0 };

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Tasks on one lane, one after another, of so many ns. */
function tasksOf(times: readonly number[]): Timeline {
  let at = 0;
  return timelineOf(
    1,
    times.map((time, task) => {
      const startNs = at;
      at += Math.round(time);
      return span(0, 'task', startNs, at, task);
    }),
  );
}
