import {
  ATTENTION_ADDRESS,
  CONTROL,
  vectorsOf,
  type LaneVectors,
  type Layout,
} from '../../memory/layout.js';
import { KEEPS_LOCK_UP_TO } from '../../experiment/numpy-lock.js';
import type { Parameters } from '../../experiment/parameters.js';
import { KIND_CODE } from '../../recording/spans.js';
import type { Kernel } from './kernel.js';
import type { TaskOutcome } from './recorder.js';
import { isStopping, type SteppedWork } from './work.js';

/**
 * Returns in how many pieces the interpreter's work of an iteration is, between which the lock is
 * released for a moment: those that NumPy's loops, where they release it, cut it into. They are the two
 * dot products of the norms, of any size (cblas_matrixproduct in numpy/_core/src/common/cblasfuncs.c), and
 * of vectors that are long enough the product, the quotient and the difference.
 */
function interpreterPieces(size: number): number {
  return size > KEEPS_LOCK_UP_TO ? 5 : 2;
}

/**
 * The power method on one matrix a task. A step is y = M x; x' = y / |y|; err = |x - x'|. The
 * first step counts 1, and steps go on while err >= epsilon and the count is at most
 * maxIterations, so that a task that never converges ends with maxIterations + 1.
 *
 * Each step ends with the interpreter work that an iteration has in this run, if any. A run that has some is
 * NumPy's, which keeps the lock in the products of small matrices: there they are part of `update`.
 */
export class PowerWork implements SteppedWork {
  readonly kind = KIND_CODE.compute;
  outcome: TaskOutcome | undefined;

  readonly #kernel: Kernel;
  readonly #parameters: Parameters;
  readonly #layout: Layout;
  readonly #words: Int32Array;
  readonly #vectors: LaneVectors;
  readonly #results: Float64Array;
  readonly #signAware: 0 | 1;
  readonly #cap: number;
  readonly #interpreterTurns: number;
  /** Turns of one piece of it. */
  readonly #pieceTurns: number;
  readonly #multipliesInside: boolean;
  #steps = 0;
  /** Turns that are left of the interpreter work of the last step. */
  #turnsLeft = 0;
  /** The steps have ended: what is left is the result's product, and the result. */
  #isConcluding = false;

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
    // The job that this lane is made for came after it was set.
    this.#interpreterTurns = Atomics.load(this.#words, CONTROL.interpreterTurns);
    this.#multipliesInside = this.#interpreterTurns > 0 && parameters.size <= KEEPS_LOCK_UP_TO;
    this.#pieceTurns = Math.ceil(this.#interpreterTurns / interpreterPieces(parameters.size));
  }

  begin(task: number): void {
    this.outcome = undefined;
    this.#steps = 0;
    this.#turnsLeft = 0;
    this.#isConcluding = false;
    const { a, b, c } = this.#vectors;
    const { matrices, matrixBytes, stride } = this.#layout;
    const matrix = matrices + task * matrixBytes;
    this.#kernel.begin(matrix, this.#parameters.size, stride, a, b, c, ATTENTION_ADDRESS);
  }

  advance(): boolean {
    const hasEnded = this.#interpreterTurns === 0 ? this.#iterate() : this.#interpretSteps();
    if (!hasEnded || !this.#multiply()) return false;
    this.#finish();
    return true;
  }

  product(): boolean {
    // Between two pieces of the interpreter's work are loops that are too short to count.
    return this.#turnsLeft > 0 || this.#multipliesInside || this.#multiply();
  }

  update(): boolean {
    const isNewStep = this.#turnsLeft === 0;
    if (isNewStep && this.#multipliesInside && !this.#multiply()) return isStopping(this.#words);
    if (this.#isConcluding) {
      this.#finish();
      return true;
    }
    if (isNewStep) this.#endStep();
    if (this.#interpret(this.#pieceTurns)) this.#concludeIfEnded();
    return isStopping(this.#words);
  }

  /** Steps in one loop of the kernel. Says whether the steps have ended; else the loop was left. */
  #iterate(): boolean {
    if (this.#isConcluding) return true;
    const budget = this.#cap - this.#steps;
    this.#steps += this.#kernel.iterate(this.#parameters.epsilon, budget, this.#signAware);
    return this.#concludeIfEnded();
  }

  /** Steps with interpreter work in each. Says whether the steps have ended; else one was left. */
  #interpretSteps(): boolean {
    while (!this.#isConcluding) {
      if (this.#turnsLeft === 0) {
        if (!this.#multiply()) return false;
        this.#endStep();
      }
      if (!this.#interpret(this.#turnsLeft)) return false;
      this.#concludeIfEnded();
    }
    return true;
  }

  /** Multiplies. Says whether the product is done; else it was left, and goes on with the next call. */
  #multiply(): boolean {
    return this.#kernel.product() === 1;
  }

  /** With a step's product done: the vector work, after which the interpreter has its own to do. */
  #endStep(): void {
    this.#kernel.update(this.#signAware);
    this.#steps += 1;
    this.#turnsLeft = this.#interpreterTurns;
  }

  /**
   * Does at most so many turns of the last step's interpreter work, fewer where the attention word is
   * raised. Says whether none is left.
   */
  #interpret(turns: number): boolean {
    const most = Math.min(turns, this.#turnsLeft);
    // Most runs have none, and spare themselves the call.
    if (most > 0) this.#turnsLeft -= most - this.#kernel.interpret(most, ATTENTION_ADDRESS);
    return this.#turnsLeft === 0;
  }

  /**
   * Ends the steps where the loop's test fails; an error that is no number fails it too. Says whether
   * the steps have ended.
   */
  #concludeIfEnded(): boolean {
    if (this.#kernel.lastError() >= this.#parameters.epsilon && this.#steps < this.#cap)
      return false;
    this.#isConcluding = true;
    this.#kernel.conclude();
    return true;
  }

  /** With the result's product done: the result. */
  #finish(): void {
    this.#kernel.finish(this.#vectors.result);
    this.outcome = {
      eigenvalue: this.#results[0] ?? NaN,
      rayleigh: this.#results[1] ?? NaN,
      residual: this.#results[2] ?? NaN,
      iterations: this.#steps,
      converged: this.#kernel.lastError() < this.#parameters.epsilon,
    };
  }
}
