import { describe, expect, it } from 'vitest';
import { stepAmong, taskNumber } from '../../../../src/renderer/timeline/model/task-search.js';

describe('the number of a task', () => {
  it.each([
    ['12', 12],
    [' #7 ', 7],
    ['0', 0],
    ['', null],
    ['-1', null],
    ['1.5', null],
    ['lane 3', null],
  ])('%j is %j', (text, number) => {
    expect(taskNumber(text)).toBe(number);
  });
});

describe('a step among what was found', () => {
  it('begins at either end and ends past the other', () => {
    expect(stepAmong(3, null, 1)).toBe(0);
    expect(stepAmong(3, null, -1)).toBe(2);
    expect(stepAmong(3, 1, 1)).toBe(2);
    expect(stepAmong(3, 2, 1)).toBeNull();
    expect(stepAmong(3, 0, -1)).toBeNull();
    expect(stepAmong(0, null, 1)).toBeNull();
    expect(stepAmong(0, null, -1)).toBeNull();
  });
});
