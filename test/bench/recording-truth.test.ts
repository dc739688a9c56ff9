import { describe, expect, it } from 'vitest';
import { mixAgreement, pureAgreement, sharesApart } from '../../bench/measure/recording-truth.js';
import type { Span, SpanKind } from '../../src/recording/spans.js';
import { functionLabel, programOf } from '../fixtures/programs.js';

const ZERO = 5e12;
const MS = 1e6;

/** A span of a lane, in ms, in a function by its label. */
function span(lane: number, kind: SpanKind, from: number, to: number, label = 0): Span {
  return { lane, kind, task: label, startNs: from * MS, endNs: to * MS };
}

/** Beats of a thread each 0.1 ms from a time to another, in ms. */
function beats(...turns: readonly (readonly [from: number, to: number])[]): number[] {
  return turns.flatMap(([from, to]) =>
    Array.from(
      { length: Math.round((to - from) * 10) + 1 },
      (_, beat) => ZERO + from * MS + beat * 0.1 * MS,
    ),
  );
}

const labels = [functionLabel('heavy'), functionLabel('light')];
const at = (ms: number) => ZERO + ms * MS;

describe('a recording of threads of pure Python', () => {
  const log = {
    wallNs: 20 * MS,
    threads: [
      {
        tid: 40,
        beats: beats([0, 5], [10, 15]),
        calls: [['heavy', at(0), at(15)] as [string, number, number]],
      },
      {
        tid: 41,
        beats: beats([5.05, 9.95], [15.05, 20]),
        calls: [['light', at(5.05), at(20)] as [string, number, number]],
      },
    ],
  };

  it('agrees with the log where it has the same turns', () => {
    const spans = [
      ...[span(0, 'hold', 0, 5), span(0, 'wait', 5, 10), span(0, 'hold', 10, 15)],
      ...[span(1, 'wait', 0, 5, 1), span(1, 'hold', 5, 10, 1), span(1, 'wait', 10, 15, 1)],
      span(1, 'hold', 15, 20, 1),
    ];
    const agreement = pureAgreement(programOf({ labels, spans }), log);
    expect(agreement.holdPoints).toBeLessThan(1);
    expect(agreement.waitPoints).toBeLessThan(1);
    expect(agreement.functionPoints).toBeLessThan(1);
    expect(agreement.wrongHolderShare).toBeLessThan(0.005);
  });

  it('is off by what it has too much', () => {
    // It takes the first turn of the second thread for the first thread's.
    const spans = [
      ...[span(0, 'hold', 0, 10), span(0, 'hold', 10, 15)],
      ...[span(1, 'wait', 0, 15, 1), span(1, 'hold', 15, 20, 1)],
    ];
    const agreement = pureAgreement(programOf({ labels, spans }), log);
    expect(agreement.holdPoints).toBeCloseTo(100 / 3, 0);
    expect(agreement.wrongHolderShare).toBeCloseTo(3.9 / 20, 3);
    expect(agreement.functionPoints).toBeCloseTo(24.5, 0);
  });
});

describe('a recording of a mix', () => {
  it('is right for the time in which it has what the program did, or what follows on that', () => {
    const spans = [
      ...[span(0, 'compute', 0, 6), span(0, 'wait', 6, 8), span(0, 'hold', 8, 10)],
      ...[span(1, 'sleep', 0, 10)],
    ];
    const share = mixAgreement(programOf({ labels, spans }), {
      wallNs: 10 * MS,
      threads: [
        { tid: 40, kind: 'compute', beats: [], phases: [[at(0), at(10)]] },
        { tid: 41, kind: 'lock', beats: [], phases: [[at(0), at(5)]] },
      ],
    });
    // 8 ms of the first thread's 10 are right, and none of the second's 5.
    expect(share).toBeCloseTo(8 / 15, 9);
  });
});

describe('shares of two accounts', () => {
  it('are as far apart as those of the name that differs most', () => {
    const truth = new Map([
      ['heavy', 75],
      ['light', 25],
    ]);
    expect(
      sharesApart(
        truth,
        new Map([
          ['heavy', 3],
          ['light', 1],
        ]),
      ),
    ).toBe(0);
    expect(
      sharesApart(
        truth,
        new Map([
          ['heavy', 1],
          ['light', 1],
        ]),
      ),
    ).toBe(25);
    expect(sharesApart(truth, new Map([['heavy', 1]]))).toBe(25);
  });
});
