/**
 * Seeding of NumPy's `default_rng(seed)`, exactly: SeedSequence spreads the seed over a pool of
 * four 32-bit words, and PCG64 takes its state and increment from there. Matrices are drawn by the
 * kernel; a few numbers for other ends are drawn here.
 *
 * Sources: M. E. O'Neill, "Developing a seed_seq Alternative" (2015) and "PCG: A Family of Simple
 * Fast Space-Efficient Statistically Good Algorithms for Random Number Generation" (2014);
 * the constants are those of NumPy's `numpy/random/bit_generator.pyx` and `src/pcg64/pcg64.h`.
 */

/** A seeded generator: x -> MULTIPLIER x + increment, modulo 2^128. */
export interface Pcg64 {
  readonly state: bigint;
  readonly increment: bigint;
}

/** The multiplier of PCG's 128-bit linear congruential generator. */
export const PCG64_MULTIPLIER = 0x2360ed05_1fc65da4_4385df64_9fccf645n;

/** Seeds the generator from an integer of 0 to 2^53 - 1, as NumPy's `default_rng(seed)` does. */
export function seedPcg64(seed: number): Pcg64 {
  const [stateHigh, stateLow, sequenceHigh, sequenceLow] = generateState(mixedPool(seed));
  const increment = BigInt.asUintN(128, (join(sequenceHigh, sequenceLow) << 1n) | 1n);
  const state = step(increment + join(stateHigh, stateLow), increment);
  return { state, increment };
}

/**
 * Writes a seeded generator as the kernel reads it: four 64-bit words, the state's low and high
 * half and the increment's low and high half.
 */
export function writePcg64(words: BigUint64Array, seed: number): void {
  const { state, increment } = seedPcg64(seed);
  words.set([state, state >> 64n, increment, increment >> 64n].map((w) => BigInt.asUintN(64, w)));
}

/**
 * Numbers in [0, 1) one by one, as NumPy's `default_rng(seed).random()` draws them: PCG's output
 * function XSL-RR, of which the upper 53 bits count. For a few: it calculates in whole numbers of
 * any length.
 */
export function pcg64Draws(seed: number): () => number {
  const generator = seedPcg64(seed);
  let { state } = generator;
  return () => {
    state = step(state, generator.increment);
    const folded = BigInt.asUintN(64, (state >> 64n) ^ state);
    const turns = state >> 122n;
    const turned = BigInt.asUintN(64, (folded >> turns) | (folded << (64n - turns)));
    return Number(turned >> 11n) / 2 ** 53;
  };
}

/** One step of the linear congruential generator. */
function step(state: bigint, increment: bigint): bigint {
  return BigInt.asUintN(128, state * PCG64_MULTIPLIER + increment);
}

function join(high: bigint, low: bigint): bigint {
  return (high << 64n) | low;
}

// --- SeedSequence: all arithmetic is that of unsigned 32-bit words ---------------------------

type Pool = readonly [number, number, number, number];

const XSHIFT = 16;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

/** A hash whose constant moves on with each word that it takes. */
class MovingHash {
  #constant: number;
  readonly #multiplier: number;

  constructor(constant: number, multiplier: number) {
    this.#constant = constant;
    this.#multiplier = multiplier;
  }

  next(word: number): number {
    const mixed = word ^ this.#constant;
    this.#constant = Math.imul(this.#constant, this.#multiplier);
    return foldDown(Math.imul(mixed, this.#constant));
  }
}

/** Lets the upper half of a word work on its lower one. */
function foldDown(word: number): number {
  return (word ^ (word >>> XSHIFT)) >>> 0;
}

function mix(a: number, b: number): number {
  return foldDown(Math.imul(MIX_LEFT, a) - Math.imul(MIX_RIGHT, b));
}

/** The entropy pool of a seed of at most two words. */
function mixedPool(seed: number): Pool {
  const hash = new MovingHash(0x43b0d7e5, 0x931e8875);
  const pool: [number, number, number, number] = [
    hash.next(seed >>> 0),
    hash.next(Math.floor(seed / 2 ** 32)),
    hash.next(0),
    hash.next(0),
  ];
  for (const source of [0, 1, 2, 3] as const) {
    for (const target of [0, 1, 2, 3] as const) {
      if (source !== target) pool[target] = mix(pool[target], hash.next(pool[source]));
    }
  }
  return pool;
}

/** Four 64-bit words out of the pool, each from two 32-bit ones, the low one first. */
function generateState(pool: Pool): [bigint, bigint, bigint, bigint] {
  const hash = new MovingHash(0x8b51f9dd, 0x58f38ded);
  const word = (low: number, high: number): bigint => {
    const lowHash = BigInt(hash.next(low));
    return (BigInt(hash.next(high)) << 32n) | lowHash;
  };
  const [a, b, c, d] = pool;
  return [word(a, b), word(c, d), word(a, b), word(c, d)];
}
