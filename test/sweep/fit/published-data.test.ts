import { describe, expect, it } from 'vitest';
import { fisherTail } from '../../../src/base/distributions.js';
import { fitCurve, namedPeak } from '../../../src/sweep/fit/fitted-curve.js';
import { LOG_TIME, sumOfSquares, type Response } from '../../../src/sweep/fit/least-squares.js';
import {
  coherencyOf,
  contentionOf,
  peakThreads,
  termsOf,
  timeNs,
  valuesOf,
} from '../../../src/sweep/fit/law.js';
import { fitModel, problemOf } from '../../../src/sweep/fit/model-fit.js';
import { observe, type TimedPoint } from '../../../src/sweep/fit/observations.js';
import { PUBLISHED } from '../../fixtures/scaling-data.js';

/** As R's package usl fits: the errors of all throughputs are alike. */
const THROUGHPUT: Response = { of: (time) => 1e9 / time, slope: (time) => -1e9 / time ** 2 };

const { specsdm91, raytracer } = PUBLISHED;

/** The figures of the law with all its terms: contention, coherency, rate on one thread, peak. */
function figuresOf(points: readonly TimedPoint[], response: Response) {
  const { law } = fitModel('usl', observe(points), response);
  return [contentionOf(law), coherencyOf(law), 1e9 / timeNs(law, 1), peakThreads(law)];
}

describe('the law of published data', () => {
  it.each([
    ['specsdm91 by throughput', specsdm91, THROUGHPUT, [0.0277285, 1.04366e-4, 89.9952, 96.52]],
    ['specsdm91', specsdm91, LOG_TIME, [0.0134525, 1.1511e-4, 67.9423, 92.5768]],
    ['raytracer', raytracer, LOG_TIME, [0.0564054, 3.35827e-6, 21.5915, 530.072]],
    [
      'raytracer’s first 6',
      raytracer.slice(0, 6),
      LOG_TIME,
      [0.0167164, 1.891e-3, 20.2814, 22.803],
    ],
  ])('has its figures to 5 digits: %s', (_, points, response, expected) => {
    const figures = figuresOf(points, response);
    for (const [index, figure] of figures.entries()) {
      expect(Math.abs(figure / (expected[index] ?? NaN) - 1)).toBeLessThan(1e-5);
    }
  });

  it.each([
    ['specsdm91', specsdm91, LOG_TIME],
    ['specsdm91 by throughput', specsdm91, THROUGHPUT],
    ['raytracer', raytracer, LOG_TIME],
  ])('fits better than every law beside it: %s', (_, points, response) => {
    const observations = observe(points);
    const problem = problemOf(termsOf('usl'), observations, response);
    const best = valuesOf(fitModel('usl', observations, response).law);
    const least = sumOfSquares(problem, best);
    for (const [term, value] of best.entries()) {
      for (const step of [-1e-3, -1e-4, 1e-4, 1e-3]) {
        const beside = best.with(term, value * (1 + step));
        expect(sumOfSquares(problem, beside)).toBeGreaterThan(least);
      }
    }
  });

  it('is not Amdahl’s in specsdm91, by an F test', () => {
    const observations = observe(specsdm91);
    const [simpler, fuller] = [fitModel('amdahl', observations), fitModel('usl', observations)];
    const freedom = specsdm91.length - fuller.terms.length;
    const f = (simpler.squares - fuller.squares) / (fuller.squares / freedom);
    expect(fisherTail(f, 1, freedom)).toBeCloseTo(0.0076, 4);
  });

  it('has coherency in specsdm91, and its peak among the points', () => {
    const fitted = fitCurve(specsdm91);
    expect(fitted?.model).toBe('usl');
    expect(fitted && namedPeak(fitted)).toBeCloseTo(92.577, 3);
  });

  it('is Amdahl’s of the raytracer, with no peak that the data bear', () => {
    const fitted = fitCurve(raytracer);
    expect(fitted?.model).toBe('amdahl');
    expect(fitted && namedPeak(fitted)).toBeNull();
  });
});
