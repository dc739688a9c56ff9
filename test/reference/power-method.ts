/**
 * The power method of "Multithreading in python for numerical applications" (2025), statement by
 * statement and with plain loops:
 *
 *     x_next, error = next_guess(M, start_guess)
 *     iter = 1
 *     while error >= epsilon and iter <= max_iter:
 *         x_next, error = next_guess(M, x_next)
 *         iter += 1
 *     return ((M @ x_next) / x_next).mean()
 */

type Vector = readonly number[];

export interface PowerMethodOptions {
  readonly epsilon: number;
  readonly maxIterations: number;
  readonly convergence: 'strict' | 'sign-aware';
}

export interface PowerMethodResult {
  /** mean((M x) / x), as in the post. */
  readonly eigenvalue: number;
  /** x' M x. */
  readonly rayleigh: number;
  /** |M x - rayleigh x|. */
  readonly residual: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Runs it on a matrix of `n` x `n` doubles, row by row. */
export function referencePowerMethod(
  matrix: ArrayLike<number>,
  n: number,
  { epsilon, maxIterations, convergence }: PowerMethodOptions,
): PowerMethodResult {
  let x: Vector = unitVector(n);
  let error: number;
  let iterations = 0;
  do {
    const next = normalized(multiplied(matrix, x));
    error = distance(x, next);
    if (convergence === 'sign-aware') error = Math.min(error, distance(x, negated(next)));
    x = next;
    iterations += 1;
  } while (error >= epsilon && iterations <= maxIterations);

  const y = multiplied(matrix, x);
  const rayleigh = dot(x, y);
  const quotients = y.map((value, i) => value / at(x, i));
  return {
    eigenvalue: total(quotients) / n,
    rayleigh,
    residual: norm(y.map((value, i) => value - rayleigh * at(x, i))),
    iterations,
    converged: error < epsilon,
  };
}

/** The first unit vector. */
export function unitVector(n: number): number[] {
  return Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0));
}

/** M x. */
export function multiplied(matrix: ArrayLike<number>, x: Vector): number[] {
  const n = x.length;
  return x.map((_, row) => total(x.map((value, column) => at(matrix, row * n + column) * value)));
}

/** x / |x|. */
export function normalized(x: Vector): number[] {
  const length = norm(x);
  return x.map((value) => value / length);
}

/** |a - b|. */
export function distance(a: Vector, b: Vector): number {
  return norm(a.map((value, i) => value - at(b, i)));
}

export function norm(x: Vector): number {
  return Math.sqrt(dot(x, x));
}

function dot(a: Vector, b: Vector): number {
  return total(a.map((value, i) => value * at(b, i)));
}

function negated(x: Vector): number[] {
  return x.map((value) => -value);
}

function total(values: Vector): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** An element that is there: out of range it is no number, which spoils every result. */
function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? NaN;
}
