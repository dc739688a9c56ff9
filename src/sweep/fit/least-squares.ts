import { Matrix, QrDecomposition } from 'ml-matrix';

/** As what times are compared with those of a law: the scale on which errors are alike. */
export interface Response {
  of(this: void, timeNs: number): number;
  /** Its derivative. */
  slope(this: void, timeNs: number): number;
}

/** Errors are relative ones: a time ten times as long varies ten times as much. */
export const LOG_TIME: Response = { of: Math.log, slope: (timeNs) => 1 / timeNs };

/** What is fitted: a time for each row that is a sum of terms, each with a factor to be found. */
export interface Problem {
  /** A row for each observation, a column for each term. */
  readonly terms: readonly (readonly number[])[];
  /** What was observed, on the scale of the response. */
  readonly observed: readonly number[];
  /** How many observations each row is the mean of. */
  readonly counts: readonly number[];
  readonly response: Response;
}

/** The steps end with one that changes no fitted time by more than this share. */
const SMALLEST_STEP = 1e-12;

/** Some five steps are usual. */
const MOST_STEPS = 100;

/** A step that makes the fit worse is halved so often at most. */
const MOST_HALVINGS = 40;

/**
 * Finds the factors with the least sum of squared errors, by Gauss-Newton from `start`, whose times are
 * all positive. A step that goes too far is halved, so that none makes the fit worse.
 */
export function leastSquares(problem: Problem, start: readonly number[]): readonly number[] {
  let best = start;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const direction = newtonStep(problem, best);
    const next = furthestBetter(problem, best, direction);
    if (next === null) break;
    const change = largestChange(problem, best, next);
    best = next;
    if (change < SMALLEST_STEP) break;
  }
  return best;
}

/**
 * Finds the factors that fit best if errors are relative to what was observed: no steps are needed.
 * Each row counts once, or as often as `counts` says.
 */
export function linearSolution(
  terms: Problem['terms'],
  observedNs: readonly number[],
  counts: readonly number[] = [],
): number[] {
  const weight = (row: number) => Math.sqrt(counts[row] ?? 1) / (observedNs[row] ?? NaN);
  return solve(
    terms.map((row, index) => row.map((term) => term * weight(index))),
    observedNs.map((time, index) => time * weight(index)),
  );
}

/** Returns the fitted time of each row, in ns. */
export function fittedTimes({ terms }: Pick<Problem, 'terms'>, factors: readonly number[]) {
  return terms.map((row) =>
    row.reduce((total, term, column) => total + term * (factors[column] ?? 0), 0),
  );
}

/** Returns the sum of squared errors; infinite where a fitted time is not positive. */
export function sumOfSquares(problem: Problem, factors: readonly number[]): number {
  const { observed, counts, response } = problem;
  return fittedTimes(problem, factors).reduce((total, time, row) => {
    if (!(time > 0)) return Infinity;
    return total + (counts[row] ?? 1) * ((observed[row] ?? NaN) - response.of(time)) ** 2;
  }, 0);
}

/** Returns the derivatives of the response in each factor, weighted: a row for each observation. */
export function jacobian(problem: Problem, factors: readonly number[]): number[][] {
  const { terms, counts, response } = problem;
  const times = fittedTimes(problem, factors);
  return terms.map((row, index) => {
    const slope = response.slope(times[index] ?? NaN) * Math.sqrt(counts[index] ?? 1);
    return row.map((term) => term * slope);
  });
}

/** The step that would be right if the response were linear. */
function newtonStep(problem: Problem, factors: readonly number[]): number[] {
  const { observed, counts, response } = problem;
  const errors = fittedTimes(problem, factors).map(
    (time, row) => Math.sqrt(counts[row] ?? 1) * ((observed[row] ?? NaN) - response.of(time)),
  );
  return solve(jacobian(problem, factors), errors);
}

/** Goes as far as the fit gets better; null where it does so nowhere. */
function furthestBetter(
  problem: Problem,
  from: readonly number[],
  direction: readonly number[],
): number[] | null {
  const before = sumOfSquares(problem, from);
  for (let halving = 0, share = 1; halving < MOST_HALVINGS; halving += 1, share /= 2) {
    const next = from.map((factor, column) => factor + share * (direction[column] ?? 0));
    if (sumOfSquares(problem, next) < before) return next;
  }
  return null;
}

/** The largest relative change of a fitted time from one set of factors to another. */
function largestChange(problem: Problem, from: readonly number[], to: readonly number[]): number {
  const before = fittedTimes(problem, from);
  const changes = fittedTimes(problem, to).map((time, row) =>
    Math.abs(time / (before[row] ?? NaN) - 1),
  );
  return Math.max(...changes);
}

/** Solves an overdetermined system with the least sum of squares. */
function solve(rows: number[][], right: readonly number[]): number[] {
  const solution = new QrDecomposition(new Matrix(rows)).solve(Matrix.columnVector([...right]));
  return solution.to1DArray();
}
