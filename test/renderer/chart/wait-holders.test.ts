import { describe, expect, it } from 'vitest';
import { holderLines } from '../../../src/renderer/chart/wait-holders.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

const holds = [
  span(1, 'hold', 0, 400),
  span(2, 'hold', 450, 700),
  span(3, 'hold', 750, 900),
  span(0, 'wait', 0, 1000),
];
const wait = { lane: 0, startNs: 0, endNs: 1000 };
const told = (named: number, hasOneLock = true) =>
  holderLines(timelineOf(4, holds, hasOneLock), wait, named).map(
    ({ label, share }) => `${label} ${share}`,
  );

describe('who held the lock during a wait', () => {
  it('makes up the whole with the time in which it was free', () => {
    expect(told(4)).toEqual(['lane 1 40 %', 'lane 2 25 %', 'lane 3 15 %', 'free 20 %']);
  });

  it('is counted where there is no room for names, but for a last one', () => {
    expect(told(1)).toEqual(['lane 1 40 %', '+2 more 40 %', 'free 20 %']);
    expect(told(2)).toEqual(told(4));
  });

  it('says nothing of a free lock where each object has its own', () => {
    expect(told(4, false)).toEqual(['lane 1 40 %', 'lane 2 25 %', 'lane 3 15 %']);
  });

  it('is nobody where no other lane held it', () => {
    expect(holderLines(timelineOf(4, [span(0, 'wait', 0, 10)]), wait, 4)).toEqual([]);
  });
});
