import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/base/cooperative-task.js';
import {
  placeAmongBins,
  taskHistogram,
  type TaskSource,
} from '../../src/analysis/task-histogram.js';
import type { Timeline } from '../../src/recording/timeline.js';
import { span, timelineOf } from '../fixtures/timelines.js';
import { anyRange, anySpans, isIn } from '../fixtures/ranges.js';

const WHOLE = { startNs: 0, endNs: 1e15 };

describe('the histogram of task times', () => {
  it('has every task of the range in the bin that its whole length falls into', () => {
    fc.assert(
      fc.property(anySpans, anyRange, ({ lanes, spans }, range) => {
        const histogram = finish(taskHistogram({ timeline: timelineOf(lanes, spans), range }));
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
    const histogram = finish(taskHistogram(wholeOf(range(100).map((i) => 1000 + 7 * i))));
    // Sturges's bin is 693 / (log2 100 + 1) = 90.7 ns, the narrower of the two, hence 50.
    expect(histogram?.edgesNs).toEqual(range(15).map((edge) => 1000 + 50 * edge));
    expect(histogram?.counts.slice(0, 3)).toEqual([8, 7, 7]);
  });

  it('divides decades where times span many', () => {
    const histogram = finish(taskHistogram(wholeOf(range(300).map((i) => 10 ** (2 + i / 60)))));
    expect(histogram?.isLogarithmic).toBe(true);
    const edges = histogram?.edgesNs ?? [];
    expect(edges[0]).toBeCloseTo(100, 9);
    expect(
      placeAmongBins(histogram ?? NONE, Math.sqrt((edges[1] ?? 0) * (edges[2] ?? 0))),
    ).toBeCloseTo(1.5, 9);
  });

  it('shows the shape of a few tasks over many decades', () => {
    const times = [2e5, 3e6, 8e6, 9e6, 1e7, 4e7, 6e7, 9e7];
    const histogram = finish(taskHistogram(wholeOf(times)));
    expect(histogram?.isLogarithmic).toBe(true);
    expect(histogram?.counts.length).toBeGreaterThanOrEqual(8);
  });

  it('is one bin where all tasks take the same time', () => {
    const histogram = finish(taskHistogram(wholeOf([500, 500, 500])));
    expect(histogram?.counts).toEqual([3]);
    expect(histogram?.medianNs).toBe(500);
  });

  it('says where its marks are', () => {
    const histogram = finish(taskHistogram(wholeOf(range(100).map((i) => 1000 + 7 * i))));
    expect(placeAmongBins(histogram ?? NONE, 1325)).toBe(6.5);
    expect(placeAmongBins(histogram ?? NONE, 1700)).toBe(14);
  });

  it('counts the tasks of a baseline in the same bins, which hold all of both', () => {
    fc.assert(
      fc.property(anyTimes, anyTimes, (times, others) => {
        const histogram = finish(taskHistogram(wholeOf(times), wholeOf(others)));
        const { edgesNs, counts, count, baseline } = histogram ?? NONE;
        expect(counts.length).toBeLessThanOrEqual(61);
        expect([count, baseline?.count]).toEqual([times.length, others.length]);
        const found = counts.map((own, bin) => [own, baseline?.counts[bin]]);
        const expected = counts.map((_, bin) => {
          const isIn = (time: number) =>
            time >= (edgesNs[bin] ?? NaN) && time < (edgesNs[bin + 1] ?? NaN);
          return [times.filter(isIn).length, others.filter(isIn).length];
        });
        expect(found).toEqual(expected);
        expect(sum(counts)).toBe(times.length);
        expect(sum(baseline?.counts ?? [])).toBe(others.length);
      }),
    );
  });

  it('has bins as narrow as its own or the baseline’s times need', () => {
    const own = range(100).map((i) => 1000 + 7 * i);
    const alone = finish(taskHistogram(wholeOf(own)));
    const beside = finish(
      taskHistogram(wholeOf(own), wholeOf(range(100).map((i) => 500 + 20 * i))),
    );
    expect(beside?.edgesNs[0]).toBe(500);
    expect(beside?.edgesNs[1]).toBe(550);
    // Times that are all alike say nothing about how wide bins should be.
    const alike = finish(taskHistogram(wholeOf(own), wholeOf([1100, 1100])));
    expect(alike?.edgesNs).toEqual(alone?.edgesNs);
    expect(alike?.baseline).toMatchObject({ count: 2, medianNs: 1100, p95Ns: 1100 });
  });

  it('has no baseline where that has no task', () => {
    expect(finish(taskHistogram(wholeOf([500]), wholeOf([])))?.baseline).toBeNull();
    expect(finish(taskHistogram(wholeOf([]), wholeOf([500])))).toBeNull();
  });
});

const NONE = {
  edgesNs: [],
  counts: [],
  isLogarithmic: false,
  count: 0,
  medianNs: 0,
  p95Ns: 0,
  baseline: null,
};

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const anyTimes = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1e9 })),
  { minLength: 1, maxLength: 40 },
);

/** All of a repeat with such tasks. */
function wholeOf(times: readonly number[]): TaskSource {
  return { timeline: tasksOf(times), range: WHOLE };
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
