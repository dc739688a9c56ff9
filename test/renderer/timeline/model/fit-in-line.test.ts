import { describe, expect, it } from 'vitest';
import { fitInLine } from '../../../../src/renderer/timeline/model/fit-in-line.js';

describe('parts of a line', () => {
  it('fit where there is room for all of them and the gaps between', () => {
    expect(fitInLine([100, 50, 50], 10, 220)).toEqual([true, true, true]);
    expect(fitInLine([100, 50, 50], 10, 219)).toEqual([true, true, false]);
  });

  it('leave their room to those after them where they are too wide', () => {
    expect(fitInLine([100, 400, 50, 60], 10, 230)).toEqual([true, false, true, true]);
  });

  it('leave their room to the one that comes first', () => {
    expect(fitInLine([100, 50, 150], 10, 210, 2)).toEqual([false, true, true]);
    expect(fitInLine([100, 50, 150], 10, 210)).toEqual([true, true, false]);
    expect(fitInLine([100, 50, 250], 10, 210, 2)).toEqual([true, true, false]);
  });

  it('are all left out where there is no room', () => {
    expect(fitInLine([100, 50], 10, 0)).toEqual([false, false]);
  });
});
