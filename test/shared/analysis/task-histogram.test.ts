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
    // Sturges's bin is 693 / (log2 100 + 1) = 90.7 ns, the narrower of the two, hence 50.
    expect(histogram?.edgesNs).toEqual(range(15).map((edge) => 1000 + 50 * edge));
    expect(histogram?.counts.slice(0, 3)).toEqual([8, 7, 7]);
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

  it('shows the shape of a few tasks over many decades', () => {
    const times = [2e5, 3e6, 8e6, 9e6, 1e7, 4e7, 6e7, 9e7];
    const histogram = finish(taskHistogram(tasksOf(times), WHOLE));
    expect(histogram?.isLogarithmic).toBe(true);
    expect(histogram?.counts.length).toBeGreaterThanOrEqual(8);
  });

  it('is one bin where all tasks take the same time', () => {
    const histogram = finish(taskHistogram(tasksOf([500, 500, 500]), WHOLE));
    expect(histogram?.counts).toEqual([3]);
    expect(histogram?.medianNs).toBe(500);
  });

  it('says where its marks are', () => {
    const histogram = finish(taskHistogram(tasksOf(range(100).map((i) => 1000 + 7 * i)), WHOLE));
    expect(placeAmongBins(histogram ?? NONE, 1325)).toBe(6.5);
    expect(placeAmongBins(histogram ?? NONE, 1700)).toBe(14);
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
