import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpanRaster } from '../../../../src/renderer/timeline/model/span-raster.js';
import {
  timeOf,
  windowOf,
  xOf,
  type TimeWindow,
} from '../../../../src/renderer/timeline/model/time-window.js';
import { SpanTrack } from '../../../../src/recording/span-track.js';
import { anyIntervals, coveredSlowly, trackOf } from '../../../fixtures/timelines.js';

interface Run {
  readonly x: number;
  readonly right: number;
  readonly coverage: number;
  readonly first: number;
  readonly next: number;
}

function runsOf(track: SpanTrack, window: TimeWindow, columnPx = 1): Run[] {
  const runs = new SpanRaster().find(track, window, columnPx);
  return Array.from({ length: runs.length }, (_, run) => ({
    x: runs.x(run),
    right: runs.right(run),
    coverage: runs.coverage(run),
    first: runs.first(run),
    next: runs.next(run),
  }));
}

/** Any part of time over any width: from far outside to a few nanoseconds. */
const anyWindow = fc
  .record({
    startNs: fc.oneof(fc.constant(0), fc.nat(2_000_000)),
    durationNs: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 9_000_000 })),
    widthPx: fc.integer({ min: 1, max: 300 }),
  })
  .map(({ startNs, durationNs, widthPx }) =>
    windowOf({ startNs, endNs: startNs + durationNs }, widthPx),
  );

describe('the runs of a track', () => {
  it.each([1, 2, 3])(
    'cover the time that its spans cover, up to every column of %d px',
    (columnPx) => {
      fc.assert(
        fc.property(anyIntervals, anyWindow, fc.nat(300), (intervals, window, snapshotAt) => {
          const runs = runsOf(trackOf(intervals), window, columnPx);
          const limit = Math.min(snapshotAt * columnPx, window.widthPx);
          const painted = runs.reduce(
            (sum, { x, right, coverage }) =>
              sum + Math.max(0, Math.min(right, limit) - x) * coverage,
            0,
          );
          const covered =
            coveredSlowly(intervals, window.startNs, timeOf(window, limit)) / window.nsPerPx;
          expect(Math.abs(painted - covered)).toBeLessThan(1e-3);
        }),
        { numRuns: 500 },
      );
    },
  );

  it('show every span that is in view, at its place', () => {
    fc.assert(
      fc.property(anyIntervals, anyWindow, (intervals, window) => {
        const runs = runsOf(trackOf(intervals), window);
        const endNs = timeOf(window, window.widthPx);
        intervals.forEach(([start, end], index) => {
          // A span that is just over an edge may be left out for what is there.
          if (end <= window.startNs + 1e-3 || start >= endNs - 1e-3) return;
          const x = xOf(window, start);
          const right = xOf(window, end);
          const near = runs.filter((run) => run.x <= right + 1.001 && run.right >= x - 1.001);
          expect(near.length, `span ${index} from ${start} to ${end}`).toBeGreaterThan(0);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('lie side by side in the plot, in order, and are few', () => {
    fc.assert(
      fc.property(anyIntervals, anyWindow, (intervals, window) => {
        const runs = runsOf(trackOf(intervals), window);
        let last = 0;
        for (const { x, right, coverage, first, next } of runs) {
          expect(x).toBeGreaterThanOrEqual(last);
          expect(right).toBeGreaterThan(x);
          expect(right).toBeLessThanOrEqual(window.widthPx);
          expect(coverage).toBeGreaterThanOrEqual(0);
          expect(coverage).toBeLessThanOrEqual(1);
          expect(next).toBeGreaterThan(first);
          last = right;
        }
        expect(runs.length).toBeLessThanOrEqual(2 * window.widthPx + 1);
      }),
      { numRuns: 500 },
    );
  });

  it('keep a span of a pixel or more to itself, to the fraction of a pixel', () => {
    const track = trackOf([
      [105, 120],
      [120, 121],
      [150, 400],
    ]);
    expect(runsOf(track, windowOf({ startNs: 100, endNs: 200 }, 10))).toEqual([
      { x: 0.5, right: 2, coverage: 1, first: 0, next: 1 },
      { x: 2, right: 3, coverage: expect.closeTo(0.1) as number, first: 1, next: 2 },
      { x: 5, right: 10, coverage: 1, first: 2, next: 3 },
    ]);
  });

  it('put shorter ones together by the column, with the share that they cover', () => {
    const track = trackOf([
      [0, 20],
      [30, 40],
      [95, 105],
    ]);
    expect(runsOf(track, windowOf({ startNs: 0, endNs: 1000 }, 10))).toEqual([
      { x: 0, right: 1, coverage: expect.closeTo(0.35) as number, first: 0, next: 3 },
      { x: 1, right: 2, coverage: expect.closeTo(0.05) as number, first: 2, next: 3 },
    ]);
  });

  it('end a column early where a span of its own begins in it', () => {
    const track = trackOf([
      [0, 30],
      [60, 400],
    ]);
    expect(runsOf(track, windowOf({ startNs: 0, endNs: 1000 }, 10))).toEqual([
      { x: 0, right: 0.6, coverage: expect.closeTo(0.5) as number, first: 0, next: 1 },
      { x: 0.6, right: 4, coverage: 1, first: 1, next: 2 },
    ]);
  });

  it('show a span of no length', () => {
    const runs = runsOf(trackOf([[50, 50]]), windowOf({ startNs: 0, endNs: 100 }, 10));
    expect(runs).toEqual([{ x: 5, right: 6, coverage: 0, first: 0, next: 1 }]);
  });

  it('cover what is covered to within a pixel where blocks stand for their spans', () => {
    const anySteps = fc.record({
      seed: fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 3, maxLength: 40 }),
      rounds: fc.integer({ min: 200, max: 800 }),
      long: fc.nat(20_000),
      widthPx: fc.integer({ min: 1, max: 40 }),
      snapshotAt: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(anySteps, ({ seed, rounds, long, widthPx, snapshotAt }) => {
        const intervals: [number, number][] = [];
        let at = 0;
        for (let round = 0; round < rounds; round += 1) {
          for (const [gap, duration] of seed) {
            intervals.push([at + gap, at + gap + duration + (round % 97 === 5 ? long : 0)]);
            at = intervals.at(-1)?.[1] ?? at;
          }
        }
        const track = trackOf(intervals);
        const window = windowOf({ startNs: 0, endNs: Math.max(1, at) }, widthPx);
        const limit = snapshotAt * widthPx;
        const painted = runsOf(track, window).reduce(
          (sum, { x, right, coverage }) => sum + Math.max(0, Math.min(right, limit) - x) * coverage,
          0,
        );
        const covered = track.coveredNs(0, timeOf(window, limit)) / window.nsPerPx;
        expect(Math.abs(painted - covered)).toBeLessThan(1);
        const all = runsOf(track, window).reduce(
          (sum, { x, right, coverage }) => sum + (right - x) * coverage,
          0,
        );
        expect(Math.abs(all - track.totalNs / window.nsPerPx)).toBeLessThan(1e-3 * widthPx);
      }),
      { numRuns: 60 },
    );
  });

  it('take no longer for a million spans than the width asks for', () => {
    const track = new SpanTrack();
    for (let task = 0; task < 1_000_000; task += 1) track.push(10 * task, 10 * task + 7, task);
    const runs = runsOf(track, windowOf({ startNs: 0, endNs: 10_000_000 }, 1000));
    expect(runs).toHaveLength(1000);
    expect(runs.every(({ coverage }) => Math.abs(coverage - 0.7) < 0.01)).toBe(true);
  });
});
