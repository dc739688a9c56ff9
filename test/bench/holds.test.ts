import { describe, expect, it } from 'vitest';
import { longestWaiterShare, runLengths, takeoversOf } from '../../bench/measure/holds.js';
import { encodeSpans, type Span } from '../../src/recording/spans.js';

function hold(lane: number, task: number, startNs: number, endNs: number): Span {
  return { lane, kind: 'hold', task, startNs, endNs };
}

describe('takeoversOf', () => {
  it('takes the beginnings of all holds in order, whatever piece they came in', () => {
    const wait: Span = { ...hold(1, 2, 0, 5), kind: 'wait' };
    const pieces = [[hold(0, 1, 0, 5), hold(0, 1, 11, 13)], [wait], [hold(1, 2, 5, 11)]];
    expect(takeoversOf(pieces.map(encodeSpans))).toEqual([
      [0, 0],
      [1, 5],
      [0, 11],
    ]);
  });
});

describe('runLengths', () => {
  it('measures from one takeover to the next', () => {
    expect(
      runLengths([
        [0, 100],
        [1, 105],
        [0, 112],
      ]),
    ).toEqual([5, 7]);
  });

  it('takes takeovers of one thread in a row as one run', () => {
    expect(
      runLengths([
        [0, 100],
        [0, 103],
        [1, 110],
        [1, 111],
        [2, 120],
      ]),
    ).toEqual([10, 10]);
  });

  it.each([[[]], [[[3, 100] as const]]])('finds no run that has ended in %j', (takeovers) => {
    expect(runLengths(takeovers)).toEqual([]);
  });
});

describe('longestWaiterShare', () => {
  const share = (...threads: readonly number[]) =>
    longestWaiterShare(threads.map((thread, index) => [thread, index]));

  it('is 1 where threads take turns', () => {
    expect(share(0, 1, 2, 0, 1, 2, 0)).toBe(1);
  });

  it('counts hand-offs to whoever has had a turn, and not those of a thread to itself', () => {
    // To 1 out of order, to the next three in order.
    expect(share(0, 1, 2, 2, 1, 0, 2, 1)).toBe(0.75);
    expect(share(0, 1, 0, 0, 1)).toBe(1);
  });
});
