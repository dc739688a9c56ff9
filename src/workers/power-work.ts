import { ATTENTION_ADDRESS, vectorsOf, type LaneVectors, type Layout } from '../shared/layout.js';
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
  readonly #vectors: LaneVectors;
  readonly #results: Float64Array;
  readonly #signAware: 0 | 1;
  readonly #cap: number;
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
    this.#vectors = vectorsOf(layout, lane);
    this.#results = new Float64Array(memory, this.#vectors.result, 3);
    this.#signAware = parameters.convergence === 'sign-aware' ? 1 : 0;
    this.#cap = parameters.maxIterations + 1;
  }

  begin(task: number): void {
    this.outcome = undefined;
    this.#steps = 0;
    const { a, b, c } = this.#vectors;
    const { matrices, matrixBytes, stride } = this.#layout;
    const matrix = matrices + task * matrixBytes;
    this.#kernel.begin(matrix, this.#parameters.size, stride, a, b, c, ATTENTION_ADDRESS);
  }

  advance(): boolean {
    const budget = this.#cap - this.#steps;
    this.#steps += this.#kernel.iterate(this.#parameters.epsilon, budget, this.#signAware);
    return this.#finishIfEnded(this.#kernel.lastError());
  }

  product(): boolean {
    return this.#kernel.product() === 1;
  }

  update(): boolean {
    const error = this.#kernel.update(this.#signAware);
    this.#steps += 1;
    return this.#finishIfEnded(error) || isStopping(this.#words);
  }

  /** Where the loop's test fails, works out the results; an error that is no number ends it too. */
  #finishIfEnded(error: number): boolean {
    if (error >= this.#parameters.epsilon && this.#steps < this.#cap) return false;
    this.#kernel.finish(this.#vectors.result);
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
