import { describe, expect, it } from 'vitest';
import { contentionLines } from '../../../../src/renderer/timeline/model/lock-contention.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

const holds = [
  span(1, 'hold', 0, 400),
  span(2, 'hold', 450, 700),
  span(3, 'hold', 750, 900),
  span(0, 'wait', 0, 1000),
];
const wait = span(0, 'wait', 0, 1000);
const told = (named: number, hasOneOrder = true) =>
  contentionLines(timelineOf(4, holds, hasOneOrder), wait, named).map(
    ({ label, share }) => `${label} ${share}`,
  );

describe('who held the lock during a wait', () => {
  it('makes up the whole with the time in which it was free', () => {
    expect(told(4)).toEqual(['lane 1 40 %', 'lane 2 25 %', 'lane 3 15 %', 'free 20 %']);
  });

  it('is counted where there is no room for names', () => {
    expect(told(1)).toEqual(['lane 1 40 %', '+2 more 40 %', 'free 20 %']);
    expect(told(2)).toEqual(['lane 1 40 %', 'lane 2 25 %', '+1 more 15 %', 'free 20 %']);
    expect(told(3)).toEqual(told(4));
  });

  it('says nothing of a free lock where each object has its own', () => {
    expect(told(4, false)).toEqual(['lane 1 40 %', 'lane 2 25 %', 'lane 3 15 %']);
  });

  it('is nobody where no other lane held it', () => {
    expect(contentionLines(timelineOf(4, [span(0, 'wait', 0, 10)]), wait, 4)).toEqual([]);
  });
});

it('tells each time, and of those that are counted the sum or the most', () => {
  const timesOf = (part: typeof wait, spans: typeof holds) =>
    contentionLines(timelineOf(4, spans), part, 1).map(({ lanes, timeNs }) => [lanes, timeNs]);
  expect(timesOf(wait, holds)).toEqual([
    [1, 400],
    [2, 400],
    [0, 200],
  ]);
  const hold = span(1, 'hold', 0, 1000);
  const waits = [span(0, 'wait', 0, 900), span(2, 'wait', 0, 300), span(3, 'wait', 0, 500)];
  expect(timesOf(hold, waits)).toEqual([
    [1, 900],
    [2, 500],
  ]);
});

describe('who waited during a hold', () => {
  const waits = [
    span(0, 'wait', 0, 1000),
    span(2, 'wait', 500, 900),
    span(3, 'wait', 900, 2000),
    span(1, 'wait', 0, 90),
    span(1, 'hold', 100, 1100),
  ];
  const hold = span(1, 'hold', 100, 1100);
  const told = (named: number) =>
    contentionLines(timelineOf(4, waits), hold, named).map(
      ({ label, share }) => `${label} ${share}`,
    );

  it('is each with its share of the hold, as many wait at a time', () => {
    expect(told(4)).toEqual(['lane 0 90 %', 'lane 2 40 %', 'lane 3 20 %']);
  });

  it('is told by the most where there is no room for names', () => {
    expect(told(1)).toEqual(['lane 0 90 %', '+2 more up to 40 %']);
  });

  it('is nobody where no other lane waited', () => {
    expect(contentionLines(timelineOf(4, [hold]), hold, 4)).toEqual([]);
  });
});

describe('what neither waits nor holds', () => {
  it('is told nothing about', () => {
    expect(contentionLines(timelineOf(4, holds), span(0, 'compute', 0, 1000), 4)).toEqual([]);
  });
});

describe('in a program', () => {
  const labelled = () => {
    const timeline = timelineOf(3, [
      ...[span(0, 'wait', 0, 1000, 2), span(2, 'wait', 100, 1000, 2)],
      ...[span(1, 'hold', 0, 300, 0), span(1, 'hold', 300, 800, 1), span(1, 'hold', 800, 1000, 0)],
    ]);
    timeline.labels = ['f (a.py:1)', 'g (a.py:9)', 'h (a.py:20)'];
    timeline.holderLabels = ['f (a.py:3)', 'g (a.py:12)', 'h (a.py:20)'];
    return timeline;
  };
  const doing = (of: ReturnType<typeof span>) =>
    contentionLines(labelled(), of, 4).map((line) => [line.label, line.doing]);

  it('whoever held it is named with the function that did for longest, and the line', () => {
    expect(doing(span(0, 'wait', 0, 900, 2))).toEqual([['lane 1', 'g (a.py:12)']]);
    expect(doing(span(0, 'wait', 0, 400, 2))).toEqual([['lane 1', 'f (a.py:3)']]);
  });

  it('whoever waited is named with the function that it waited in', () => {
    expect(doing(span(1, 'hold', 0, 300, 0))).toEqual([
      ['lane 0', 'h (a.py:20)'],
      ['lane 2', 'h (a.py:20)'],
    ]);
  });
});
