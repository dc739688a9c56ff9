import { LOCK_MODES, computesOneAtATime, sharesOneLock, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';

/** What an iteration costs on a slow core: for itself, and for each element of the matrix, in ns. */
const ITERATION_NS = 50;
const ELEMENT_NS = 0.25;

/** What making an element of a matrix costs on a slow core, in ns. */
const GENERATION_NS = 5;

/**
 * How long a repeat and what goes before it take at most, as far as the parameters determine it, in ns:
 * every task runs to the cap, on a slow core. Most runs take a half of it or less.
 */
export function longestRepeatNs(parameters: Parameters, usableCores: number): number {
  const { workload, matrices, size, sleepMs, maxIterations, interpreterUs, lock } = parameters;
  const lanes = laneCount(parameters);
  if (workload === 'sleep') {
    return Math.ceil(matrices / (LOCK_MODES[lock].heldWhileSleeping ? 1 : lanes)) * sleepMs * 1e6;
  }
  const cores = Math.min(lanes, usableCores);
  const iterations = matrices * (maxIterations + 1);
  const computeNs = iterations * (ITERATION_NS + ELEMENT_NS * size * size);
  // Wherever lanes share one lock, they hold it for an interpreter's work.
  const interpreterNs = iterations * interpreterUs * 1000;
  return (
    computeNs / (computesOneAtATime(lock) ? 1 : cores) +
    interpreterNs / (sharesOneLock(lock) ? 1 : cores) +
    (matrices * size * size * GENERATION_NS) / cores
  );
}

/** Of the longest that a repeat may take, what most take: cores are faster, and some tasks converge. */
const COMMON_SHARE = 1 / 4;

/** Returns about how long a repeat takes, in ns, as far as the parameters tell; sleeps tell exactly. */
export function commonRepeatNs(parameters: Parameters, usableCores: number): number {
  const longestNs = longestRepeatNs(parameters, usableCores);
  return parameters.workload === 'sleep' ? longestNs : longestNs * COMMON_SHARE;
}
