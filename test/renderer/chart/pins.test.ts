import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneOfSlot, laneOrder, slotOf, togglePin } from '../../../src/renderer/chart/pins.js';

const anyPins = fc
  .integer({ min: 1, max: 64 })
  .chain((lanes) =>
    fc.record({ lanes: fc.constant(lanes), pins: fc.uniqueArray(fc.nat(lanes - 1)) }),
  );

describe('pinned lanes', () => {
  it('are pinned last, and let go of by the same key', () => {
    expect(togglePin([4], 2)).toEqual([4, 2]);
    expect(togglePin([4, 2], 4)).toEqual([2]);
  });

  it('stand on top in their order, the others below in theirs, each once', () => {
    fc.assert(
      fc.property(anyPins, ({ lanes, pins }) => {
        const order = laneOrder(pins, lanes);
        expect([...order].sort((a, b) => a - b)).toEqual(
          Array.from({ length: lanes }, (_, lane) => lane),
        );
        expect(order.slice(0, pins.length)).toEqual(pins);
        const others = order.slice(pins.length);
        expect(others).toEqual([...others].sort((a, b) => a - b));
      }),
    );
  });

  it('leave every other lane a slot of its own', () => {
    fc.assert(
      fc.property(anyPins, ({ lanes, pins }) => {
        for (let slot = 0; slot < lanes - pins.length; slot += 1) {
          expect(slotOf(pins, laneOfSlot(pins, slot))).toBe(slot);
        }
      }),
    );
  });
});
