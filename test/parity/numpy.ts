import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Parameters } from '../../src/experiment/parameters.js';

/** The parameters that NumPy needs to know. */
export type NumpyCase = Pick<
  Parameters,
  'seed' | 'matrices' | 'size' | 'epsilon' | 'maxIterations' | 'convergence'
>;

/** What NumPy found, an element for each task. Null is what is no finite number. */
export interface NumpyResult {
  /** Of all matrices' bytes, row by row, one matrix after another. */
  readonly sha256: string;
  readonly eigenvalue: readonly (number | null)[];
  readonly rayleigh: readonly (number | null)[];
  readonly iterations: readonly number[];
  readonly converged: readonly boolean[];
}

/** A Python that has NumPy, or undefined: the system's own, or the one on the path. */
export function findNumpy(): string | undefined {
  return ['/usr/bin/python3', 'python3', 'python'].find(
    (python) => spawnSync(python, ['-c', 'import numpy']).status === 0,
  );
}

/** Has NumPy do the cases. */
export function runNumpy(python: string, cases: readonly NumpyCase[]): NumpyResult[] {
  const { status, stdout, stderr } = spawnSync(python, [resolve('test/parity/power_method.py')], {
    input: JSON.stringify({ cases }),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    // OpenBLAS's threads give their cores away as they wait for each other: on a machine with other
    // work they would not get them back for minutes.
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
  });
  if (status !== 0) throw new Error(`power_method.py failed: ${stderr}`);
  return JSON.parse(stdout) as NumpyResult[];
}
