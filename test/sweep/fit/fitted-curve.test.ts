import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg64Draws } from '../../../src/base/pcg64.js';
import {
  coherencyEstimate,
  contentionEstimate,
  fitCurve,
  namedCeiling,
  namedPeak,
  singleTimeEstimate,
  speedUpEstimate,
} from '../../../src/sweep/fit/fitted-curve.js';
import { coherencyOf, contentionOf, speedUpAt } from '../../../src/sweep/fit/law.js';
import { isLacking } from '../../../src/sweep/fit/noise.js';
import { fitOrFail, lawWith, pointsOf, STEADY } from '../../fixtures/scaling-laws.js';

describe('times without noise', () => {
  it('lead back to 1,000 random laws on 4 to 8 numbers of threads, to 1e-9', () => {
    const draw = pcg64Draws(17);
    const within = (least: number, most: number) => least + (most - least) * draw();
    for (let law = 0; law < 1000; law += 1) {
      const isAmdahl = law % 4 === 0;
      const truth = lawWith(within(0, 0.9), isAmdahl ? 0 : 10 ** within(-6, -1));
      const threads = new Set([1]);
      const count = 4 + Math.floor(draw() * 5);
      while (threads.size < count) threads.add(2 + Math.floor(draw() * 127));
      const fitted = fitOrFail(pointsOf(truth, [...threads]));
      const errors = [
        contentionEstimate(fitted).value - contentionOf(truth),
        (coherencyEstimate(fitted)?.value ?? NaN) - coherencyOf(truth),
        singleTimeEstimate(fitted).value / 1e9 - 1,
      ];
      expect(Math.max(...errors.map(Math.abs))).toBeLessThan(1e-9);
      expect(fitted.model).toBe(isAmdahl ? 'amdahl' : 'usl');
    }
  });

  it('of threads that share everything are linear', () => {
    const fitted = fitOrFail(pointsOf(lawWith(0, 0), [1, 2, 4, 8]));
    expect(fitted.model).toBe('linear');
    expect(contentionEstimate(fitted).value).toBe(0);
    expect(namedCeiling(fitted)).toBeNull();
    expect(speedUpEstimate(fitted, 8)?.value).toBeCloseTo(8, 9);
  });

  it('of threads that take turns are all contention', () => {
    const fitted = fitOrFail(pointsOf(lawWith(1, 0), [1, 2, 4, 8, 16]));
    expect(fitted.model).toBe('amdahl');
    expect(contentionEstimate(fitted).value).toBeCloseTo(1, 9);
    expect(namedCeiling(fitted)).toBeCloseTo(1, 9);
  });
});

describe('which law is chosen', () => {
  const threads = [1, 2, 4, 8, 16];

  it('is none of one or two points, and no more than Amdahl’s of three', () => {
    expect(fitCurve([])).toBeNull();
    expect(fitCurve(pointsOf(lawWith(0.1, 0), [1, 2], STEADY))).toBeNull();
    const ofThree = fitOrFail(pointsOf(lawWith(0.1, 0), [1, 2, 4]));
    expect(ofThree.model).toBe('amdahl');
    expect(coherencyEstimate(ofThree)).toBeNull();
  });

  it('is the simplest that the noise allows', () => {
    const chosen = (contention: number, coherency: number) =>
      fitOrFail(pointsOf(lawWith(contention, coherency), threads, STEADY)).model;
    expect(chosen(0, 0)).toBe('linear');
    expect(chosen(0.0002, 0)).toBe('linear');
    expect(chosen(0.05, 0)).toBe('amdahl');
    expect(chosen(0.05, 1e-5)).toBe('amdahl');
    expect(chosen(0.05, 0.01)).toBe('usl');
    expect(chosen(0, 0.01)).toBe('usl');
  });

  it('has no negative time, though the points bend the other way', () => {
    // More than N times as fast on N threads, as where each has a cache of its own.
    const fitted = fitOrFail(pointsOf(lawWith(0, 0), threads, (point) => [0.9 ** point]));
    expect(contentionEstimate(fitted).value).toBe(0);
    expect(contentionEstimate(fitted).ci95?.[0]).toBe(0);
    expect(coherencyEstimate(fitted)?.value).toBe(0);
  });

  it('holds for times that only get longer', () => {
    const slower = threads.map((count) => ({ threads: count, wallsNs: [1e9 * count] }));
    const fitted = fitOrFail(slower);
    expect(fitted.law.parallelNs).toBeGreaterThanOrEqual(0);
    expect(namedPeak(fitted)).toBe(1);
  });
});

describe('the estimates', () => {
  const anyLaw = fc.record({
    contention: fc.double({ min: 0, max: 1, noNaN: true }),
    coherency: fc.double({ min: 0, max: 0.1, noNaN: true }),
    seed: fc.nat(),
  });

  it('lie within their intervals, and within what the law allows', () => {
    fc.assert(
      fc.property(anyLaw, ({ contention, coherency, seed }) => {
        const draw = pcg64Draws(seed);
        const errors = () => [1, 2, 3].map(() => 1 + 0.1 * (draw() - 0.5));
        const law = lawWith(contention, coherency);
        const fitted = fitOrFail(pointsOf(law, [1, 2, 3, 5, 8], errors));
        const alpha = contentionEstimate(fitted);
        const estimates = [alpha, coherencyEstimate(fitted), singleTimeEstimate(fitted)];
        for (const estimate of [...estimates, speedUpEstimate(fitted, 4)]) {
          if (estimate?.ci95 == null) continue;
          expect(estimate.value).toBeGreaterThanOrEqual(estimate.ci95[0]);
          expect(estimate.value).toBeLessThanOrEqual(estimate.ci95[1]);
          expect(estimate.ci95[0]).toBeGreaterThanOrEqual(0);
        }
        expect(alpha.value).toBeLessThanOrEqual(1);
        expect(speedUpEstimate(fitted, 4)?.ci95?.[1] ?? 0).toBeLessThanOrEqual(4 + 1e-12);
      }),
    );
  });

  it('are numbers whatever the times are', () => {
    const anyPoint = fc.record({
      threads: fc.integer({ min: 1, max: 256 }),
      wallsNs: fc.array(
        fc.integer({ min: 0, max: 40 }).map((power) => 2 ** power),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    });
    const anyPoints = fc.uniqueArray(anyPoint, {
      selector: ({ threads }) => threads,
      minLength: 3,
      maxLength: 8,
    });
    fc.assert(
      fc.property(anyPoints, (points) => {
        const fitted = fitOrFail(points);
        const estimates = [
          contentionEstimate(fitted),
          coherencyEstimate(fitted),
          singleTimeEstimate(fitted),
          speedUpEstimate(fitted, 4),
          speedUpEstimate(fitted, 1000),
        ];
        for (const estimate of estimates) {
          if (estimate === null) continue;
          const { value, se, ci95 } = estimate;
          expect([value, se ?? 0, ...(ci95 ?? [])].every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });

  it('do not depend on the unit of time, nor on what slows a whole round down', () => {
    const threads = [1, 2, 4, 8];
    const law = lawWith(0.1, 0.01);
    const fitWith = (factors: readonly number[]) =>
      fitOrFail(
        pointsOf(law, threads, (point) =>
          STEADY(point).map((error, round) => error * (factors[round] ?? NaN)),
        ),
      );
    const even = fitWith([1, 1, 1]);
    for (const other of [fitWith([1, 1.7, 1]), fitWith([1000, 1000, 1000])]) {
      const [own, others] = [contentionEstimate(even), contentionEstimate(other)];
      expect(others.value).toBeCloseTo(own.value, 9);
      expect(others.se).toBeCloseTo(own.se ?? NaN, 9);
      expect(speedUpEstimate(other, 8)?.se).toBeCloseTo(speedUpEstimate(even, 8)?.se ?? NaN, 9);
    }
  });

  it('are as well known where a point lacks a repeat', () => {
    const points = pointsOf(lawWith(0.1, 0.01), [1, 2, 4, 8], STEADY);
    const [first, ...others] = points;
    const fewer = [{ threads: 1, wallsNs: first?.wallsNs.slice(0, 2) ?? [] }, ...others];
    const { value, ci95 } = contentionEstimate(fitOrFail(fewer));
    expect(value).toBeCloseTo(0.1, 2);
    expect(ci95?.[0]).toBeLessThan(0.1);
    expect(ci95?.[1]).toBeGreaterThan(0.1);
  });

  it('of the speed-up on one thread is 1, for certain', () => {
    const fitted = fitOrFail(pointsOf(lawWith(0.1, 0.01), [1, 2, 4, 8], STEADY));
    expect(speedUpEstimate(fitted, 1)).toEqual({ value: 1, se: 0, ci95: [1, 1] });
  });

  it('of a further speed-up are less sure', () => {
    const fitted = fitOrFail(pointsOf(lawWith(0.1, 0.01), [1, 2, 4, 8], STEADY));
    const width = (threads: number) => {
      const { value, ci95 } = speedUpEstimate(fitted, threads) ?? { value: NaN, ci95: null };
      return ((ci95?.[1] ?? NaN) - (ci95?.[0] ?? NaN)) / value;
    };
    expect(width(64)).toBeGreaterThan(width(8));
    expect(speedUpAt(fitted.law, 64)).toBe(speedUpEstimate(fitted, 64)?.value);
  });
});

describe('points that no law describes', () => {
  const threads = [1, 2, 4, 8, 16];
  // Good until four threads, and of one time from there on, as on two machines in one.
  const broken = threads.map((count, point) => ({
    threads: count,
    wallsNs: STEADY(point).map((error) => (error * 1e9) / (count > 4 ? 1.5 : count)),
  }));
  const fitted = fitOrFail(broken);

  it('are said to be so', () => {
    expect(isLacking(fitted.lackOfFit)).toBe(true);
    expect(fitted.lackOfFit?.p).toBeLessThan(0.01);
  });

  it('foretell nothing beyond them', () => {
    expect(speedUpEstimate(fitted, 16)).not.toBeNull();
    expect(speedUpEstimate(fitted, 17)).toBeNull();
    expect(namedCeiling(fitted)).toBeNull();
  });

  it('have intervals as wide as they lie from the law', () => {
    const means = broken.map(({ threads: count, wallsNs }) => ({
      threads: count,
      wallsNs: [Math.exp(wallsNs.reduce((sum, wall) => sum + Math.log(wall), 0) / wallsNs.length)],
    }));
    const expected = contentionEstimate(fitOrFail(means)).se ?? NaN;
    expect(contentionEstimate(fitted).se).toBeCloseTo(expected, 9);
  });

  it('are not told from others without repeats', () => {
    const { lackOfFit } = fitOrFail(pointsOf(lawWith(0.1, 0.01), threads));
    expect(lackOfFit).toBeNull();
    expect(isLacking(lackOfFit)).toBe(false);
  });

  it('are others than those that a law describes', () => {
    const { lackOfFit } = fitOrFail(pointsOf(lawWith(0.1, 0.01), threads, STEADY));
    expect(lackOfFit?.p).toBeGreaterThan(0.01);
    expect(isLacking(lackOfFit)).toBe(false);
  });
});

describe('the peak', () => {
  const peakOf = (contention: number, coherency: number, threads: readonly number[]) =>
    namedPeak(fitOrFail(pointsOf(lawWith(contention, coherency), threads, STEADY)));

  it('is named among the points and up to twice as far', () => {
    expect(peakOf(0.05, 0.01, [1, 2, 4, 8, 16])).toBeCloseTo(Math.sqrt(0.95 / 0.01), 0);
    expect(peakOf(0.05, 0.01, [1, 2, 4, 6])).toBeCloseTo(Math.sqrt(0.95 / 0.01), -1);
  });

  it('is not named further out', () => {
    expect(peakOf(0.05, 0.004, [1, 2, 4, 6])).toBeNull();
  });

  it('is not named where coherency may be 0', () => {
    expect(peakOf(0.05, 0, [1, 2, 4, 8])).toBeNull();
    expect(peakOf(0.05, 0.0002, [1, 2, 4, 8])).toBeNull();
  });
});
