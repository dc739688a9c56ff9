import type { Experiment } from './recording.js';
import { unknownCosts, type LeastWork, type WorkCosts } from '../analysis/work-costs.js';
import { LOCK_MODES, type Parameters } from './parameters.js';

/** Works out the costs of a run from what was measured and from its tasks' iterations. */
export function workCostsOf({ parameters, results, costs }: Experiment): WorkCosts {
  const { iterationNs, holdNs, handOverNs } = costs;
  const known = { ...unmeasuredCosts(parameters), holdNs, handOverNs };
  if (parameters.workload === 'sleep') return { ...known, least: leastSleeping(parameters) };
  const least =
    iterationNs === null ? null : leastComputing(results.iterations, iterationNs, parameters);
  return { ...known, least };
}

/** The costs of a run of which none is known, such as one that was stopped early. */
export function unmeasuredCosts(parameters: Parameters): WorkCosts {
  return {
    ...unknownCosts(LOCK_MODES[parameters.lock].locks),
    isLockInCompute: isLockInCompute(parameters),
  };
}

/** Whether a run's lanes take and release the lock in the middle of their computing. */
export function isLockInCompute({ workload, lock }: Parameters): boolean {
  const { locks, heldWhileComputing } = LOCK_MODES[lock];
  return workload === 'power' && locks !== 'none' && !heldWhileComputing;
}

/**
 * A task takes a product for each iteration, and one more for its result. That one has no interpreter
 * work: where iterations have some, it is left out.
 */
function leastComputing(
  iterations: Int32Array,
  iterationNs: number,
  { interpreterUs }: Parameters,
): LeastWork {
  const more = interpreterUs === 0 ? 1 : 0;
  let counted = 0;
  let most = 0;
  for (const count of iterations) {
    counted += count + more;
    most = Math.max(most, count + more);
  }
  return {
    computeNs: counted * iterationNs,
    sleepNs: 0,
    longestTaskNs: most * iterationNs,
  };
}

function leastSleeping({ matrices, sleepMs }: Parameters): LeastWork {
  const sleepNs = sleepMs * 1e6;
  return { computeNs: 0, sleepNs: matrices * sleepNs, longestTaskNs: sleepNs };
}
