import { TASK_STATE, type TaskResults } from '../experiment/task-table.js';
import type { Measured } from './protocol.js';

/** Iteration counts may differ by so many, as rounding does. */
const ITERATIONS_APART = 2;

/** Relative. */
const EIGENVALUES_APART = 1e-9;

/**
 * Sets results of the first tasks in a Python against ours, task by task: how many were compared, and how many
 * differ. Of a task that did not converge the last bits of rounding decide about the result, so that its
 * iterations alone must be alike.
 */
export function differingResults(
  ours: Pick<TaskResults, 'eigenvalue' | 'iterations' | 'state'>,
  theirs: Pick<Measured, 'eigenvalues' | 'iterationCounts'> | null,
): { readonly compared: number; readonly differing: number } {
  if (theirs === null) return { compared: 0, differing: 0 };
  const { eigenvalues, iterationCounts } = theirs;
  const differing = iterationCounts.filter((count, task) => {
    const own = ours.iterations[task] ?? NaN;
    if (!(Math.abs(count - own) <= ITERATIONS_APART)) return true;
    if (ours.state[task] !== TASK_STATE.converged) return false;
    const relative = Math.abs((eigenvalues[task] ?? NaN) / (ours.eigenvalue[task] ?? NaN) - 1);
    return !(relative <= EIGENVALUES_APART);
  });
  return { compared: iterationCounts.length, differing: differing.length };
}
