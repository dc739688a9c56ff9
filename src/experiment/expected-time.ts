import {
  LOCK_MODES,
  computesOneAtATime,
  isSameRun,
  sharesOneLock,
  type Parameters,
} from './parameters.js';
import { laneCount } from './plan.js';
import type { Overview } from './report.js';

/** What one core takes for the parts of a run. */
interface CoreSpeed {
  /** An iteration, for itself and for each element of the matrix, in ns. */
  readonly iterationNs: number;
  readonly elementNs: number;
  /** Handing a lock that is given up within an iteration to another lane, in ns. */
  readonly handOverNs: number;
  /** Making an element of a matrix, in ns. */
  readonly generationNs: number;
}

const SLOW_CORE: CoreSpeed = {
  iterationNs: 50,
  elementNs: 0.25,
  handOverNs: 2000,
  generationNs: 5,
};
const USUAL_CORE: CoreSpeed = {
  iterationNs: 40,
  elementNs: 0.15,
  handOverNs: 1500,
  generationNs: 3,
};

/**
 * How long a repeat and what goes before it take at most, as far as the parameters determine it, in ns:
 * every task runs to the cap, on a slow core. Most runs take a half of it or less.
 */
export function longestRepeatNs(parameters: Parameters, usableCores: number): number {
  const { matrices, maxIterations } = parameters;
  return (
    repeatNs(parameters, usableCores, SLOW_CORE, matrices * (maxIterations + 1)) +
    generationNs(parameters, usableCores, SLOW_CORE)
  );
}

/** How long a run with all its repeats is likely to take. */
export interface ExpectedTime {
  readonly runNs: number;
  /** It follows from a run of the same parameters, rather than from an estimate. */
  readonly isMeasured: boolean;
}

/**
 * Works out how long a run takes: from the newest run of the same parameters, of however many repeats,
 * or else by an estimate, which the newest run of the same kind of work under the same lock corrects.
 *
 * @param measured the runs so far, oldest first
 */
export function expectedTime(
  parameters: Parameters,
  usableCores: number,
  measured: readonly Pick<Overview, 'params' | 'summary'>[],
): ExpectedTime {
  const times = parameters.repeats + parameters.warmup;
  const same = measured.findLast(({ params }) => isSameRun(params, parameters, NOT_OF_A_REPEAT));
  if (same !== undefined) return { runNs: times * same.summary.wallNs.median, isMeasured: true };
  const alike = measured.findLast(
    ({ params }) => params.workload === parameters.workload && params.lock === parameters.lock,
  );
  const foreseenNs = alike === undefined ? 0 : likelyRepeatNs(alike.params, usableCores);
  const correction =
    alike === undefined || foreseenNs === 0 ? 1 : alike.summary.wallNs.median / foreseenNs;
  return {
    runNs:
      times * correction * likelyRepeatNs(parameters, usableCores) +
      generationNs(parameters, usableCores, USUAL_CORE),
    isMeasured: false,
  };
}

/** What does not change how long a repeat takes. */
const NOT_OF_A_REPEAT = ['repeats', 'warmup'] as const;

/** Returns how long a repeat is likely to take, in ns: where tasks converge as most do. */
export function likelyRepeatNs(parameters: Parameters, usableCores: number): number {
  const { matrices, maxIterations, convergence, size } = parameters;
  const cap = maxIterations + 1;
  const converging = Math.min(cap, usualIterations(parameters));
  // About half of all dominant eigenvalues are negative, and the strict test never ends with those.
  const isStrict = convergence === 'strict' && size > 1;
  return repeatNs(
    parameters,
    usableCores,
    USUAL_CORE,
    matrices * (isStrict ? (cap + converging) / 2 : converging),
  );
}

/**
 * Iterations until a task of uniform random matrices converges, the mean: an error shrinks by the ratio
 * of the two largest eigenvalues, which differ by about the size to the power of -2/3 (Tracy and Widom).
 */
function usualIterations({ size, epsilon }: Parameters): number {
  return 2 + ITERATIONS_PER_DIGIT * Math.max(0, -Math.log10(epsilon)) * size ** (2 / 3);
}

/** Measured over matrices of 4 to 512, the rarest of which take 20 times as many. */
const ITERATIONS_PER_DIGIT = 8;

/** How long a repeat takes, in ns, where its tasks take so many iterations together. */
function repeatNs(
  parameters: Parameters,
  usableCores: number,
  speed: CoreSpeed,
  iterations: number,
): number {
  const { workload, matrices, size, sleepMs, interpreterUs, lock } = parameters;
  const lanes = laneCount(parameters);
  if (workload === 'sleep') {
    return Math.ceil(matrices / (LOCK_MODES[lock].heldWhileSleeping ? 1 : lanes)) * sleepMs * 1e6;
  }
  const cores = Math.min(lanes, usableCores);
  const computeNs = iterations * (speed.iterationNs + speed.elementNs * size * size);
  const isHandedOver = lanes > 1 && sharesOneLock(lock) && !computesOneAtATime(lock);
  const handOverNs = isHandedOver ? iterations * speed.handOverNs : 0;
  // Wherever lanes share one lock, they hold it for an interpreter's work.
  const interpreterNs = iterations * interpreterUs * 1000;
  return (
    computeNs / (computesOneAtATime(lock) ? 1 : cores) +
    interpreterNs / (sharesOneLock(lock) ? 1 : cores) +
    handOverNs
  );
}

/** How long making the matrices takes, in ns. */
function generationNs(parameters: Parameters, usableCores: number, speed: CoreSpeed): number {
  const { workload, matrices, size } = parameters;
  const cores = Math.min(laneCount(parameters), usableCores);
  return workload === 'sleep' ? 0 : (matrices * size * size * speed.generationNs) / cores;
}
