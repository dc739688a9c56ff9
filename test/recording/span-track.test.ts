import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpanTrack } from '../../src/recording/span-track.js';
import { anyIntervals, coveredSlowly, trackOf } from '../fixtures/timelines.js';

const anyTime = fc.nat(3_000_000);

describe('a track of spans', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(anyIntervals, (intervals) => {
        const track = trackOf(intervals);
        expect(track.length).toBe(intervals.length);
        intervals.forEach(([startNs, endNs], index) => {
          expect(track.startNs(index)).toBe(startNs);
          expect(track.endNs(index)).toBe(endNs);
          expect(track.durationNs(index)).toBe(endNs - startNs);
          expect(track.tag(index)).toBe(index);
        });
      }),
    );
  });

  it('knows the time that is covered in any interval, exactly', () => {
    fc.assert(
      fc.property(anyIntervals, anyTime, anyTime, (intervals, one, other) => {
        const [start, end] = one < other ? [one, other] : [other, one];
        const track = trackOf(intervals);
        expect(track.coveredNs(start, end)).toBe(coveredSlowly(intervals, start, end));
        expect(track.totalNs).toBe(coveredSlowly(intervals, 0, Infinity));
      }),
    );
  });

  it('finds the first span that ends after a time, from wherever the search begins', () => {
    fc.assert(
      fc.property(anyIntervals, anyTime, fc.nat(60), (intervals, time, from) => {
        const found = intervals.findIndex(([, endNs]) => endNs > time);
        const expected = found === -1 ? intervals.length : found;
        const track = trackOf(intervals);
        expect(track.firstEndingAfter(time)).toBe(expected);
        expect(track.firstEndingAfter(time, Math.min(from, expected))).toBe(expected);
      }),
    );
  });

  it('counts a span of no length as lying at its time', () => {
    const track = trackOf([
      [0, 10],
      [10, 10],
      [20, 30],
    ]);
    expect(track.firstAt(10)).toBe(1);
    expect(track.firstAt(11)).toBe(2);
    expect(track.firstAt(31)).toBe(3);
  });

  it('stays exact at the far end of the clock', () => {
    const late = 2 ** 53 - 10;
    const track = trackOf([
      [0, 1],
      [late, late + 3],
    ]);
    expect(track.startNs(1)).toBe(late);
    expect(track.coveredNs(late + 1, late + 9)).toBe(2);
  });

  it('merges another in order of the ends and says from where on it changed', () => {
    const track = new SpanTrack();
    const first = trackOf([
      [0, 10],
      [20, 30],
      [40, 50],
    ]);
    const second = trackOf([
      [10, 20],
      [32, 38],
    ]);
    expect(track.mergeIn(first, 0, 7)).toBe(0);
    expect(track.mergeIn(second, 1, 8)).toBe(2);
    const merged = Array.from({ length: track.length }, (_, index) => [
      track.startNs(index),
      track.endNs(index),
      track.tag(index),
    ]);
    expect(merged).toEqual([
      [0, 10, 7],
      [20, 30, 7],
      [32, 38, 8],
      [40, 50, 7],
    ]);
    expect(track.coveredNs(25, 45)).toBe(5 + 6 + 5);
  });

  it('searches over blocks and chunks as it would span by span', () => {
    const anyLong = fc.record({
      spans: fc.integer({ min: 1, max: 20_000 }),
      strideNs: fc.integer({ min: 1, max: 50 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      time: fc.double({ min: -0.1, max: 1.1, noNaN: true }),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(anyLong, ({ spans, strideNs, share, time, from }) => {
        const durationNs = Math.ceil(share * strideNs);
        const track = new SpanTrack();
        for (let span = 0; span < spans; span += 1) {
          track.push(span * strideNs, span * strideNs + durationNs, span);
        }
        const timeNs = Math.floor(time * spans * strideNs);
        const ended = Math.floor((timeNs - durationNs) / strideNs) + 1;
        const expected = Math.min(Math.max(0, ended), spans);
        expect(track.firstEndingAfter(timeNs)).toBe(expected);
        expect(track.firstEndingAfter(timeNs, Math.floor(from * expected))).toBe(expected);
        expect(track.totalNs).toBe(spans * durationNs);
      }),
      { numRuns: 60 },
    );
  });

  it('merges what is longer than a block and a chunk, a part at a time', () => {
    const anyParts = fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(anyParts, fc.integer({ min: 2, max: 5 }), (parts, lanes) => {
        const sources = Array.from({ length: lanes }, () => new SpanTrack());
        const merged = new SpanTrack();
        const pushed = sources.map(() => 0);
        let count = 0;
        for (const part of parts) {
          for (let index = 0; index < part; index += 1, count += 1) {
            sources[count % lanes]?.push(10 * count, 10 * count + 1 + (count % 9), 0);
          }
          sources.forEach((source, lane) => {
            merged.mergeIn(source, pushed[lane] ?? 0, lane);
            pushed[lane] = source.length;
          });
        }
        expect(merged.length).toBe(count);
        for (let index = 0; index < count; index += 97) {
          expect(merged.startNs(index)).toBe(10 * index);
          expect(merged.durationNs(index)).toBe(1 + (index % 9));
          expect(merged.tag(index)).toBe(index % lanes);
          expect(merged.firstEndingAfter(10 * index)).toBe(index);
        }
      }),
      { numRuns: 30 },
    );
  });
});
