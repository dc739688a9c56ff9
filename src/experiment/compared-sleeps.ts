import type { Parameters } from './parameters.js';

/** The sleeps that a comparison with a Python has beside its matrices: the post's ten, but shorter. */
export const COMPARED_SLEEPS = {
  workload: 'sleep',
  matrices: 10,
  threads: 10,
  sleepMs: 20,
} as const satisfies Partial<Parameters>;
