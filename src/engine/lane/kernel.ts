/**
 * The kernel's functions, as WebAssembly exports them. Addresses are bytes in the shared memory, up
 * to 4 GiB; `size` is a matrix's rows, `stride` a vector's doubles with padding, and matrices lie
 * as stride.ts draws. Padding of matrices must be zero. An instance works on one task at a time,
 * from `begin` to `finish`.
 */
export interface Kernel {
  /**
   * Fills a matrix with NumPy's numbers from draw number `firstDraw` of the seeded generator at
   * `generator` (see writePcg64) and symmetrises it. 1 when complete; 0 when it left, the matrix
   * unfinished, because the word at `attention` was not zero.
   */
  generate(
    this: void,
    matrix: number,
    size: number,
    stride: number,
    generator: number,
    firstDraw: number,
    attention: number,
  ): 0 | 1;

  /**
   * Begins the power method on a matrix, at e1. `a`, `b` and `c` are room for three vectors, and
   * the word at `attention` is what `product` and `iterate` look at, every few microseconds.
   */
  begin(
    this: void,
    matrix: number,
    size: number,
    stride: number,
    a: number,
    b: number,
    c: number,
    attention: number,
  ): void;

  /**
   * The first half of a step: the matrix product. 1 when complete; 0 when it left because the word
   * at `attention` was not zero. The next call, of this or of `iterate`, then goes on with it.
   */
  product(this: void): 0 | 1;

  /**
   * The second half: norm and error. Returns how far the unit vector moved, either way round where
   * `signAware` is 1.
   */
  update(this: void, signAware: 0 | 1): number;

  /**
   * Steps, while the error is at least `epsilon`, fewer than `budget` were taken and the word at
   * `attention` is zero. Returns how many were taken; a later call goes on where it left.
   */
  iterate(this: void, epsilon: number, budget: number, signAware: 0 | 1): number;

  /** The error of the last step; Infinity before the first. */
  lastError(this: void): number;

  /** Ends the steps, whose result takes one more `product`, complete, and then `finish`. */
  conclude(this: void): void;

  /**
   * Does so many turns of an interpreter's work; looks at the word at `attention` every microsecond
   * or less, and leaves where it is not zero. Returns the turns that are left: 0 when done.
   */
  interpret(this: void, turns: number, attention: number): number;

  /** Ends the task: writes eigenvalue, Rayleigh quotient and residual, three doubles. */
  finish(this: void, result: number): void;
}

const NAMES = [
  'generate',
  'begin',
  'product',
  'update',
  'iterate',
  'lastError',
  'conclude',
  'interpret',
  'finish',
] as const satisfies readonly (keyof Kernel)[];

/** Makes an instance of the kernel over the shared memory; each thread has one of its own. */
export function instantiateKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (!isKernel(exports)) throw new TypeError('The kernel lacks a function: build it anew.');
  return exports;
}

/** Whether all functions are there; WebAssembly cannot say what they take and return. */
function isKernel(exports: object): exports is Kernel {
  return NAMES.every((name) => typeof Reflect.get(exports, name) === 'function');
}
