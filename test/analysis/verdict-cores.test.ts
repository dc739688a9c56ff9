import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreTime } from '../../src/analysis/core-time.js';
import { rangeFigures } from '../../src/analysis/selection-stats.js';
import { finish } from '../../src/base/cooperative-task.js';
import { judge as judgeFacts, verdictOf } from '../../src/analysis/verdict.js';
import { factsOf, sumOfFacts } from '../../src/analysis/verdict-facts.js';
import type { Span } from '../../src/recording/spans.js';
import { span, timelineOf } from '../fixtures/timelines.js';
import { anyRange, anySpans } from '../fixtures/ranges.js';
import { MS, work, NO_LOCK, HELD, repeat, sentence } from '../fixtures/verdicts.js';

describe('core time', () => {
  it('is what counting lanes at every moment gives', () => {
    fc.assert(
      fc.property(
        anySpans,
        anyRange,
        fc.integer({ min: 1, max: 4 }),
        ({ lanes, spans }, range, cores) => {
          const { coreNs, busyNs } = finish(coreTime(timelineOf(lanes, spans), range, cores));
          const computing = spans.filter(({ kind }) => kind === 'compute');
          const busy = spans.filter(({ kind }) => kind === 'compute' || kind === 'sleep');
          const edges = [
            range.startNs,
            range.endNs,
            ...busy.flatMap(({ startNs, endNs }) => [startNs, endNs]),
          ]
            .filter((edge) => edge >= range.startNs && edge <= range.endNs)
            .sort((a, b) => a - b);
          const slowly = (counted: readonly Span[], most: number) =>
            edges.slice(1).reduce((sum, edge, index) => {
              const from = edges[index] ?? edge;
              const count = counted.filter(
                ({ startNs, endNs }) => startNs <= from && endNs >= edge && edge > from,
              ).length;
              return sum + Math.min(count, most) * (edge - from);
            }, 0);
          expect(coreNs).toBe(slowly(computing, cores));
          expect(busyNs).toBe(slowly(busy, 1));
        },
      ),
    );
  });
});

describe('lanes that could not go on', () => {
  /** Two lanes that compute throughout; of a share of that they had no core, and stood still in gaps. */
  function interrupted(queuedShares: number[] | null, gaps: readonly [number, number][] = []) {
    const timeline = timelineOf(2, [...work(0, 0, 100), ...work(1, 0, 100)]);
    const suspensions = gaps.map(([start, end]) => ({
      startNs: start * MS,
      endNs: end * MS,
      sleptNs: 0,
    }));
    timeline.interruptions = { queuedNs: null, queuedShares, suspensions };
    return (cores: number, range = repeat(100)) =>
      finish(verdictOf(timeline, finish(rangeFigures(timeline, range)), cores, NO_LOCK));
  }

  it('are never well used where they had no core', () => {
    const verdict = interrupted([0.5, 0.5])(2);
    expect(verdict).toMatchObject({ kind: 'short-of-cores', gain: 2, used: 0.5 });
    expect(verdict.time).toMatchObject({ coreNs: 100 * MS, queuedNs: 100 * MS, crowdedNs: 0 });
    expect(sentence(verdict)).toBe(
      'Short of cores: computing had no core for 50 % of thread time, as other processes, a quota or the ' +
        'machine’s other guests took it. Left alone on the machine it would gain ' +
        'at most 2.00× on these 2 cores.',
    );
  });

  it('are well used where they hardly queued', () => {
    expect(interrupted([0.05, 0])(2).kind).toBe('well-used');
    expect(interrupted(null)(2).kind).toBe('well-used');
  });

  it('take cores from each other first, and others only what goes beyond that', () => {
    const alone = interrupted([0.5, 0.5])(1);
    expect(alone).toMatchObject({
      kind: 'oversubscribed',
      time: { crowdedNs: 100 * MS, queuedNs: 0 },
    });
    const beside = interrupted([0.75, 0.75])(1);
    expect(beside.kind).toBe('short-of-cores');
    expect(beside.time).toMatchObject({ coreNs: 50 * MS, crowdedNs: 100 * MS, queuedNs: 50 * MS });
    const quota = interrupted([0.75, 0.75])(0.5);
    expect(quota).toMatchObject({ kind: 'oversubscribed', time: { coreNs: 50 * MS, queuedNs: 0 } });
    expect(sentence(quota)).toContain('2 lanes share 0.5 cores, so computing takes 4.00×');
  });

  it('gain by a lock that is released no core that they had not', () => {
    const locked = [...work(0, 0, 50), ...work(1, 0, 100, { waits: 50 })];
    const timeline = timelineOf(2, locked);
    timeline.interruptions = { queuedNs: null, queuedShares: [0.3, 0.3], suspensions: [] };
    const figures = finish(rangeFigures(timeline, repeat(100)));
    const verdict = finish(verdictOf(timeline, figures, 2, HELD));
    expect(verdict).toMatchObject({ kind: 'lock-bound', gain: 2, time: { queuedNs: 30 * MS } });
  });

  it('gain by cores no more than the lock leaves, which one lane has at a time', () => {
    const hold = span(0, 'hold', 0, 50 * MS);
    const locked = [hold, ...work(0, 0, 50), ...work(1, 0, 100, { waits: 50 })];
    const timeline = timelineOf(2, locked);
    timeline.interruptions = { queuedNs: null, queuedShares: [0.9, 0.9], suspensions: [] };
    const figures = finish(rangeFigures(timeline, repeat(100)));
    const verdict = finish(verdictOf(timeline, figures, 2, HELD));
    expect(verdict.kind).toBe('short-of-cores');
    // Of 100 ms of computing, 90 ms had no core; 10 ms one after another are left.
    expect(verdict.gain).toBeCloseTo(10);
  });

  it('are judged without the gaps in which the process stood still', () => {
    const verdict = interrupted(
      [0, 0],
      [
        [20, 50],
        [60, 70],
      ],
    )(2);
    expect(verdict).toMatchObject({ kind: 'well-used', lengthNs: 60 * MS, suspendedNs: 40 * MS });
    expect(verdict.time).toMatchObject({ coreNs: 120 * MS, overheadNs: 0 });
    expect(sentence(verdict)).toMatch(/ Suspended for 40.0 ms, which is left out of this.$/);
  });

  it('are judged by the part of a gap that lies in a selected range', () => {
    const judged = interrupted([0, 0], [[20, 50]]);
    expect(judged(2, { startNs: 30 * MS, endNs: 80 * MS })).toMatchObject({
      ...{ lengthNs: 30 * MS, suspendedNs: 20 * MS },
    });
    expect(judged(2, { startNs: 60 * MS, endNs: 80 * MS }).suspendedNs).toBe(0);
    // Nothing of it but a gap is judged as it is.
    expect(judged(2, { startNs: 25 * MS, endNs: 45 * MS }).lengthNs).toBe(20 * MS);
  });

  it('of several repeats are judged together', () => {
    const timeline = timelineOf(1, work(0, 0, 100));
    timeline.interruptions = {
      ...{ queuedNs: null, queuedShares: [0.5] },
      suspensions: [{ startNs: 0, endNs: 50 * MS, sleptNs: 0 }],
    };
    const figures = finish(rangeFigures(timeline, repeat(100)));
    const facts = finish(factsOf(timeline, figures, 1, NO_LOCK));
    expect(judgeFacts(sumOfFacts(facts, [facts]))).toMatchObject({
      ...{ kind: 'short-of-cores', lengthNs: 100 * MS, suspendedNs: 100 * MS },
      time: { coreNs: 50 * MS, queuedNs: 50 * MS },
    });
  });
});
