import { PythonChild, findPython } from './child.js';
import { PythonPowerMethod, fairEnvironment } from './power-method.js';
import { readNumpyHello, type NumpyHello, type NumpyMethod } from './protocol.js';

/** NumPy without Numba. */
export type Numpy = PythonPowerMethod<NumpyMethod, NumpyHello>;

/** Starts NumPy; undefined where there is no Python with it. */
export async function startNumpy(pythons: readonly string[]): Promise<Numpy | undefined> {
  const python = findPython(pythons, ['numpy']);
  if (python === undefined) return undefined;
  const child = new PythonChild(python, 'numpy_bench.py', fairEnvironment());
  return new PythonPowerMethod(child, readNumpyHello(await child.nextLine()));
}
