import { PythonChild, findPython } from './child.js';
import { PythonPowerMethod, fairEnvironment } from './power-method.js';
import { readHello, type NumbaHello, type NumbaMethod } from './protocol.js';

/** Numba, compiled and ready. */
export type Numba = PythonPowerMethod<NumbaMethod, NumbaHello>;

/** Starts Numba; undefined where there is no Python with it and SciPy, which has the BLAS. */
export async function startNumba(
  pythons: readonly string[],
  threads: number,
): Promise<Numba | undefined> {
  const python = findPython(pythons, ['numba', 'numpy', 'scipy']);
  if (python === undefined) return undefined;
  const env = { ...fairEnvironment(), NUMBA_NUM_THREADS: String(threads) };
  const child = new PythonChild(python, 'numba_bench.py', env);
  return new PythonPowerMethod(child, readHello(await child.nextLine()));
}
