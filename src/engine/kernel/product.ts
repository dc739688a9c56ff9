import { BLOCK, BLOCK_BYTES, DOUBLE, PAIR, QUAD, panelAddress } from './layout';
import { laneSums, multiplyAdd, sum } from './simd';

/** What `multiply` returns where it left before the end. */
const LEFT: f64 = -1;

/**
 * The product under way.
 *
 * A class, as AssemblyScript is told by a decorator what to inline, and TypeScript's tools read one
 * on a method alone. Where `multiply` is inlined into the steps, those of a matrix of 16 take 9 %
 * less time, of 32 6 %, and of 64 3 %.
 */
export class Product {
  /** How far it has come, in bytes of its vectors. */
  private static reached: usize = 0;

  /** Sums of the squares of its elements so far. */
  private static reachedTop: v128 = f64x2.splat(0);
  private static reachedBottom: v128 = f64x2.splat(0);

  /** Resets for the next product. */
  static forget(): void {
    Product.reached = 0;
  }

  /**
   * y = M x for a symmetric matrix of `stride` x `stride` doubles in blocks, padding included.
   * Returns |y|^2, which is at hand while y is, summed in the order of `squaredNorm`.
   *
   * Looks at the word at `attention` before each panel, which is a few microseconds of work at most,
   * and where it is not zero leaves with -1. The next call goes on with the same product.
   *
   * Each panel of 4 rows i is read once, and each of its elements is used twice: for
   * y_i += a_ij x_j, in four accumulators that stay in registers, and for y_j += a_ij x_i.
   *
   * The inner loop is what the kernel's speed rests on. All that it reads of the matrix is one
   * stream, so that three pointers step and all offsets are constants; and four rows with one
   * accumulator each leave room in 16 registers. Eight accumulators, which would halve the chains of
   * dependent additions, or two blocks a turn gain 2 % in recent V8 and cost 20 % in older ones,
   * which then keep the x_i in memory.
   *
   * The look in the middle of a block is never true, as blocks are whole. It is there for V8 13.0,
   * which puts off the additions to the four sums for as long as nothing can leave the loop: to its
   * end, so that all eight pairs of elements wait in registers and two x_i do not fit.
   * With the look it has 41 instructions for 16 multiply-adds in place of 47, and takes 8 to 12 %
   * less time. V8 13.6 has 38 and 39, and takes the same time with it and without.
   */
  @inline
  static multiply(matrix: usize, stride: i32, x: usize, y: usize, attention: usize): f64 {
    const start = x;
    const end = x + <usize>stride * DOUBLE;
    let squareTop = f64x2.splat(0);
    let squareBottom = f64x2.splat(0);
    let block = matrix;
    if (Product.reached == 0) {
      clear(y, y + <usize>stride * DOUBLE);
    } else {
      block = panelAddress(matrix, stride / BLOCK, <i32>(Product.reached / QUAD));
      x += Product.reached;
      y += Product.reached;
      squareTop = Product.reachedTop;
      squareBottom = Product.reachedBottom;
    }
    // Ends are met, never passed, as the last address may be 2^32, which is 0.
    do {
      if (atomic.load<i32>(attention) != 0) {
        Product.reached = x - start;
        Product.reachedTop = squareTop;
        Product.reachedBottom = squareBottom;
        return LEFT;
      }
      const x0 = v128.load_splat<f64>(x, 0);
      const x1 = v128.load_splat<f64>(x, 8);
      const x2 = v128.load_splat<f64>(x, 16);
      const x3 = v128.load_splat<f64>(x, 24);

      // The diagonal block, stored whole, gives its part to y_i alone.
      let left = v128.load(x, 0);
      let right = v128.load(x, 16);
      let sum0 = multiplyAdd(v128.load(block, 16), right, f64x2.mul(v128.load(block, 0), left));
      let sum1 = multiplyAdd(v128.load(block, 48), right, f64x2.mul(v128.load(block, 32), left));
      let sum2 = multiplyAdd(v128.load(block, 80), right, f64x2.mul(v128.load(block, 64), left));
      let sum3 = multiplyAdd(v128.load(block, 112), right, f64x2.mul(v128.load(block, 96), left));
      const yi = y;
      block += BLOCK_BYTES;
      x += QUAD;
      y += QUAD;

      let xj = x;
      let yj = y;
      const middle = end - PAIR;
      if (xj != end) {
        do {
          left = v128.load(xj, 0);
          let below = v128.load(yj, 0);
          let a = v128.load(block, 0);
          sum0 = multiplyAdd(a, left, sum0);
          below = multiplyAdd(a, x0, below);
          a = v128.load(block, 32);
          sum1 = multiplyAdd(a, left, sum1);
          below = multiplyAdd(a, x1, below);
          a = v128.load(block, 64);
          sum2 = multiplyAdd(a, left, sum2);
          below = multiplyAdd(a, x2, below);
          a = v128.load(block, 96);
          sum3 = multiplyAdd(a, left, sum3);
          below = multiplyAdd(a, x3, below);
          v128.store(yj, below, 0);
          if (xj == middle) break;

          right = v128.load(xj, 16);
          below = v128.load(yj, 16);
          a = v128.load(block, 16);
          sum0 = multiplyAdd(a, right, sum0);
          below = multiplyAdd(a, x0, below);
          a = v128.load(block, 48);
          sum1 = multiplyAdd(a, right, sum1);
          below = multiplyAdd(a, x1, below);
          a = v128.load(block, 80);
          sum2 = multiplyAdd(a, right, sum2);
          below = multiplyAdd(a, x2, below);
          a = v128.load(block, 112);
          sum3 = multiplyAdd(a, right, sum3);
          below = multiplyAdd(a, x3, below);
          v128.store(yj, below, 16);

          block += BLOCK_BYTES;
          xj += QUAD;
          yj += QUAD;
        } while (xj != end);
      }

      // The panels above have left their part in y_i: with this one's it is complete.
      const top = f64x2.add(v128.load(yi, 0), laneSums(sum0, sum1));
      const bottom = f64x2.add(v128.load(yi, 16), laneSums(sum2, sum3));
      squareTop = multiplyAdd(top, top, squareTop);
      squareBottom = multiplyAdd(bottom, bottom, squareBottom);
      v128.store(yi, top, 0);
      v128.store(yi, bottom, 16);
    } while (x != end);
    Product.reached = 0;
    return sum(squareTop, squareBottom);
  }
}

/** Zeroes the memory from `from` to `to`, a multiple of 32 bytes and more than none. */
export function clear(from: usize, to: usize): void {
  const zeros = f64x2.splat(0);
  do {
    v128.store(from, zeros, 0);
    v128.store(from, zeros, 16);
    from += QUAD;
  } while (from != to);
}
