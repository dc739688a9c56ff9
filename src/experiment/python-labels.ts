import { formatCount, formatNumber } from '../base/units.js';
import type { PythonComparison } from './python-comparison.js';
import type { PythonAbout } from './python-measurements.js';
import type { BesideRow } from './python-rows.js';

/** Which Python it was, and with what: `CPython 3.11.2 with a GIL (/usr/bin/python3), NumPy 1.24.2, …`. */
export function pythonLine({
  python,
  interpreterUs,
}: Pick<PythonComparison, 'python' | 'interpreterUs'>): string {
  const { implementation, version, isFreeThreaded, hasGil, executable, path } = python;
  const gil = isFreeThreaded
    ? `free-threaded, ${hasGil ? 'with the GIL enabled again' : 'without a GIL'}`
    : 'with a GIL';
  return [
    `${implementation} ${version} ${gil} (${executable === '' ? path : executable})`,
    ...packageFacts(python),
    ...(interpreterUs === null
      ? []
      : [`${formatNumber(interpreterUs)} µs of interpreter time in an iteration of NumPy`]),
  ].join(', ');
}

function packageFacts({ packages, missing, blas, threadingLayer }: PythonAbout): string[] {
  const { numpy, numba } = packages;
  const layer = threadingLayer === null ? '' : ` (threads by ${threadingLayer})`;
  return [
    ...(numpy === null || 'numpy' in missing ? [] : [`NumPy ${numpy}`]),
    ...(numba === null || 'numba' in missing ? [] : [`Numba ${numba}${layer}`]),
    ...(blas === null ? [] : [blas]),
  ];
}

/** What each package would add. */
const WITHOUT = {
  numpy: 'Without NumPy plain Python does the work',
  numba: 'Without Numba there are no rows of serial, prange and pool in compiled code',
} as const;

/** Says what is missing in a Python and why, a line each. */
export function missingLines({ missing, packages }: PythonAbout): string[] {
  return (['numpy', 'numba'] as const).flatMap((name) => {
    const reason = missing[name];
    if (reason === undefined) return [];
    // Numba is looked for where there is NumPy alone.
    return [`${WITHOUT[name]}: ${packages[name] === null ? 'it is not installed' : reason}.`];
  });
}

/** Says that a row is of the first matrices alone, where it is. */
export function rowNote({ tasks, iterationNs }: BesideRow, matrices: number): string {
  return iterationNs === null || tasks === matrices
    ? ''
    : ` (the first ${formatCount(tasks)} of ${formatCount(matrices)})`;
}
