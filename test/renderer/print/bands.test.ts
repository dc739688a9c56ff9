import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandsOf } from '../../../src/renderer/print/bands.js';

describe('the parts of a picture on pages', () => {
  it('are one where it fits', () => {
    expect(bandsOf(500, [40, 60], 600)).toEqual([{ top: 0, height: 500 }]);
  });

  it('are cut between lanes', () => {
    const cuts = [40, 240, 440, 640, 840];
    expect(bandsOf(1240, cuts, 600)).toEqual([
      { top: 0, height: 440 },
      { top: 440, height: 400 },
      { top: 840, height: 400 },
    ]);
    // What is left fits as a whole.
    expect(bandsOf(1040, cuts, 600)).toHaveLength(2);
  });

  it('are full where a lane is higher than a page', () => {
    expect(bandsOf(1500, [], 600).map(({ height }) => height)).toEqual([600, 600, 300]);
  });

  it('are all of it, one after the other, and each fits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.array(fc.integer({ min: 0, max: 9000 })),
        (height, cuts) => {
          let end = 0;
          for (const band of bandsOf(height, cuts, 600)) {
            expect(band.top).toBe(end);
            expect(band.height).toBeGreaterThan(0);
            expect(band.height).toBeLessThanOrEqual(600);
            end += band.height;
          }
          expect(end).toBe(height);
        },
      ),
    );
  });
});
