import { DOUBLE } from './layout';
import { Product, clear } from './product';
import { distance, dot, meanQuotient, moved, scaleBy, squaredNorm } from './vectors';

// The power method on one matrix at a time: in steps for a lock that is released between them, or as
// a loop. Both compute the same numbers, bit for bit.
//
// A step is y = M x; x' = y / |y|; error = |x - x'|. The kernel keeps the vectors as the products
// gave them, whatever their lengths, and works with unit vectors only where it must. So a product
// waits for no norm, root or division; and as a step's error is worked out after the next product
// has been begun, they in turn fill no queue of the processor's while it waits for them. Of small
// matrices that took a third of the time.

let matrix: usize = 0;
let size: i32 = 0;
let stride: i32 = 0;
let attention: usize = 0;

/** The vector that the last step gave, the one before it, and room for the next. */
let current: usize = 0;
let previous: usize = 0;
let next: usize = 0;

/** The error of the last step; Infinity before the first. */
let error: f64 = Infinity;

/** Begins with a matrix, at e1. `a`, `b` and `c` are room for three vectors. */
export function begin(
  matrixAddress: usize,
  rows: i32,
  rowStride: i32,
  a: usize,
  b: usize,
  c: usize,
  attentionAddress: usize,
): void {
  matrix = matrixAddress;
  size = rows;
  stride = rowStride;
  attention = attentionAddress;
  current = a;
  previous = b;
  next = c;
  error = Infinity;
  Product.forget();
  clear(current, current + <usize>stride * DOUBLE);
  store<f64>(current, 1);
}

/** The first half of a step, y = M x. False where it left before the end: call it again. */
export function product(): bool {
  return Product.multiply(matrix, stride, current, next, attention) >= 0;
}

/** The second half of a step: x = y / |y|, in effect. Returns the step's error. */
export function update(signAware: i32): f64 {
  turn();
  settle(squaredNorm(stride, current));
  error = moved(stride, previous, unitScale(previous), current, unitScale(current), signAware);
  return error;
}

/**
 * Steps while the last one's error is at least `epsilon`, fewer than `budget` were taken, and the
 * attention word is zero. An error that is not a number ends it, as it does the loop in Python.
 * Returns how many steps were taken; a product that was left goes on in the next call.
 */
export function iterate(epsilon: f64, budget: i32, signAware: i32): i32 {
  let steps = 0;
  let scale = unitScale(current);
  let previousScale: f64 = 0;
  while (steps < budget) {
    const squared = Product.multiply(matrix, stride, current, next, attention);
    if (steps > 0) {
      error = moved(stride, previous, previousScale, current, scale, signAware);
      if (!(error >= epsilon)) {
        Product.forget();
        return steps;
      }
    }
    if (squared < 0) return steps;
    turn();
    previousScale = scale;
    scale = 1 / sqrt(settle(squared));
    steps++;
  }
  if (steps > 0) {
    error = moved(stride, previous, previousScale, current, scale, signAware);
  }
  return steps;
}

/** The error of the last step. */
export function lastError(): f64 {
  return error;
}

/** Ends the steps: x is the unit vector that they came to. A last `product` follows, and `finish`. */
export function conclude(): void {
  Product.forget();
  scaleBy(stride, current, unitScale(current));
}

/**
 * Works out what the steps came to, of the unit vector x and y = M x, and writes three doubles: the
 * eigenvalue, mean(y / x) over the elements; the Rayleigh quotient x'y; and the residual
 * |y - rayleigh x|.
 */
export function finish(result: usize): void {
  const rayleigh = dot(stride, current, next);
  store<f64>(result, meanQuotient(size, next, current), 0);
  store<f64>(result, rayleigh, 8);
  store<f64>(result, distance(stride, next, rayleigh, current), 16);
}

/** Makes the product's result the current vector. */
function turn(): void {
  const free = previous;
  previous = current;
  current = next;
  next = free;
}

/** What makes a vector one of length 1. */
function unitScale(x: usize): f64 {
  return 1 / sqrt(squaredNorm(stride, x));
}

const LONG: f64 = 1.329227995784916e36; // 2^120
const SHORT: f64 = 7.52316384526264e-37; // 2^-120

/**
 * Where the current vector, of the given squared length, has grown or shrunk very far, brings it
 * to a length of about 1, by a power of two so that no digit changes. Returns its squared length.
 */
function settle(squared: f64): f64 {
  if ((squared > SHORT && squared < LONG) || !(squared > 0 && squared < Infinity)) return squared;
  const exponent = <i64>(reinterpret<u64>(squared) >> 52) - 1023;
  const power = reinterpret<f64>((1023 - (exponent >> 1)) << 52);
  scaleBy(stride, current, power);
  return squared * power * power;
}
