import { DOUBLE } from './layout';
import { clear, multiply } from './product';
import { distance, dot, meanQuotient, rescale, squaredNorm } from './vectors';

// The power method, in steps for a lock that is let go between them and as a loop. Either way
// gives the same numbers, bit for bit.

/** The error of the last step that `iterate` took. */
let error: f64 = Infinity;

export function lastError(): f64 {
  return error;
}

/** x = e1, padding included. */
export function start(size: i32, stride: i32, x: usize): void {
  clear(x, x + <usize>stride * DOUBLE);
  store<f64>(x, 1);
}

/** y = M x. */
export function product(matrix: usize, size: i32, stride: i32, x: usize, y: usize): void {
  multiply(matrix, stride, x, y);
}

/** x = y / |y|. Returns how far x has moved: see `rescale`. */
export function normalize(size: i32, stride: i32, x: usize, y: usize, signAware: i32): f64 {
  return rescale(stride, x, y, squaredNorm(stride, y), signAware);
}

/**
 * Steps of the power method, each y = M x and x = y / |y|, while the last step's error is at least
 * `epsilon`, fewer than `budget` were taken and the word at `attention` is zero. An error that is
 * not a number ends it, as it does the loop in Python. Returns how many were taken.
 *
 * All state is in x, so that a later call goes on where this one left.
 */
export function iterate(
  matrix: usize,
  size: i32,
  stride: i32,
  x: usize,
  y: usize,
  epsilon: f64,
  budget: i32,
  signAware: i32,
  attention: usize,
): i32 {
  let steps = 0;
  while (steps < budget && atomic.load<i32>(attention) == 0) {
    error = rescale(stride, x, y, multiply(matrix, stride, x, y), signAware);
    steps++;
    if (!(error >= epsilon)) break;
  }
  return steps;
}

/**
 * Works out what an iteration came to, with y = M x once more, and writes three doubles:
 * the eigenvalue, mean(y / x) over the elements; the Rayleigh quotient of the unit vector x, x'y;
 * and the residual |y - rayleigh x|.
 */
export function finish(
  matrix: usize,
  size: i32,
  stride: i32,
  x: usize,
  y: usize,
  result: usize,
): void {
  multiply(matrix, stride, x, y);
  const rayleigh = dot(stride, x, y);
  store<f64>(result, meanQuotient(size, y, x), 0);
  store<f64>(result, rayleigh, 8);
  store<f64>(result, distance(stride, y, rayleigh, x), 16);
}
