import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textPlace } from '../../../../src/renderer/timeline/paint/text-place.js';

describe('the text of a measured band', () => {
  it('stands in its middle, beside it, or nowhere', () => {
    expect(textPlace(100, 200, 40, 800)).toBe(130);
    expect(textPlace(100, 110, 40, 800)).toBe(116);
    expect(textPlace(790, 800, 40, 800)).toBe(744);
    expect(textPlace(-500, 100, 40, 800)).toBe(30);
    expect(textPlace(0, 30, 40, 30)).toBeNull();
  });

  it('is never cut off', () => {
    const anyX = fc.integer({ min: -500, max: 1500 });
    fc.assert(
      fc.property(anyX, fc.nat(900), fc.integer({ min: 1, max: 120 }), (x, length, textWidth) => {
        const place = textPlace(x, x + length, textWidth, 800);
        if (place === null || x > 800 || x + length < 0) return;
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place + textWidth).toBeLessThanOrEqual(800);
      }),
    );
  });
});
