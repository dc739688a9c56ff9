import { DOUBLE, PAIR, QUAD } from './layout';
import { multiplyAdd, sum } from './simd';

// Work on vectors of `stride` doubles, a multiple of 4, whose padding is zero. Sums run in four
// lanes, element i in lane i mod 4, so that they depend on nothing but the numbers.

/** |a|^2. */
export function squaredNorm(stride: i32, a: usize): f64 {
  return dot(stride, a, a);
}

/** a'b. */
export function dot(stride: i32, a: usize, b: usize): f64 {
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
export function distance(stride: i32, a: usize, scale: f64, b: usize): f64 {
  const end = a + <usize>stride * DOUBLE;
  const scales = f64x2.splat(scale);
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  do {
    const difference0 = f64x2.sub(v128.load(a, 0), f64x2.mul(scales, v128.load(b, 0)));
    const difference1 = f64x2.sub(v128.load(a, 16), f64x2.mul(scales, v128.load(b, 16)));
    sum0 = multiplyAdd(difference0, difference0, sum0);
    sum1 = multiplyAdd(difference1, difference1, sum1);
    a += QUAD;
    b += QUAD;
  } while (a != end);
  return sqrt(sum(sum0, sum1));
}

/** The mean of a_i / b_i over `size` elements; infinite or not a number where a b_i is zero. */
export function meanQuotient(size: i32, a: usize, b: usize): f64 {
  const end = a + <usize>size * DOUBLE;
  let total: f64 = 0;
  do {
    total += load<f64>(a) / load<f64>(b);
    a += DOUBLE;
    b += DOUBLE;
  } while (a != end);
  return total / <f64>size;
}

/**
 * The distance of the unit vectors that a and b stand for, which are a and b times their scales;
 * where `signAware` is not 0, the lesser of |a - b| and |a + b|.
 */
export function moved(
  stride: i32,
  a: usize,
  aScale: f64,
  b: usize,
  bScale: f64,
  signAware: i32,
): f64 {
  const straight = squaredDistance(stride, a, aScale, b, bScale);
  if (!signAware) return sqrt(straight);
  return sqrt(min(straight, squaredDistance(stride, a, -aScale, b, bScale)));
}

/** |aScale a - bScale b|^2. */
function squaredDistance(stride: i32, a: usize, aScale: f64, b: usize, bScale: f64): f64 {
  const end = a + <usize>stride * DOUBLE;
  const aScales = f64x2.splat(aScale);
  const bScales = f64x2.splat(bScale);
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  do {
    const a0 = f64x2.mul(v128.load(a, 0), aScales);
    const a1 = f64x2.mul(v128.load(a, 16), aScales);
    const difference0 = f64x2.sub(a0, f64x2.mul(v128.load(b, 0), bScales));
    const difference1 = f64x2.sub(a1, f64x2.mul(v128.load(b, 16), bScales));
    sum0 = multiplyAdd(difference0, difference0, sum0);
    sum1 = multiplyAdd(difference1, difference1, sum1);
    a += QUAD;
    b += QUAD;
  } while (a != end);
  return sum(sum0, sum1);
}

/** a *= factor. */
export function scaleBy(stride: i32, a: usize, factor: f64): void {
  const end = a + <usize>stride * DOUBLE;
  const factors = f64x2.splat(factor);
  do {
    v128.store(a, f64x2.mul(v128.load(a), factors));
    a += PAIR;
  } while (a != end);
}
