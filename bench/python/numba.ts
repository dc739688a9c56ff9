import { PythonChild, findPython } from './child.js';
import {
  readAnswer,
  readHello,
  requestLine,
  type NumbaAnswer,
  type NumbaHello,
  type NumbaMethod,
  type NumbaWork,
} from './protocol.js';

/** Numba in a process of its own, compiled and ready; it idles while it is not asked. */
export class Numba {
  readonly hello: NumbaHello;
  readonly #child: PythonChild;

  private constructor(child: PythonChild, hello: NumbaHello) {
    this.#child = child;
    this.hello = hello;
  }

  /** Starts it; undefined where there is no Python with Numba and SciPy, which has the BLAS. */
  static async start(threads: number): Promise<Numba | undefined> {
    const python = findPython(['numba', 'numpy', 'scipy']);
    if (python === undefined) return undefined;
    const child = new PythonChild(python, 'numba_bench.py', environment(threads));
    return new Numba(child, readHello(await child.nextLine()));
  }

  /** Has it do some work. */
  async run(method: NumbaMethod, work: NumbaWork, details = false): Promise<NumbaAnswer> {
    return readAnswer(await this.#child.ask(requestLine(method, work, details)));
  }

  /** A measurement: nanoseconds that the work takes. */
  timeOf(method: NumbaMethod, work: NumbaWork): () => Promise<number> {
    return async () => (await this.run(method, work)).seconds * 1e9;
  }

  close(): void {
    this.#child.close();
  }
}

/**
 * The environment for a fair comparison: BLAS on the thread that calls it, as the threads are
 * Numba's or the pool's, and no settings that have it use other code than it would choose.
 */
function environment(threads: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    OPENBLAS_NUM_THREADS: '1',
    NUMBA_NUM_THREADS: String(threads),
    OPENBLAS_CORETYPE: undefined,
    OPENBLAS_L2_SIZE: undefined,
  };
}
