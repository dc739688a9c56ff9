import { DOUBLE, PAIR, QUAD } from './layout';
import { multiply } from './product';
import { multiplyAdd, sum } from './simd';

/** |x - x'| of the last step that `iterate` took. */
let error: f64 = Infinity;

export function lastError(): f64 {
  return error;
}

/** x = e1, padding included. */
export function start(size: i32, stride: i32, x: usize): void {
  const end = x + <usize>stride * DOUBLE;
  for (let pair = x; pair != end; pair += PAIR) v128.store(pair, f64x2.splat(0));
  store<f64>(x, 1);
}

export function product(matrix: usize, size: i32, stride: i32, x: usize, y: usize): void {
  multiply(matrix, stride, x, y);
}

/**
 * x = y / |y|. Returns the distance of the new x from the old one, |x - x'|; where `signAware` is
 * not 0, the lesser of |x - x'| and |x + x'|.
 */
export function normalize(size: i32, stride: i32, x: usize, y: usize, signAware: i32): f64 {
  const scale = f64x2.splat(1 / sqrt(squaredNorm(stride, y)));
  const end = x + <usize>stride * DOUBLE;
  let minus0 = f64x2.splat(0);
  let minus1 = f64x2.splat(0);
  let plus0 = f64x2.splat(0);
  let plus1 = f64x2.splat(0);
  do {
    const old0 = v128.load(x, 0);
    const new0 = f64x2.mul(v128.load(y, 0), scale);
    const old1 = v128.load(x, 16);
    const new1 = f64x2.mul(v128.load(y, 16), scale);
    const difference0 = f64x2.sub(old0, new0);
    const difference1 = f64x2.sub(old1, new1);
    const sum0 = f64x2.add(old0, new0);
    const sum1 = f64x2.add(old1, new1);
    minus0 = multiplyAdd(difference0, difference0, minus0);
    minus1 = multiplyAdd(difference1, difference1, minus1);
    plus0 = multiplyAdd(sum0, sum0, plus0);
    plus1 = multiplyAdd(sum1, sum1, plus1);
    v128.store(x, new0, 0);
    v128.store(x, new1, 16);
    x += QUAD;
    y += QUAD;
  } while (x != end);
  const squaredDifference = sum(minus0, minus1);
  if (!signAware) return sqrt(squaredDifference);
  return sqrt(min(squaredDifference, sum(plus0, plus1)));
}

/** |y|^2. */
function squaredNorm(stride: i32, y: usize): f64 {
  const end = y + <usize>stride * DOUBLE;
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  do {
    const y0 = v128.load(y, 0);
    const y1 = v128.load(y, 16);
    sum0 = multiplyAdd(y0, y0, sum0);
    sum1 = multiplyAdd(y1, y1, sum1);
    y += QUAD;
  } while (y != end);
  return sum(sum0, sum1);
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
    multiply(matrix, stride, x, y);
    error = normalize(size, stride, x, y, signAware);
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

/** The mean of a_i / b_i over `size` elements; infinite or no number where a b_i is zero. */
function meanQuotient(size: i32, a: usize, b: usize): f64 {
  let total: f64 = 0;
  for (let i: usize = 0; i < <usize>size; i++) {
    total += load<f64>(a + i * DOUBLE) / load<f64>(b + i * DOUBLE);
  }
  return total / <f64>size;
}

/** a'b. */
function dot(stride: i32, a: usize, b: usize): f64 {
  const end = a + <usize>stride * DOUBLE;
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  do {
    sum0 = multiplyAdd(v128.load(a, 0), v128.load(b, 0), sum0);
    sum1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), sum1);
    a += QUAD;
    b += QUAD;
  } while (a != end);
  return sum(sum0, sum1);
}

/** |a - scale b|. */
function distance(stride: i32, a: usize, scale: f64, b: usize): f64 {
  const end = a + <usize>stride * DOUBLE;
  const scales = f64x2.splat(scale);
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  do {
    const d0 = f64x2.sub(v128.load(a, 0), f64x2.mul(scales, v128.load(b, 0)));
    const d1 = f64x2.sub(v128.load(a, 16), f64x2.mul(scales, v128.load(b, 16)));
    sum0 = multiplyAdd(d0, d0, sum0);
    sum1 = multiplyAdd(d1, d1, sum1);
    a += QUAD;
    b += QUAD;
  } while (a != end);
  return sqrt(sum(sum0, sum1));
}
