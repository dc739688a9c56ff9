// Arithmetic on pairs of doubles. A pair is one SIMD register: lanes 0 and 1.

/** a b + c; rounded once where the build has relaxed SIMD and the machine fuses, else twice. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/** The sums of the two lanes of `a` and of those of `b`, as a pair. */
export function laneSums(a: v128, b: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
}

/** The sum of all four lanes. */
export function sum(a: v128, b: v128): f64 {
  const both = f64x2.add(a, b);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}
