import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneOfSlot, slotOf, togglePin } from '../../../../src/renderer/timeline/model/pins.js';

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

  it('leave the others in their order, each once', () => {
    fc.assert(
      fc.property(anyPins, ({ lanes, pins }) => {
        const others = Array.from({ length: lanes - pins.length }, (_, slot) =>
          laneOfSlot(pins, slot),
        );
        const all = Array.from({ length: lanes }, (_, lane) => lane);
        expect(others).toEqual(all.filter((lane) => !pins.includes(lane)));
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
