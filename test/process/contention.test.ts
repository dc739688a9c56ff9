import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/base/cooperative-task.js';
import { contentionIn } from '../../src/process/contention.js';
import type { Span } from '../../src/recording/spans.js';
import { span, timelineOf } from '../fixtures/timelines.js';

const LANES = 4;
const KINDS = ['hold', 'wait', 'compute', 'sleep'] as const;

/** Threads under a lock: at each step one may hold, and others wait, compute or sleep. */
const anyProgram = fc
  .array(
    fc.record({
      lengthNs: fc.integer({ min: 1, max: 50 }),
      holder: fc.option(fc.nat(LANES - 1)),
      kinds: fc.array(fc.constantFrom(...KINDS.slice(1)), { minLength: LANES, maxLength: LANES }),
      labels: fc.array(fc.nat(2), { minLength: LANES, maxLength: LANES }),
    }),
    { maxLength: 30 },
  )
  .map((steps) => {
    let at = 0;
    return steps.flatMap(({ lengthNs, holder, kinds, labels }) => {
      const startNs = at;
      at += lengthNs;
      return kinds.map((kind, lane) =>
        span(lane, lane === holder ? 'hold' : kind, startNs, at, labels[lane]),
      );
    });
  });

const locksOfAll = Array.from({ length: LANES }, () => 0);

/** The same figures the slow way. */
function slowly(spans: readonly Span[], startNs: number, endNs: number) {
  const overlap = (one: Span, other: Span) =>
    Math.max(
      0,
      Math.min(one.endNs, other.endNs, endNs) - Math.max(one.startNs, other.startNs, startNs),
    );
  const holds = spans.filter(({ kind }) => kind === 'hold');
  const waits = spans.filter(({ kind }) => kind === 'wait');
  const caused = new Map<number, number>();
  const pairs = new Map<string, number>();
  for (const hold of holds) {
    for (const wait of waits) {
      const ns = overlap(hold, wait);
      caused.set(hold.task, (caused.get(hold.task) ?? 0) + ns);
      const pair = `${hold.task} ${wait.task}`;
      if (ns > 0) pairs.set(pair, (pairs.get(pair) ?? 0) + ns);
    }
  }
  const held = (label: number) =>
    holds.filter(({ task }) => task === label).reduce((sum, hold) => sum + overlap(hold, hold), 0);
  return { caused, pairs, held };
}

describe('who kept the others waiting', () => {
  it('is what the overlaps of holds and waits add up to, in any range', () => {
    fc.assert(
      fc.property(anyProgram, fc.nat(300), fc.nat(1500), (spans, startNs, lengthNs) => {
        const range = { startNs, endNs: startNs + lengthNs };
        const { labels, pairs } = finish(contentionIn(timelineOf(LANES, spans), locksOfAll, range));
        const truth = slowly(spans, range.startNs, range.endNs);
        for (const { label, causedWaitNs, heldNs, contendedNs, longestNs } of labels) {
          expect(causedWaitNs).toBe(truth.caused.get(label) ?? 0);
          expect(heldNs).toBe(truth.held(label));
          expect(contendedNs).toBeLessThanOrEqual(Math.min(heldNs, causedWaitNs));
          // At most all others wait at a time.
          expect(causedWaitNs).toBeLessThanOrEqual((LANES - 1) * contendedNs);
          expect(longestNs).toBeLessThanOrEqual(heldNs);
        }
        const found = pairs.map(
          ({ holder, waiter, waitNs }) => [`${holder} ${waiter}`, waitNs] as const,
        );
        expect(new Map(found.filter(([, waitNs]) => waitNs > 0))).toEqual(truth.pairs);
      }),
    );
  });

  it('counts a wait for the lock of its own thread alone', () => {
    const spans = [
      span(0, 'hold', 0, 10, 7),
      span(1, 'wait', 0, 10, 8),
      span(2, 'hold', 0, 10, 9),
      span(3, 'compute', 0, 10, 6),
    ];
    const timeline = timelineOf(4, spans, false);
    const { labels, pairs } = finish(contentionIn(timeline, [1, 1, 2, null]));
    expect(
      labels.map(({ label, causedWaitNs, computeNs }) => [label, causedWaitNs, computeNs]),
    ).toEqual([
      [7, 10, 0],
      [9, 0, 0],
      [6, 0, 10],
    ]);
    expect(pairs).toEqual([{ holder: 7, waiter: 8, waitNs: 10 }]);
  });
});
