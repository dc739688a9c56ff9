import { ATTENTION_ADDRESS, vectorsOf, type Layout } from '../shared/layout.js';
import type { Parameters } from '../shared/parameters.js';
import type { Kernel } from './kernel.js';
import type { TaskOutcome } from './recorder.js';
import { isStopping, type SteppedWork } from './work.js';

/**
 * The power method on one matrix a task. A step is y = M x; x' = y / |y|; err = |x - x'|. The
 * first step counts 1, and steps go on while err >= epsilon and the count is at most
 * maxIterations, so that a task that never converges ends with maxIterations + 1.
 */
export class PowerWork implements SteppedWork {
  readonly kind = 'compute';
  outcome: TaskOutcome | undefined;

  readonly #kernel: Kernel;
  readonly #parameters: Parameters;
  readonly #layout: Layout;
  readonly #words: Int32Array;
  readonly #results: Float64Array;
  readonly #at: ReturnType<typeof vectorsOf>;
  readonly #signAware: 0 | 1;
  readonly #cap: number;
  #matrix = 0;
  #steps = 0;

  constructor(
    kernel: Kernel,
    memory: ArrayBufferLike,
    parameters: Parameters,
    layout: Layout,
    lane: number,
  ) {
    this.#kernel = kernel;
    this.#parameters = parameters;
    this.#layout = layout;
    this.#words = new Int32Array(memory);
    this.#at = vectorsOf(layout, lane);
    this.#results = new Float64Array(memory, this.#at.result, 3);
    this.#signAware = parameters.convergence === 'sign-aware' ? 1 : 0;
    this.#cap = parameters.maxIterations + 1;
  }

  begin(task: number): void {
    this.outcome = undefined;
    this.#steps = 0;
    this.#matrix = this.#layout.matrices + task * this.#layout.matrixBytes;
    this.#kernel.start(this.#parameters.size, this.#layout.stride, this.#at.x);
  }

  advance(): boolean {
    const { x, y } = this.#at;
    const steps = this.#kernel.iterate(
      this.#matrix,
      this.#parameters.size,
      this.#layout.stride,
      x,
      y,
      this.#parameters.epsilon,
      this.#cap - this.#steps,
      this.#signAware,
      ATTENTION_ADDRESS,
    );
    if (steps === 0) return false;
    this.#steps += steps;
    return this.#finishIfEnded(this.#kernel.lastError());
  }

  product(): void {
    const { x, y } = this.#at;
    this.#kernel.product(this.#matrix, this.#parameters.size, this.#layout.stride, x, y);
  }

  update(): boolean {
    const { x, y } = this.#at;
    const { size } = this.#parameters;
    const error = this.#kernel.normalize(size, this.#layout.stride, x, y, this.#signAware);
    this.#steps += 1;
    return this.#finishIfEnded(error) || isStopping(this.#words);
  }

  /** Where the loop's test fails, works out the results; an error that is no number ends it too. */
  #finishIfEnded(error: number): boolean {
    if (error >= this.#parameters.epsilon && this.#steps < this.#cap) return false;
    const { x, y, result } = this.#at;
    this.#kernel.finish(this.#matrix, this.#parameters.size, this.#layout.stride, x, y, result);
    this.outcome = {
      eigenvalue: this.#results[0] ?? NaN,
      rayleigh: this.#results[1] ?? NaN,
      residual: this.#results[2] ?? NaN,
      iterations: this.#steps,
      converged: error < this.#parameters.epsilon,
    };
    return true;
  }
}
