import { describe, expect, it } from 'vitest';
import { TASK_STATE } from '../../src/experiment/task-table.js';
import { differingResults } from '../../src/interpreter/agreement.js';

const OURS = {
  eigenvalue: Float64Array.of(5, -3, 2),
  iterations: Int32Array.of(100, 50, 1001),
  state: Int32Array.of(TASK_STATE.converged, TASK_STATE.converged, TASK_STATE.capped),
};

describe('the results of a Python', () => {
  it.each([
    ['are alike', [5, -3, 2], [100, 50, 1001], 0],
    ['are alike to within rounding', [5 * (1 + 5e-10), -3, 7], [102, 48, 1001], 0],
    ['have other iterations', [5, -3, 2], [103, 50, 900], 2],
    ['have another eigenvalue', [5.001, -3, 2], [100, 50, 1001], 1],
    ['have none', [null, -3, 2], [100, 50, 1001], 1],
  ])('%s', (_, eigenvalues, iterationCounts, differing) => {
    expect(differingResults(OURS, { eigenvalues, iterationCounts })).toEqual({
      compared: 3,
      differing,
    });
  });

  it('differ where there are more of them', () => {
    const theirs = { eigenvalues: [5, -3, 2, 1], iterationCounts: [100, 50, 1001, 7] };
    expect(differingResults(OURS, theirs).differing).toBe(1);
  });
});
