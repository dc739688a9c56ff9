import { describe, expect, it } from 'vitest';
import { referenceMatrix, referencePowerMethod } from './index.js';

/**
 * What the post's loop gives with NumPy 2.4.6 (OpenBLAS) for matrix `index` of `seed`, with the
 * defaults epsilon = 1e-10 and max_iter = 1e4.
 */
const NUMPY = [
  {
    size: 64,
    index: 0,
    seed: 42,
    convergence: 'strict',
    rayleigh: -6.485870510629621,
    iterations: 10001,
    converged: false,
  },
  {
    size: 64,
    index: 1,
    seed: 42,
    convergence: 'sign-aware',
    rayleigh: -6.46717852388299,
    iterations: 548,
    converged: true,
  },
  {
    size: 16,
    index: 3,
    seed: 42,
    convergence: 'strict',
    rayleigh: 3.058140056301606,
    iterations: 256,
    converged: true,
  },
  {
    size: 5,
    index: 0,
    seed: 1,
    convergence: 'sign-aware',
    rayleigh: 1.5782290554005836,
    iterations: 55,
    converged: true,
  },
  {
    size: 33,
    index: 2,
    seed: 0,
    convergence: 'sign-aware',
    rayleigh: 4.525693114879902,
    iterations: 157,
    converged: true,
  },
] as const;

describe('the reference power method', () => {
  it.each(NUMPY)('agrees with NumPy: $size, $seed, $convergence', (expected) => {
    const { size, index, seed, convergence } = expected;
    const found = referencePowerMethod(referenceMatrix(seed, index + 1, size, index), size, {
      epsilon: 1e-10,
      maxIterations: 10_000,
      convergence,
    });
    expect(found.rayleigh).toBeCloseTo(expected.rayleigh, 9);
    expect(Math.abs(found.iterations - expected.iterations)).toBeLessThanOrEqual(2);
    expect(found.converged).toBe(expected.converged);
  });
});
