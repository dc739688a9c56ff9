import {
  fittedTimes,
  leastSquares,
  linearSolution,
  LOG_TIME,
  sumOfSquares,
  type Problem,
  type Response,
} from './least-squares.js';
import { lawOf, TERMS, termsOf, type Law, type Model, type Terms } from './law.js';
import type { Observations } from './observations.js';

/** A law as some of its terms fit the observations best. */
export interface ModelFit {
  readonly law: Law;
  readonly terms: Terms;
  /** The squared errors of the points' means. */
  readonly squares: number;
}

/** Fits a model, whose times may come out negative; the positive ones of the laws are then others. */
export function fitModel(
  model: Model,
  observations: Observations,
  response: Response = LOG_TIME,
): ModelFit {
  return fitTerms(termsOf(model), observations, response);
}

/**
 * Fits a model all of whose times are 0 or more: of all sets of its terms that come out so, the one
 * that fits best. There always is one, as a single term is positive.
 */
export function fitPositive(model: Model, observations: Observations): ModelFit {
  const whole = fitModel(model, observations);
  if (isPositive(whole.law)) return whole;
  const fits = subsets(termsOf(model))
    .map((terms) => fitTerms(terms, observations, LOG_TIME))
    .filter(({ law }) => isPositive(law));
  return fits.reduce((best, fit) => (fit.squares < best.squares ? fit : best));
}

/** Lays out the least squares of some terms. */
export function problemOf(
  terms: Terms,
  { threads, meanLogs, counts }: Observations,
  response: Response,
): Problem {
  return {
    terms: threads.map((count) => terms.map((term) => TERMS[term]?.(count) ?? NaN)),
    observed: meanLogs.map((log) => response.of(Math.exp(log))),
    counts,
    response,
  };
}

function fitTerms(terms: Terms, observations: Observations, response: Response): ModelFit {
  const problem = problemOf(terms, observations, response);
  const factors = leastSquares(problem, startOf(problem, observations));
  return { law: lawOf(terms, factors), terms, squares: sumOfSquares(problem, factors) };
}

/** The weighted linear solution; where that has a time that is not positive, the terms in equal parts. */
function startOf(problem: Problem, { meanLogs }: Observations): readonly number[] {
  const times = meanLogs.map(Math.exp);
  const linear = linearSolution(problem.terms, times, problem.counts);
  if (fittedTimes(problem, linear).every((time) => time > 0)) return linear;
  const ones = linear.map(() => 1);
  const scales = fittedTimes(problem, ones).map((time, row) => (times[row] ?? NaN) / time);
  const scale = scales.reduce((sum, value) => sum + value, 0) / scales.length;
  return ones.map(() => scale);
}

function isPositive({ parallelNs, serialNs, addedNs }: Law): boolean {
  return parallelNs >= 0 && serialNs >= 0 && addedNs >= 0;
}

/** All sets of terms by which one thread takes some time. */
function subsets(terms: Terms): Terms[] {
  const all = terms.reduce<Terms[]>(
    (sets, term) => [...sets, ...sets.map((set) => [...set, term])],
    [[]],
  );
  return all.filter((set) => set.includes(0) || set.includes(1));
}
