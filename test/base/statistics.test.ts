import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  median,
  medianInterval,
  outliersOf,
  pairedRatioInterval,
  ratioInterval,
} from '../../src/base/statistics.js';

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

  it('is the range of fewer than six values', () => {
    expect(medianInterval([14, 10, 11])).toEqual([10, 14]);
    expect(medianInterval([14, 10, 11, 19])).toEqual([10, 19]);
    expect(medianInterval([14, 10, 11, 19, 12])).toEqual([10, 19]);
  });

  // Samples of a known median, from a fixed sequence: uniform, and skewed as times are.
  const TRUE_MEDIAN = { uniform: 0.5, exponential: Math.LN2 } as const;
  const SHAPED = {
    uniform: (u: number) => u,
    exponential: (u: number) => -Math.log(1 - u),
  } as const;

  /** The share of samples of so many values whose interval holds the true median. */
  function coverage(shape: keyof typeof SHAPED, count: number): number {
    const next = uniformNumbers(count);
    const SAMPLES = 400;
    let covered = 0;
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const values = Array.from({ length: count }, () => SHAPED[shape](next()));
      const [low, high] = medianInterval(values, sample + 1) ?? [NaN, NaN];
      if (low <= TRUE_MEDIAN[shape] && TRUE_MEDIAN[shape] <= high) covered += 1;
    }
    return covered / SAMPLES;
  }

  describe.each(['uniform', 'exponential'] as const)('of %s values', (shape) => {
    it.each([6, 7, 10, 20])('covers the true median in 95 of 100 samples of %d', (count) => {
      // Two standard errors of a share of 400 around 0.95 are 0.022.
      expect(coverage(shape, count)).toBeGreaterThan(0.93);
    });

    it.each([
      [3, 0.75],
      [5, 0.9375],
    ])('of %d covers it in %d of all, as their range does', (count, expected) => {
      expect(Math.abs(coverage(shape, count) - expected)).toBeLessThan(0.045);
    });
  });
});

/** Uniform numbers in (0, 1), the same each time: Lehmer's generator (Park and Miller 1993). */
function uniformNumbers(seed: number): () => number {
  let state = 7919 * seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

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

describe('the interval of a ratio of rounds', () => {
  it('needs three rounds, and leaves out those of one side', () => {
    expect(pairedRatioInterval([1, 2, 3], [1, 2])).toBeNull();
    expect(pairedRatioInterval([2, 4, 6, 90], [1, 2, 3])).toEqual([2, 2]);
  });

  it('is nothing but the ratio where both sides swing alike', () => {
    const walls = [100, 310, 150, 90, 240, 130, 170];
    const half = walls.map((wall) => wall / 2);
    expect(pairedRatioInterval(walls, half)).toEqual([2, 2]);
    const [low, high] = ratioInterval(walls, half) ?? [NaN, NaN];
    expect(high - low).toBeGreaterThan(1);
  });

  it('holds the ratio of the medians', () => {
    const rounds = fc.array(
      fc.tuple(...[0, 1].map(() => fc.double({ min: 1, max: 1e9, noNaN: true }))),
      {
        minLength: 3,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(rounds, (pairs) => {
        const numerators = pairs.map(([value = NaN]) => value);
        const denominators = pairs.map(([, value = NaN]) => value);
        const [low, high] = pairedRatioInterval(numerators, denominators) ?? [NaN, NaN];
        const ratio = median(numerators) / median(denominators);
        expect(low).toBeLessThanOrEqual(ratio);
        expect(high).toBeGreaterThanOrEqual(ratio);
      }),
      { numRuns: 25 },
    );
  });

  it.each([6, 10])(
    'covers the true ratio in 95 of 100 samples of %d rounds that drift',
    (count) => {
      const next = uniformNumbers(count + 100);
      const SAMPLES = 400;
      let covered = 0;
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        const drifts = Array.from({ length: count }, () => 1 + next());
        const side = (scale: number) => drifts.map((drift) => scale * drift * (1 + next() / 20));
        const [low, high] = pairedRatioInterval(side(2), side(1), sample + 1) ?? [NaN, NaN];
        if (low <= 2 && 2 <= high) covered += 1;
      }
      expect(covered / SAMPLES).toBeGreaterThan(0.93);
    },
  );
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
