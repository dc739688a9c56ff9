import type { PythonChild } from './child.js';
import {
  readAnswer,
  requestLine,
  type NumbaAnswer,
  type NumbaMethod,
  type NumbaWork,
  type NumpyMethod,
} from './protocol.js';

/** The power method in a Python process of its own, which idles while it is not asked. */
export class PythonPowerMethod<Method extends NumbaMethod | NumpyMethod, Hello> {
  /** What the process said of itself when it was ready. */
  readonly hello: Hello;
  readonly #child: PythonChild;

  constructor(child: PythonChild, hello: Hello) {
    this.#child = child;
    this.hello = hello;
  }

  /** Has it do some work. */
  async run(method: Method, work: NumbaWork, details = false): Promise<NumbaAnswer> {
    return readAnswer(await this.#child.ask(requestLine(method, work, details)));
  }

  /** A measurement: nanoseconds that the work takes. */
  timeOf(method: Method, work: NumbaWork): () => Promise<number> {
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
export function fairEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    OPENBLAS_NUM_THREADS: '1',
    OPENBLAS_CORETYPE: undefined,
    OPENBLAS_L2_SIZE: undefined,
  };
}
