import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Holders } from '../../../src/renderer/chart/holders.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

const LANES = 4;

describe('the holder of a column', () => {
  it('is the lane that holds longest in it, of few holds and of many', () => {
    const anyHolds = fc.array(fc.tuple(fc.nat(LANES - 1), fc.integer({ min: 1, max: 50 })), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(anyHolds, fc.array(fc.integer({ min: 1, max: 120 })), (holds, sizes) => {
        let at = 0;
        const spans = holds.map(([lane, durationNs]) => {
          const startNs = at;
          at += durationNs;
          return span(lane, 'hold', startNs, at);
        });
        const holders = new Holders(timelineOf(LANES, spans));
        let first = 0;
        for (const size of [...sizes, spans.length]) {
          const next = Math.min(first + size, spans.length);
          if (next === first) return;
          const held = Array.from({ length: LANES }, (_, lane) =>
            spans
              .slice(first, next)
              .filter((hold) => hold.lane === lane)
              .reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0),
          );
          expect(holders.of(first, next)).toBe(held.indexOf(Math.max(...held)));
          first = next;
        }
      }),
    );
  });
});
