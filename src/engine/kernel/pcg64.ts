// PCG64 (XSL-RR 128/64), NumPy's default generator, in halves of 64 bits. State and increment are
// passed in the order low, high. Source: M. E. O'Neill, "PCG: A Family of Simple Fast
// Space-Efficient Statistically Good Algorithms for Random Number Generation" (2014).
//
// WebAssembly has neither 128-bit numbers nor functions with two results that AssemblyScript
// could write, so that each half of a result has a function of its own; inlined, they share work.

const MULTIPLIER_LOW: u64 = 0x4385df649fccf645;
const MULTIPLIER_HIGH: u64 = 0x2360ed051fc65da4;

const WORD: u64 = 0xffffffff;

/** The upper 64 bits of the 128-bit product of two 64-bit numbers, by halves of 32 bits. */
function upperProduct(a: u64, b: u64): u64 {
  const aLow = a & WORD;
  const aHigh = a >> 32;
  const bLow = b & WORD;
  const bHigh = b >> 32;
  // Neither sum can overflow: (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
  const middle = aHigh * bLow + ((aLow * bLow) >> 32);
  const cross = aLow * bHigh + (middle & WORD);
  return aHigh * bHigh + (middle >> 32) + (cross >> 32);
}

/** The upper half of a b + c modulo 2^128; the lower half is aLow * bLow + cLow. */
function upperMultiplyAdd(
  aLow: u64,
  aHigh: u64,
  bLow: u64,
  bHigh: u64,
  cLow: u64,
  cHigh: u64,
): u64 {
  const carry: u64 = aLow * bLow + cLow < cLow ? 1 : 0;
  return upperProduct(aLow, bLow) + aLow * bHigh + aHigh * bLow + cHigh + carry;
}

/** The lower half of the state that follows. */
export function nextLow(low: u64, incrementLow: u64): u64 {
  return low * MULTIPLIER_LOW + incrementLow;
}

/** The upper half of the state that follows. */
export function nextHigh(low: u64, high: u64, incrementLow: u64, incrementHigh: u64): u64 {
  return upperMultiplyAdd(low, high, MULTIPLIER_LOW, MULTIPLIER_HIGH, incrementLow, incrementHigh);
}

/**
 * The number in [-1, 1) that a state stands for, as NumPy's `uniform(-1, 1)` works it out:
 * u = (output >>> 11) 2^-53, and -1 + 2 u. Here by integers: k = (output >>> 11) - 2^52 is the
 * output with its sign bit turned, shifted arithmetically, and -1 + 2 u = k 2^-52 exactly.
 */
export function uniform(low: u64, high: u64): f64 {
  const output = rotr<u64>(high ^ low, high >> 58);
  const k = (<i64>(output ^ 0x8000000000000000)) >> 11;
  return <f64>k * (1.0 / 4503599627370496.0);
}

/** The generator between two rows: each instance of the module generates one matrix at a time. */
export let stateLow: u64 = 0;
export let stateHigh: u64 = 0;

/** Keeps the state that a row ended with. */
export function keepState(low: u64, high: u64): void {
  stateLow = low;
  stateHigh = high;
}

/**
 * Takes the seeded state and increment at `generator` (four 64-bit words) and moves on by `draws`
 * steps in O(log draws): squares of the step, x -> m x + p, are steps of twice the length, and
 * those that make up `draws` may be applied in any order. Source: F. B. Brown, "Random Number
 * Generation with Arbitrary Strides" (1994).
 */
export function startAt(generator: usize, draws: u64): void {
  let low = load<u64>(generator, 0);
  let high = load<u64>(generator, 8);
  let plusLow = load<u64>(generator, 16);
  let plusHigh = load<u64>(generator, 24);
  let timesLow = MULTIPLIER_LOW;
  let timesHigh = MULTIPLIER_HIGH;
  for (let rest = draws; rest != 0; rest >>= 1) {
    if (rest & 1) {
      high = upperMultiplyAdd(low, high, timesLow, timesHigh, plusLow, plusHigh);
      low = low * timesLow + plusLow;
    }
    // m' = m m, p' = m p + p
    const nextPlusHigh = upperMultiplyAdd(
      plusLow,
      plusHigh,
      timesLow,
      timesHigh,
      plusLow,
      plusHigh,
    );
    plusLow = plusLow * timesLow + plusLow;
    plusHigh = nextPlusHigh;
    timesHigh = upperMultiplyAdd(timesLow, timesHigh, timesLow, timesHigh, 0, 0);
    timesLow *= timesLow;
  }
  keepState(low, high);
}
