// What this machine can do at most, in the same WebAssembly and with the same instructions as the
// kernel: arithmetic that waits for no memory, and memory read with no arithmetic.

import { PAIR } from '../../src/engine/kernel/layout';
import { multiplyAdd, sum } from '../../src/engine/kernel/simd';

/** Chains of multiply-adds that run side by side: more than the latency times the units needs. */
const CHAINS: i32 = 12;

/** Operations of one turn of `multiplyAdds`: a multiplication and an addition of each lane. */
export function operationsPerTurn(): i32 {
  return CHAINS * 2 * 2;
}

/** Takes `turns` steps, at least one, of each chain c = a b + c. Returns what depends on them all. */
export function multiplyAdds(turns: i32, factor: f64): f64 {
  const a = f64x2.splat(factor);
  const b = f64x2.splat(0.5 * factor);
  let c0 = f64x2.splat(factor + 0);
  let c1 = f64x2.splat(factor + 1);
  let c2 = f64x2.splat(factor + 2);
  let c3 = f64x2.splat(factor + 3);
  let c4 = f64x2.splat(factor + 4);
  let c5 = f64x2.splat(factor + 5);
  let c6 = f64x2.splat(factor + 6);
  let c7 = f64x2.splat(factor + 7);
  let c8 = f64x2.splat(factor + 8);
  let c9 = f64x2.splat(factor + 9);
  let c10 = f64x2.splat(factor + 10);
  let c11 = f64x2.splat(factor + 11);
  do {
    c0 = multiplyAdd(a, b, c0);
    c1 = multiplyAdd(a, b, c1);
    c2 = multiplyAdd(a, b, c2);
    c3 = multiplyAdd(a, b, c3);
    c4 = multiplyAdd(a, b, c4);
    c5 = multiplyAdd(a, b, c5);
    c6 = multiplyAdd(a, b, c6);
    c7 = multiplyAdd(a, b, c7);
    c8 = multiplyAdd(a, b, c8);
    c9 = multiplyAdd(a, b, c9);
    c10 = multiplyAdd(a, b, c10);
    c11 = multiplyAdd(a, b, c11);
    turns--;
  } while (turns != 0);
  const sum0 = f64x2.add(f64x2.add(c0, c1), f64x2.add(c2, c3));
  const sum1 = f64x2.add(f64x2.add(c4, c5), f64x2.add(c6, c7));
  const sum2 = f64x2.add(f64x2.add(c8, c9), f64x2.add(c10, c11));
  return sum(f64x2.add(sum0, sum1), sum2);
}

/**
 * Reads from `address` up to `end` as one stream, `times` over; whole blocks of 128 bytes. Returns
 * a number that depends on all that was read.
 */
export function readStream(address: usize, end: usize, times: i32): i64 {
  let bits0 = i64x2.splat(0);
  let bits1 = bits0;
  let bits2 = bits0;
  let bits3 = bits0;
  for (let time = 0; time < times; time++) {
    for (let at = address; at != end; at += 8 * PAIR) {
      bits0 = v128.or(bits0, v128.load(at, 0));
      bits1 = v128.or(bits1, v128.load(at, 16));
      bits2 = v128.or(bits2, v128.load(at, 32));
      bits3 = v128.or(bits3, v128.load(at, 48));
      bits0 = v128.or(bits0, v128.load(at, 64));
      bits1 = v128.or(bits1, v128.load(at, 80));
      bits2 = v128.or(bits2, v128.load(at, 96));
      bits3 = v128.or(bits3, v128.load(at, 112));
    }
  }
  const bits = v128.or(v128.or(bits0, bits1), v128.or(bits2, bits3));
  return i64x2.extract_lane(bits, 0) | i64x2.extract_lane(bits, 1);
}
