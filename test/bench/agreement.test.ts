import { expect, it } from 'vitest';
import { agreementOf } from '../../bench/measure/agreement.js';
import { TASK_STATE } from '../../src/experiment/task-table.js';

const { converged, capped } = TASK_STATE;

function ours(iterations: number[], eigenvalues: number[], states: number[]) {
  return {
    iterations: Int32Array.from(iterations),
    eigenvalue: Float64Array.from(eigenvalues),
    state: Int32Array.from(states),
  };
}

it('gives the greatest difference of converged tasks', () => {
  const theirs = { iterationCounts: [101, 50, 1001], eigenvalues: [2 * (1 + 1e-10), 3, 7] };
  const found = agreementOf(
    ours([100, 50, 1001], [2, 3, 4], [converged, converged, capped]),
    theirs,
  );
  expect(found).toMatchObject({ convergedTasks: 2, iterationsApart: 1 });
  expect(found.eigenvaluesApart).toBeCloseTo(1e-10, 13);
});

it.each([
  ['tasks are missing', { iterationCounts: [], eigenvalues: [] }, 'as many tasks'],
  ['iterations differ', { iterationCounts: [13], eigenvalues: [2] }, '3 away'],
  ['eigenvalues differ', { iterationCounts: [10], eigenvalues: [2.1] }, 'the eigenvalue'],
  ['an eigenvalue is no number', { iterationCounts: [10], eigenvalues: [NaN] }, 'the eigenvalue'],
])('refuses to compare where %s', (_, theirs, message) => {
  expect(() => agreementOf(ours([10], [2], [converged]), theirs)).toThrow(message);
});
