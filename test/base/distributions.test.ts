import { describe, expect, it } from 'vitest';
import { fisherTail, student95 } from '../../src/base/distributions.js';

describe('what the absolute value of Student’s t stays below in 95 % of cases', () => {
  // Of one and two degrees of freedom in closed form, the others as tables have them.
  it.each([
    [1, Math.tan(0.475 * Math.PI)],
    [2, 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2))],
    [3, 3.182446305284263],
    [5, 2.570581835636314],
    [10, 2.2281388519649385],
    [30, 2.0422724563012373],
    [1000, 1.9623390808264078],
  ])('with %d degrees of freedom', (freedom, expected) => {
    expect(student95(freedom) / expected).toBeCloseTo(1, 9);
  });

  it('comes to that of the normal distribution', () => {
    expect(student95(1e7)).toBeCloseTo(1.959964, 5);
  });
});

describe('the chance of a greater F', () => {
  it('is a power where the numerator has two degrees of freedom', () => {
    for (const freedom of [1, 2, 5, 40, 900]) {
      for (const f of [0.01, 0.5, 1, 3, 20, 400]) {
        const expected = (1 + (2 * f) / freedom) ** (-freedom / 2);
        expect(fisherTail(f, 2, freedom) / expected).toBeCloseTo(1, 9);
      }
    }
  });

  it('is that of a greater |t| where the numerator has one', () => {
    for (const freedom of [1, 2, 3, 8, 60]) {
      expect(fisherTail(student95(freedom) ** 2, 1, freedom)).toBeCloseTo(0.05, 9);
    }
  });

  it('is one less that of 1/F the other way round', () => {
    for (const [a, b] of [
      [3, 7],
      [12, 5],
      [90, 110],
    ] as const) {
      for (const f of [0.3, 1, 2.5]) {
        expect(fisherTail(f, a, b) + fisherTail(1 / f, b, a)).toBeCloseTo(1, 12);
      }
    }
  });

  it('is certain of nothing less than 0, and none of infinity', () => {
    expect(fisherTail(-1, 1, 4)).toBe(1);
    expect(fisherTail(0, 1, 4)).toBe(1);
    expect(fisherTail(Infinity, 1, 4)).toBe(0);
    expect(fisherTail(NaN, 1, 4)).toBeNaN();
  });
});
