import { describe, expect, it } from 'vitest';
import { forcedHolds, runLengths } from '../../bench/measure/holds.js';
import { encodeSpans, type Span } from '../../src/shared/spans.js';

function hold(lane: number, task: number, startNs: number, endNs: number): Span {
  return { lane, kind: 'hold', task, startNs, endNs };
}

describe('forcedHolds', () => {
  it('takes the holds after which the same task held again', () => {
    const words = encodeSpans([hold(0, 1, 0, 5), hold(1, 2, 5, 11), hold(0, 1, 11, 13)]);
    expect(forcedHolds([words])).toEqual([5]);
  });

  it('leaves out the hold that a task ended in', () => {
    const words = encodeSpans([hold(0, 1, 0, 5), hold(0, 2, 5, 6), hold(0, 3, 6, 7)]);
    expect(forcedHolds([words])).toEqual([]);
  });

  it('goes on from piece to piece, and past spans of other kinds', () => {
    const wait: Span = { ...hold(0, 1, 5, 20), kind: 'wait' };
    const pieces = [[hold(0, 1, 0, 5)], [wait], [hold(0, 1, 20, 27)], [hold(0, 1, 40, 44)]];
    expect(forcedHolds(pieces.map(encodeSpans))).toEqual([5, 7]);
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
