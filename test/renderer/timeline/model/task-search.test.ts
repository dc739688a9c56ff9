import { numberSigns } from '../../../../src/base/number-text.js';
import { describe, expect, it } from 'vitest';
import { readTask, stepAmong } from '../../../../src/renderer/timeline/model/task-search.js';

describe('the number of a task', () => {
  it.each([
    ['12', 12],
    [' #7 ', 7],
    ['0', 0],
    ['№ 12', 12],
    ['＃７', 7],
    ['१२', 12],
    ['1,234', 1234],
    ['1 234', 1234],
    ['1e3', 1000],
    ['', null],
    ['lane 3', null],
    ['1.234', null],
    ['12a', null],
  ])('%j is %j', (text, number) => {
    const reading = readTask(text, numberSigns('en'));
    expect(reading.ok ? reading.value : null).toBe(number);
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
