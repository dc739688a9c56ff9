import { DOUBLE, QUAD } from './layout';
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
 * x = y / |y|, given |y|^2. Returns the distance of the new x from the old one, |x - x'|; where
 * `signAware` is not 0, the lesser of |x - x'| and |x + x'|.
 *
 * Multiplies by 1 / |y|, one division for all, which may differ from y_i / |y| in the last place.
 * Both distances are worked out always: the loop waits for its additions and has time for both.
 */
export function rescale(stride: i32, x: usize, y: usize, squared: f64, signAware: i32): f64 {
  const scale = f64x2.splat(1 / sqrt(squared));
  const end = x + <usize>stride * DOUBLE;
  let minus0 = f64x2.splat(0);
  let minus1 = f64x2.splat(0);
  let plus0 = f64x2.splat(0);
  let plus1 = f64x2.splat(0);
  do {
    const old0 = v128.load(x, 0);
    const old1 = v128.load(x, 16);
    const new0 = f64x2.mul(v128.load(y, 0), scale);
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
  const squaredDistance = sum(minus0, minus1);
  if (!signAware) return sqrt(squaredDistance);
  return sqrt(min(squaredDistance, sum(plus0, plus1)));
}
