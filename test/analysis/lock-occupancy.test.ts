import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lockOccupancy } from '../../src/analysis/lock-occupancy.js';
import { finish } from '../../src/base/cooperative-task.js';
import { span, timelineOf } from '../fixtures/timelines.js';
import { anyRange, partOf } from '../fixtures/ranges.js';

describe('lock occupancy', () => {
  it('is between 0 and 1, and adds up to the time held and waited', () => {
    const anyTurns = fc.array(
      fc.record({
        lane: fc.nat(2),
        gap: fc.nat(90_000),
        length: fc.integer({ min: 1, max: 90_000 }),
      }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(anyTurns, anyRange, fc.integer({ min: 1, max: 50 }), (turns, range, slices) => {
        let at = 0;
        const spans = turns.flatMap(({ lane, gap, length }, task) => {
          const waitNs = at;
          const holdNs = at + gap;
          at = holdNs + length;
          return [span(lane, 'wait', waitNs, holdNs, task), span(lane, 'hold', holdNs, at, task)];
        });
        const occupancy = finish(lockOccupancy(timelineOf(3, spans), range, slices));
        const { held = [], waiting = [] } = occupancy ?? {};
        for (const share of held) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        const sliceNs = (range.endNs - range.startNs) / slices;
        const sumOf = (kind: string) =>
          spans.reduce((sum, each) => sum + (each.kind === kind ? partOf(each, range) : 0), 0);
        expect(total(held) * sliceNs).toBeCloseTo(sumOf('hold'), 3);
        expect(total(waiting) * sliceNs).toBeCloseTo(sumOf('wait'), 3);
      }),
    );
  });

  it('tells each slice of its own', () => {
    const timeline = timelineOf(2, [
      span(0, 'hold', 0, 15),
      span(1, 'wait', 5, 15),
      span(1, 'hold', 15, 20),
    ]);
    const occupancy = finish(lockOccupancy(timeline, { startNs: 0, endNs: 40 }, 4));
    expect(occupancy?.held).toEqual(Float64Array.of(1, 1, 0, 0));
    expect(occupancy?.waiting).toEqual(Float64Array.of(0.5, 0.5, 0, 0));
  });

  it('is none without a process-wide lock', () => {
    const range = { startNs: 0, endNs: 10 };
    expect(finish(lockOccupancy(timelineOf(1, [span(0, 'task', 0, 9)]), range, 2))).toBeNull();
    const perObject = timelineOf(2, [span(0, 'hold', 0, 9000)], false);
    expect(finish(lockOccupancy(perObject, range, 2))).toBeNull();
  });
});

function total(values: Iterable<number>): number {
  return [...values].reduce((sum, value) => sum + value, 0);
}
