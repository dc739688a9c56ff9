import { LOCK_MODES, computesOneAtATime, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';

/** What an iteration costs on a slow core: for itself, and for each element of the matrix, in ns. */
const ITERATION_NS = 50;
const ELEMENT_NS = 0.25;

/** What making an element of a matrix costs on a slow core, in ns. */
const GENERATION_NS = 5;

/**
 * How long a repeat and what goes before it take at most, as far as the parameters tell, in ns:
 * every task runs to the cap, on a slow core. Most runs take a half of it or less.
 */
export function longestRepeatNs(parameters: Parameters, logicalCores: number): number {
  const { workload, matrices, size, sleepMs, maxIterations, lock } = parameters;
  const lanes = laneCount(parameters);
  if (workload === 'sleep') {
    return Math.ceil(matrices / (LOCK_MODES[lock].heldWhileSleeping ? 1 : lanes)) * sleepMs * 1e6;
  }
  const cores = Math.min(lanes, logicalCores);
  const iterationNs = ITERATION_NS + ELEMENT_NS * size * size;
  const computeNs =
    (matrices * (maxIterations + 1) * iterationNs) / (computesOneAtATime(lock) ? 1 : cores);
  return computeNs + (matrices * size * size * GENERATION_NS) / cores;
}
