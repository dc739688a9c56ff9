import type { Parameters } from '../../src/experiment/parameters.js';
import { pcg64Draws } from '../../src/base/pcg64.js';
import { smallRun } from '../fixtures/parameters.js';

/** What the cases are drawn from. */
const SEED = 20_260;

/** Where tasks end that do not converge: half of them, under the strict test. */
const CAP = 400;

const LARGEST = 300;
const MATRICES = 3;

/** So many sets of parameters at random: seed, size, matrices, and the test of convergence. */
export function randomCases(count: number): Parameters[] {
  const draw = pcg64Draws(SEED);
  const snapshotAt = (most: number) => 1 + Math.floor(draw() * most);
  return Array.from({ length: count }, () =>
    smallRun({
      seed: Math.floor(draw() * Number.MAX_SAFE_INTEGER),
      size: snapshotAt(LARGEST),
      matrices: snapshotAt(MATRICES),
      convergence: draw() < 0.5 ? 'strict' : 'sign-aware',
      maxIterations: CAP,
      repeats: 1,
    }),
  );
}

/** Large ones, with fewer iterations: each of them takes milliseconds. */
export const LARGE_CASES: readonly Parameters[] = [
  smallRun({ size: 512, matrices: 2, maxIterations: 200, repeats: 1 }),
  smallRun({ size: 1000, matrices: 1, maxIterations: 100, repeats: 1 }),
  smallRun({ size: 4096, matrices: 1, maxIterations: 20, repeats: 1 }),
];
