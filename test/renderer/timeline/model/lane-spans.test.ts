import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  holdWaitedFor,
  neighbour,
  spanAround,
  spanOfLane,
  spansOfTask,
  type LaneSpan,
} from '../../../../src/renderer/timeline/model/lane-spans.js';
import type { SpanKind } from '../../../../src/recording/spans.js';
import type { Timeline } from '../../../../src/recording/timeline.js';
import { anyIntervals, span, timelineOf } from '../../../fixtures/timelines.js';

/** Lane 1 holds, then lane 2, then lane 0, which waited for both; lane 0 does another task. */
const timeline = timelineOf(3, [
  span(1, 'hold', 0, 200, 1),
  span(2, 'hold', 210, 390, 2),
  span(0, 'wait', 100, 400, 3),
  span(0, 'compute', 400, 700, 3),
  span(0, 'hold', 400, 700, 3),
  span(0, 'task', 100, 700, 3),
  span(0, 'compute', 800, 900, 4),
  span(0, 'task', 800, 900, 4),
]);
const at = (kind: SpanKind, index: number, lane = 0) => spanOfLane(timeline, { lane, kind, index });

describe('the next span of a lane', () => {
  it('is what the lane does next, whatever that is', () => {
    expect(neighbour(timeline, at('wait', 0), 1)).toEqual(at('compute', 0));
    expect(neighbour(timeline, at('compute', 0), 1)).toEqual(at('compute', 1));
    expect(neighbour(timeline, at('compute', 0), -1)).toEqual(at('wait', 0));
    expect(neighbour(timeline, at('compute', 1), 1)).toBeNull();
    expect(neighbour(timeline, at('wait', 0), -1)).toBeNull();
  });

  it('is the next task or hold where one of these is selected', () => {
    expect(neighbour(timeline, at('task', 0), 1)).toEqual(at('task', 1));
    expect(neighbour(timeline, at('hold', 0), 1)).toBeNull();
  });

  it('visits each span of the lane once, there and back', () => {
    const kinds = ['wait', 'compute', 'sleep'] as const;
    const anyLane = anyIntervals.chain((intervals) =>
      fc
        .array(fc.constantFrom(...kinds), {
          minLength: intervals.length,
          maxLength: intervals.length,
        })
        .map((chosen) =>
          intervals.map(([startNs, endNs], index) =>
            span(0, chosen[index] ?? 'wait', startNs, endNs, index),
          ),
        ),
    );
    fc.assert(
      fc.property(anyLane, (spans) => {
        const built = timelineOf(1, spans);
        const ends = kinds.flatMap((kind) => {
          const { length } = built.lane(0)[kind];
          return length === 0 ? [] : [0, length - 1].map((index) => ({ lane: 0, kind, index }));
        });
        for (const step of [1, -1] as const) {
          const visited = ends.length === 0 ? [] : walk(built, extreme(built, ends, step), step);
          expect(visited).toHaveLength(spans.length);
          expect(new Set(visited).size).toBe(spans.length);
        }
      }),
    );
  });

  /** The tasks of all spans from one on. */
  function walk(built: Timeline, from: LaneSpan, step: 1 | -1): number[] {
    const tasks: number[] = [];
    let current: LaneSpan | null = from;
    while (current !== null && tasks.length < 1000) {
      tasks.push(current.task);
      current = neighbour(built, current, step);
    }
    return tasks;
  }

  /** Among some spans one that none comes before, in the direction of walking. */
  function extreme(
    built: Timeline,
    places: readonly { lane: number; kind: SpanKind; index: number }[],
    step: 1 | -1,
  ): LaneSpan {
    const spans = places.map((place) => spanOfLane(built, place));
    const found = spans.find(
      (candidate) => neighbour(built, candidate, step === 1 ? -1 : 1) === null,
    );
    if (found === undefined) throw new Error('no span is the first');
    return found;
  }
});

describe('what a lane does at a time', () => {
  it('is the span there, or the nearest', () => {
    expect(spanAround(timeline, 0, 250)).toEqual(at('wait', 0));
    expect(spanAround(timeline, 0, 790)).toEqual(at('compute', 1));
    expect(spanAround(timeline, 0, 0)).toEqual(at('wait', 0));
    expect(spanAround(timeline, 1, 100)).toBeNull();
  });
});

describe('the hold that a wait waited for', () => {
  it('is the last to begin within it', () => {
    expect(holdWaitedFor(timeline, at('wait', 0))).toEqual(at('hold', 0, 2));
  });

  it('is so too where it seems to end after the wait', () => {
    const late = timelineOf(3, [
      span(0, 'wait', 100, 40_000),
      span(1, 'hold', 0, 20_000, 1),
      span(2, 'hold', 20_100, 45_000, 2),
    ]);
    const wait = spanOfLane(late, { lane: 0, kind: 'wait', index: 0 });
    expect(holdWaitedFor(late, wait)).toMatchObject({ lane: 2, task: 2 });
  });

  it('is the one that is still on where none ended', () => {
    const stuck = timelineOf(2, [span(0, 'wait', 100, 400), span(1, 'hold', 50, 90_000, 7)]);
    const wait = spanOfLane(stuck, { lane: 0, kind: 'wait', index: 0 });
    expect(holdWaitedFor(stuck, wait)).toMatchObject({ lane: 1, task: 7 });
  });

  it('is none where nobody held a lock', () => {
    const free = timelineOf(2, [span(0, 'wait', 100, 400), span(1, 'hold', 0, 90)]);
    expect(holdWaitedFor(free, spanOfLane(free, { lane: 0, kind: 'wait', index: 0 }))).toBeNull();
  });
});

describe('the spans of a task', () => {
  it('are the task as a whole, then what was done in it', () => {
    expect(spansOfTask(timeline, 3)).toEqual([at('task', 0), at('wait', 0), at('compute', 0)]);
    expect(spansOfTask(timeline, 4)).toEqual([at('task', 1), at('compute', 1)]);
  });

  it('are none of a task that there is not', () => {
    expect(spansOfTask(timeline, 99)).toEqual([]);
  });
});
