import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROUND_DIGITS, roundDown, roundUp } from '../../src/base/round-numbers.js';

const anyValue = fc.double({ min: 1e-12, max: 1e15, noNaN: true });

/** Whether a number is the nearest to 1, 2 or 5 times a power of ten. */
function isRound(value: number): boolean {
  return /^[125]e/.test(value.toExponential());
}

describe('round numbers', () => {
  it('lie on either side of a value, and none between them and it', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const [below, above] = [roundDown(value), roundUp(value)];
        expect(isRound(below) && isRound(above)).toBe(true);
        expect(below <= value && value <= above).toBe(true);
        expect(above / below).toBeLessThan(2.5 + 1e-9);
      }),
    );
  });

  it('are what they are made of', () => {
    for (let power = -9; power <= 15; power += 1) {
      for (const digit of ROUND_DIGITS) {
        const value = Number(`${digit}e${power}`);
        expect([roundDown(value), roundUp(value)]).toEqual([value, value]);
      }
    }
  });
});
