import { describe, expect, it } from 'vitest';
import { listedEntries, type Order } from '../../../src/renderer/recordings/entry-order.js';
import type { RunState } from '../../../src/renderer/state/run-state.js';
import { after, compared, started, wholeRun } from '../messages.js';

const numbers = (state: RunState, order: Order) =>
  listedEntries(state, order).map(({ runs }) => runs.map(({ run }) => run));

describe('the order of the list', () => {
  const list = [
    ...wholeRun(1, { walls: [300, 900] }),
    ...wholeRun(2, { walls: [700] }),
    ...wholeRun(3, { walls: [100] }),
  ];

  it('has the newest first, a comparison with its runs in one place', () => {
    expect(numbers(after(...list, compared(4)), 'time')).toEqual([[7, 6, 5, 4], [3], [2], [1]]);
  });

  it('has what takes the place of an earlier run first', () => {
    expect(numbers(after(...list, started(1)), 'time')).toEqual([[1], [3], [2]]);
  });

  it('has the fastest first, by the median of its repeats, after what is being measured', () => {
    expect(numbers(after(...list), 'speed')).toEqual([[3], [1], [2]]);
    expect(numbers(after(...list, started(4)), 'speed')).toEqual([[4], [3], [1], [2]]);
  });
});
