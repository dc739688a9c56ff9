import { describe, expect, it } from 'vitest';
import { quantileOf, ratioSpread, spreadOf } from '../../bench/measure/ratios.js';

describe('spreadOf', () => {
  it('gives the median and the ends', () => {
    expect(spreadOf([3, 1, 2, 10])).toEqual({ median: 2.5, min: 1, max: 10 });
  });

  it('refuses no values', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('ratioSpread', () => {
  it('divides pair by pair, and takes the median of the ratios', () => {
    // A machine that is ten times as slow in the second pair does not show.
    expect(ratioSpread([2, 20, 3], [1, 10, 2])).toEqual({ median: 2, min: 1.5, max: 2 });
  });

  it('refuses values that do not pair', () => {
    expect(() => ratioSpread([1, 2], [1])).toThrow('2 values do not pair with 1');
  });
});

describe('quantileOf', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [0, 1],
    [0.05, 6],
    [0.5, 51],
    [0.95, 96],
    [1, 100],
  ])('picks at a share of %d', (share, value) => {
    expect(quantileOf(values, share)).toBe(value);
  });

  it('is not a number of no values', () => {
    expect(quantileOf([], 0.5)).toBeNaN();
  });
});
