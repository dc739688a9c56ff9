/**
 * The kernel's functions, as WebAssembly gives them. Addresses are bytes in the shared memory, up
 * to 4 GiB; `size` is a matrix's rows, `stride` a vector's doubles with padding, and matrices lie
 * as stride.ts draws. Padding of matrices and vectors must be zero and is kept so.
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

  /** x = e1, with its padding. */
  start(this: void, size: number, stride: number, x: number): void;

  /** y = M x. */
  product(this: void, matrix: number, size: number, stride: number, x: number, y: number): void;

  /** x = y / |y|; returns how far x moved, either way round where `signAware` is 1. */
  normalize(
    this: void,
    size: number,
    stride: number,
    x: number,
    y: number,
    signAware: 0 | 1,
  ): number;

  /**
   * Products and normalizations in turn, while the error is at least `epsilon`, fewer than
   * `budget` were done and the word at `attention` is zero. Returns how many were done, 0 where
   * the word was not zero at the start; x holds all that a later call needs to go on.
   */
  iterate(
    this: void,
    matrix: number,
    size: number,
    stride: number,
    x: number,
    y: number,
    epsilon: number,
    budget: number,
    signAware: 0 | 1,
    attention: number,
  ): number;

  /** The error of the last step that this instance's `iterate` took; Infinity before the first. */
  lastError(this: void): number;

  /** Writes eigenvalue, Rayleigh quotient and residual, three doubles, to `result`; uses y. */
  finish(
    this: void,
    matrix: number,
    size: number,
    stride: number,
    x: number,
    y: number,
    result: number,
  ): void;
}

const NAMES = [
  'generate',
  'start',
  'product',
  'normalize',
  'iterate',
  'lastError',
  'finish',
] as const satisfies readonly (keyof Kernel)[];

/** Makes an instance of the kernel over the shared memory; each thread has one of its own. */
export function instantiateKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (!isKernel(exports)) throw new TypeError('The kernel lacks a function: build it anew.');
  return exports;
}

/** Whether all functions are there; what they take and give, WebAssembly cannot tell. */
function isKernel(exports: object): exports is Kernel {
  return NAMES.every((name) => typeof Reflect.get(exports, name) === 'function');
}
