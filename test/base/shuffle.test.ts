import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg64Draws } from '../../src/base/pcg64.js';
import { shuffled } from '../../src/base/shuffle.js';

describe('a shuffle', () => {
  it('loses nothing, and leaves what it is given as it was', () => {
    const anyDraw = fc.infiniteStream(
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.nat()), anyDraw, (elements, draws) => {
        const given = [...elements];
        const order = shuffled(given, () => Number(draws.next().value));
        expect(given).toEqual(elements);
        expect(order.toSorted()).toEqual(elements.toSorted());
      }),
    );
  });

  it('makes each order as often as any other', () => {
    const draw = pcg64Draws(1);
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round += 1) {
      const order = shuffled(['a', 'b', 'c'], draw).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Three standard deviations of a count, from seeded draws.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(3 * 29);
  });
});
