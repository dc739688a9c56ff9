import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, medianInterval, outliersOf, ratioInterval } from '../../src/shared/statistics.js';

const anyValues = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), {
  minLength: 3,
  maxLength: 12,
});

describe('the median', () => {
  it.each([
    [[3], 3],
    [[3, 1], 2],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is no number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('the interval of the median', () => {
  it('needs three values', () => {
    expect(medianInterval([1, 2])).toBeNull();
    expect(medianInterval([1, 1, 1])).toEqual([1, 1]);
  });

  it('holds the median, within the range of the values', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const [low, high] = medianInterval(values) ?? [NaN, NaN];
        expect(low).toBeLessThanOrEqual(median(values));
        expect(high).toBeGreaterThanOrEqual(median(values));
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      }),
      { numRuns: 25 },
    );
  });

  it('is the same each time', () => {
    const values = [12, 15, 11, 19, 14];
    expect(medianInterval(values)).toEqual(medianInterval(values));
  });

  it('narrows with more values', () => {
    const values = (count: number) =>
      Array.from({ length: count }, (_, i) => 100 + ((i * 37) % 20));
    const widthOf = (count: number) => {
      const [low, high] = medianInterval(values(count)) ?? [NaN, NaN];
      return high - low;
    };
    expect(widthOf(200)).toBeLessThan(widthOf(8));
  });

  it('covers the true median in about 95 of 100 samples', () => {
    // Samples of 20 from a fixed congruential sequence, uniform in [0, 1): the median is a half.
    let state = 1;
    const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    let covered = 0;
    for (let sample = 0; sample < 100; sample += 1) {
      const [low, high] = medianInterval(Array.from({ length: 20 }, next)) ?? [NaN, NaN];
      if (low <= 0.5 && 0.5 <= high) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
    expect(covered).toBeLessThanOrEqual(100);
  });
});

describe('the interval of a ratio', () => {
  it('needs three values on either side', () => {
    expect(ratioInterval([1, 2, 3], [1, 2])).toBeNull();
    expect(ratioInterval([1, 2], [1, 2, 3])).toBeNull();
  });

  it('holds the ratio of the medians', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (numerators, denominators) => {
        const [low, high] = ratioInterval(numerators, denominators) ?? [NaN, NaN];
        const ratio = median(numerators) / median(denominators);
        expect(low).toBeLessThanOrEqual(ratio);
        expect(high).toBeGreaterThanOrEqual(ratio);
      }),
      { numRuns: 25 },
    );
  });
});

describe('outliers', () => {
  it('are beyond a modified z-score of 3.5, on either side', () => {
    expect(outliersOf([90, 100, 101, 102, 103, 104, 114])).toEqual([0, 6]);
  });

  it('begin where the score does', () => {
    // With any large value the median is 6 and the median absolute deviation 3.
    const values = [1, 2, 3, 4, 6, 7, 8, 9];
    const limit = 6 + (3.5 * 3) / 0.6745;
    expect(outliersOf([...values, limit - 0.01])).toEqual([]);
    expect(outliersOf([...values, limit + 0.01])).toEqual([8]);
  });

  it('need five values, and some that differ', () => {
    expect(outliersOf([100, 101, 102, 900])).toEqual([]);
    expect(outliersOf([100, 101, 102, 103, 900])).toEqual([4]);
    expect(outliersOf([100, 100, 100, 100, 900])).toEqual([]);
  });
});
