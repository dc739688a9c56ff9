import type { Parameters } from './parameters.js';

/** Tasks from `first` up to, not including, `end`. */
export interface TaskRange {
  readonly first: number;
  readonly end: number;
}

/** How many lanes a run has: one where it is serial, else one a thread. */
export function laneCount(parameters: Parameters): number {
  return parameters.scheduler === 'serial' ? 1 : parameters.threads;
}

/** The parameters that a run had: a serial one has one thread, whatever was asked for. */
export function effectiveParameters(parameters: Parameters): Parameters {
  return { ...parameters, threads: laneCount(parameters) };
}

/**
 * The lane's contiguous chunk of all tasks: sizes differ by at most one, the larger ones first,
 * as Numba's prange divides its range.
 */
export function chunkOf(tasks: number, lanes: number, lane: number): TaskRange {
  const small = Math.floor(tasks / lanes);
  const larger = tasks % lanes;
  const first = lane * small + Math.min(lane, larger);
  return { first, end: first + small + (lane < larger ? 1 : 0) };
}

/** Says which matrices a run has: runs that say the same have the same ones. Empty where it has none. */
export function matricesOf({ workload, seed, size, matrices }: Parameters): string {
  return workload === 'power' ? [seed, size, matrices].join(' ') : '';
}

/** The floating-point operations of one matrix product: a multiplication and an addition an element. */
export function flopsPerProduct(size: number): number {
  return 2 * size * size;
}
