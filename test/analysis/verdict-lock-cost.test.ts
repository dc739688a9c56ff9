import { describe, expect, it } from 'vitest';
import { rangeFigures } from '../../src/analysis/selection-stats.js';
import { finish } from '../../src/base/cooperative-task.js';
import { judge as judgeFacts } from '../../src/analysis/verdict.js';
import { factsOf, sumOfFacts } from '../../src/analysis/verdict-facts.js';
import type { WorkCosts } from '../../src/analysis/work-costs.js';
import { unmeasuredCosts } from '../../src/experiment/work-costs.js';
import { smallRun } from '../fixtures/parameters.js';
import { span, timelineOf } from '../fixtures/timelines.js';
import { MS, work, HELD, judge, repeat, sentence, lockedTurns } from '../fixtures/verdicts.js';

/** Two lanes that compute for 100 ms, and hold the lock ten times each meanwhile, in turn. */
const stepping = [0, 1].flatMap((lane) => [
  ...Array.from({ length: 10 }, (_, turn) =>
    span(lane, 'hold', (10 * turn + 5 * lane) * MS, (10 * turn + 5 * lane + 1) * MS),
  ),
  ...work(lane, 0, 100),
]);

/** A lock that is taken within computing: a hold costs 4 ms, and 6 where another lane had the lock. */
const STEPPED: WorkCosts = {
  ...unmeasuredCosts(smallRun({ lock: 'gil-released' })),
  holdNs: 4 * MS,
  handOverNs: 6 * MS,
};

/** All that is computed, and the most that a task does. */
const leastOf = (computeMs: number, taskMs: number) => ({
  computeNs: computeMs * MS,
  sleepNs: 0,
  longestTaskNs: taskMs * MS,
});

describe('the lock’s own cost', () => {
  it('is no core time: the lock is what binds, although no lane waits', () => {
    const verdict = judge(2, stepping, 2, repeat(100), STEPPED);
    // Of 20 holds all but the first take the lock over.
    expect(verdict.handoffs).toBe(19);
    expect(verdict.time).toMatchObject({ lockNs: (4 + 19 * 6) * MS, coreNs: 82 * MS, waitNs: 0 });
    expect(verdict).toMatchObject({ kind: 'lock-bound', isBound: false });
    expect(sentence(verdict)).toBe(
      'Lock-bound: 0 % of thread time waits for the lock, about 59 % goes into taking it and handing it over. Releasing it would gain about 2.44× on these 2 cores.',
    );
  });

  it('is no more than what computing takes beyond its least, on which the bound rests', () => {
    const costs = { ...STEPPED, least: leastOf(120, 60) };
    const verdict = judge(2, stepping, 2, repeat(100), costs);
    expect(verdict.time).toMatchObject({ lockNs: 80 * MS, coreNs: 120 * MS });
    expect(verdict.isBound).toBe(true);
    expect(sentence(verdict)).toContain('Releasing it would gain at most 1.67× on these 2 cores.');
  });

  it('leaves a verdict as it is where it is next to nothing', () => {
    const costs = { ...STEPPED, holdNs: 1000, handOverNs: 1000, least: leastOf(190, 95) };
    const verdict = judge(2, stepping, 2, repeat(100), costs);
    expect(verdict.kind).toBe('well-used');
    expect(sentence(verdict)).toBe(
      'Well used: 100 % of the best possible. Nothing more could be gained on these 2 cores.',
    );
  });

  it('is taken out of the overhead where the lock is taken between computing', () => {
    const spans = [0, 1].flatMap((lane) =>
      [0, 1, 2].flatMap((turn) => [
        span(lane, 'hold', 30 * turn * MS, (30 * turn + 20) * MS),
        ...work(lane, 30 * turn, 30 * turn + 20),
      ]),
    );
    const costs = { ...unmeasuredCosts(smallRun({ lock: 'per-object' })), holdNs: 5 * MS };
    const timeline = timelineOf(2, spans, false);
    const range = repeat(80);
    const figures = finish(rangeFigures(timeline, range));
    const { time, handoffs } = finish(factsOf(timeline, figures, 2, costs));
    expect(handoffs).toBe(0);
    expect(time).toMatchObject({ coreNs: 120 * MS, lockNs: 30 * MS, overheadNs: 10 * MS });
  });

  it('has no bound where another loss is named, which an estimate is of', () => {
    const costs = { ...HELD, least: leastOf(60, 50) };
    const uneven = [
      ...work(0, 0, 20),
      ...[0, 1, 2, 3].flatMap((turn) => work(1, 25 * turn, 25 * turn + 25)),
    ];
    const verdict = judge(2, uneven, 2, repeat(100), costs);
    expect(verdict).toMatchObject({ kind: 'imbalanced', isBound: false });
    expect(sentence(verdict)).toContain('An even load would gain about 1.67×');
  });

  it('is not gained from by a bound with the lock’s hand-overs in it', () => {
    // Two lanes take turns, with 1 ms between two holds, which goes with the lock.
    const turns = Array.from({ length: 25 }, (_, turn) =>
      work(turn % 2, 4 * turn - (turn < 2 ? 0 : 5), 4 * turn + 3, { waits: turn < 2 ? 0 : 5 }),
    ).flat();
    const verdict = judge(2, turns, 2, repeat(99), { ...HELD, least: leastOf(75, 3) });
    expect(verdict.gain).toBeCloseTo(99 / 37.5, 9);
    expect(sentence(verdict)).toContain('at most 2.64× on these 2 cores.');
  });
});

describe('the verdict on several repeats', () => {
  it('is that of one, where all are alike', () => {
    const timeline = timelineOf(10, lockedTurns);
    const figures = finish(rangeFigures(timeline, repeat(100)));
    const facts = finish(factsOf(timeline, figures, 2, HELD));
    const one = judgeFacts(facts);
    const three = judgeFacts(sumOfFacts(facts, [facts, facts]));
    expect(three).toMatchObject({ kind: one.kind, gain: one.gain, lengthNs: 3 * one.lengthNs });
    expect(sentence(three)).toBe(sentence(one));
  });
});
