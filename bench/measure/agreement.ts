import { TASK_STATE, type TaskResults } from '../../src/experiment/task-table.js';
import type { NumbaAnswer } from '../python/protocol.js';

/** How far two computations of the same tasks are apart at most, of those that converged. */
export interface Agreement {
  readonly convergedTasks: number;
  readonly iterationsApart: number;
  /** Relative. */
  readonly eigenvaluesApart: number;
}

/** Iteration counts may differ by so many, as rounding does (contract of the numerics). */
const ITERATIONS_APART = 2;

const EIGENVALUES_APART = 1e-9;

/**
 * Compares our results with Numba's, task by task. Where a task did not converge, the last bits
 * of rounding decide about the last vector, and both sides must but have come to the same cap.
 *
 * @throws Error where they are not the same computation
 */
export function agreementOf(
  ours: Pick<TaskResults, 'eigenvalue' | 'iterations' | 'state'>,
  theirs: Pick<NumbaAnswer, 'eigenvalues' | 'iterationCounts'>,
): Agreement {
  if (theirs.iterationCounts.length !== ours.iterations.length) {
    throw new Error('Numba did not do as many tasks as Gilscope');
  }
  let convergedTasks = 0;
  let iterationsApart = 0;
  let eigenvaluesApart = 0;
  ours.iterations.forEach((count, task) => {
    const apart = Math.abs(count - (theirs.iterationCounts[task] ?? NaN));
    if (!(apart <= ITERATIONS_APART)) {
      throw new Error(`task ${task}: ${count} iterations, ${apart} away from Numba's`);
    }
    if (ours.state[task] !== TASK_STATE.converged) return;
    const eigenvalue = ours.eigenvalue[task] ?? NaN;
    const relative = Math.abs((theirs.eigenvalues[task] ?? NaN) / eigenvalue - 1);
    if (!(relative <= EIGENVALUES_APART)) {
      throw new Error(`task ${task}: the eigenvalue is ${relative} away from Numba's`);
    }
    convergedTasks += 1;
    iterationsApart = Math.max(iterationsApart, apart);
    eigenvaluesApart = Math.max(eigenvaluesApart, relative);
  });
  return { convergedTasks, iterationsApart, eigenvaluesApart };
}
