import { PCG64_MULTIPLIER, seedPcg64 } from '../../src/base/pcg64.js';

/**
 * NumPy's matrices the slow way: 128-bit integers and two plain loops. What the kernel generates
 * is compared with this, bit for bit, and this with NumPy's own numbers.
 */

const BITS_64 = 64;

/** PCG64 (XSL-RR 128/64; O'Neill 2014), one draw after the other. */
export class ReferenceGenerator {
  #state: bigint;
  readonly #increment: bigint;

  constructor(seed: number) {
    const { state, increment } = seedPcg64(seed);
    this.#state = state;
    this.#increment = increment;
  }

  /**
   * Leaves out `draws` draws, without a loop over them: a step is x -> m x + p, and composing it
   * with itself (Brown 1994) takes as many rounds as `draws` has bits.
   */
  skip(draws: bigint): void {
    let [times, plus] = [PCG64_MULTIPLIER, this.#increment];
    for (let rest = draws; rest > 0n; rest >>= 1n) {
      if (rest & 1n) this.#state = BigInt.asUintN(128, times * this.#state + plus);
      [times, plus] = [
        BigInt.asUintN(128, times * times),
        BigInt.asUintN(128, (times + 1n) * plus),
      ];
    }
  }

  /** The next 64 random bits. */
  next64(): bigint {
    this.#state = BigInt.asUintN(128, this.#state * PCG64_MULTIPLIER + this.#increment);
    const folded = BigInt.asUintN(BITS_64, (this.#state >> 64n) ^ this.#state);
    const turn = this.#state >> 122n;
    return BigInt.asUintN(BITS_64, (folded >> turn) | (folded << (64n - turn)));
  }

  /** A double in [low, low + range), as NumPy's `uniform` makes it of the upper 53 bits. */
  uniform(low: number, range: number): number {
    return low + range * (Number(this.next64() >> 11n) * 2 ** -53);
  }
}

/**
 * Matrix number `index` of `(A + A.T) / 2` with
 * `A = default_rng(seed).uniform(-1, 1, (matrices, size, size))`: size x size doubles, row by row.
 */
export function referenceMatrix(
  seed: number,
  matrices: number,
  size: number,
  index: number,
): Float64Array {
  if (index >= matrices) throw new RangeError(`There is no matrix ${index} among ${matrices}.`);
  const generator = new ReferenceGenerator(seed);
  generator.skip(BigInt(size) ** 2n * BigInt(index));
  const drawn = Float64Array.from({ length: size * size }, () => generator.uniform(-1, 2));
  return drawn.map((value, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return (value + (drawn[column * size + row] ?? NaN)) / 2;
  });
}
