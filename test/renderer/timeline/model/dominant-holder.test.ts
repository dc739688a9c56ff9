import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Columns } from '../../../../src/renderer/timeline/paint/column-strip.js';
import {
  dominantHolderAmong,
  dominantHolderInColumn,
} from '../../../../src/renderer/timeline/model/dominant-holder.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

const LANES = 4;

describe('the holder of a column', () => {
  it('is the lane that holds longest, of few holds and of many, of equals the first', () => {
    const anyHolds = fc.array(fc.tuple(fc.nat(LANES - 1), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(anyHolds, fc.nat(59), fc.nat(59), (holds, from, count) => {
        let at = 0;
        const spans = holds.map(([lane, durationNs]) => {
          const startNs = at;
          at += durationNs;
          return span(lane, 'hold', startNs, at);
        });
        const first = from % spans.length;
        const next = first + 1 + (count % (spans.length - first));
        const held = Array.from({ length: LANES }, (_, lane) =>
          spans
            .slice(first, next)
            .filter((hold) => hold.lane === lane)
            .reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0),
        );
        const timeline = timelineOf(LANES, spans);
        const startNs = timeline.lock.startNs(first);
        const endNs = timeline.lock.endNs(next - 1);
        const holder = dominantHolderAmong(timeline, { first, next, startNs, endNs });
        expect(holder).toBe(held.indexOf(Math.max(...held)));
      }),
      { numRuns: 500 },
    );
  });

  it('is the lane whose holds cover most of it, of equals the first', () => {
    const holds = [
      [0.1, 0.5, 0],
      [0.6, 0.5, 0],
      [0.3, 0, 0.2],
    ].map((covered) => {
      const columns = new Columns();
      columns.begin(covered.length);
      covered.forEach((share, column) => {
        columns.add(column, column + 1, share);
      });
      return columns;
    });
    expect([0, 1, 2].map((column) => dominantHolderInColumn(holds, column))).toEqual([1, 0, 2]);
  });
});
