import type { SpanKind } from '../../shared/spans.js';
import type { Timeline } from '../../shared/timeline.js';
import type { TimeRange } from './time-window.js';

/** Where a span is in a timeline. Spans are only ever added, so it stays there. */
export interface SpanPlace {
  readonly lane: number;
  readonly kind: SpanKind;
  /** Its place among the spans of its kind on its lane. */
  readonly index: number;
}

/** A span with its place. Times are nanoseconds from the repeat's start. */
export interface LaneSpan extends SpanPlace, TimeRange {
  readonly task: number;
}

/** The kinds that follow one another on a lane; holds and tasks lie around them. */
const INNER_KINDS: readonly SpanKind[] = ['wait', 'compute', 'sleep'];

/** The span at a place. */
export function spanOfLane(timeline: Timeline, { lane, kind, index }: SpanPlace): LaneSpan {
  const track = timeline.lane(lane)[kind];
  const [startNs, endNs] = [track.startNs(index), track.endNs(index)];
  return { lane, kind, index, task: track.tag(index), startNs, endNs };
}

/**
 * The span after (+1) or before (-1) another on its lane. From a hold or a task it goes to the next
 * one of these; from any other to whatever the lane does next. Null at the lane's end.
 */
export function neighbour(timeline: Timeline, from: LaneSpan, step: 1 | -1): LaneSpan | null {
  const { lane, kind } = from;
  const kinds = INNER_KINDS.includes(kind) ? INNER_KINDS : [kind];
  const found = kinds
    .map((candidate) => {
      if (candidate === kind) return { lane, kind, index: from.index + step };
      const after = firstAfter(timeline, from, candidate);
      return { lane, kind: candidate, index: step > 0 ? after : after - 1 };
    })
    .filter((at) => at.index >= 0 && at.index < timeline.lane(lane)[at.kind].length)
    .map((at) => spanOfLane(timeline, at))
    .sort((a, b) => step * inOrder(a, b));
  return found[0] ?? null;
}

/** The order of a lane's spans: by start, then by end, so that those of no length come first. */
function inOrder(a: LaneSpan, b: LaneSpan): number {
  return (
    a.startNs - b.startNs ||
    a.endNs - b.endNs ||
    INNER_KINDS.indexOf(a.kind) - INNER_KINDS.indexOf(b.kind)
  );
}

/** The index of the first span of another kind that comes after a span. */
function firstAfter(timeline: Timeline, from: LaneSpan, kind: SpanKind): number {
  const { lane } = from;
  const track = timeline.lane(lane)[kind];
  let index = track.firstAt(from.startNs);
  while (index < track.length && inOrder(spanOfLane(timeline, { lane, kind, index }), from) < 0) {
    index += 1;
  }
  return index;
}

/**
 * What a lane does at a time, a wait, computing or sleeping, or whichever of these is nearest; null
 * where the lane has none.
 */
export function spanAround(timeline: Timeline, lane: number, timeNs: number): LaneSpan | null {
  const distance = ({ startNs, endNs }: TimeRange) => Math.max(0, startNs - timeNs, timeNs - endNs);
  return INNER_KINDS.flatMap((kind) => {
    const track = timeline.lane(lane)[kind];
    const after = track.firstEndingAfter(timeNs);
    return [after, after - 1]
      .filter((index) => index >= 0 && index < track.length)
      .map((index) => spanOfLane(timeline, { lane, kind, index }));
  }).reduce<LaneSpan | null>(
    (best, span) => (best === null || distance(span) < distance(best) ? span : best),
    null,
  );
}

/** A hold may seem to end so many ns after the wait for it, as each lane reads the clock itself. */
const CLOCK_TOLERANCE_NS = 1000;

/**
 * The hold that a wait waited for: the last one of another lane to end within the wait, which is
 * when the lock was handed on; where none ended, the one that covers most of it. Null where nobody
 * else held a lock meanwhile.
 */
export function holdWaitedFor(timeline: Timeline, wait: LaneSpan): LaneSpan | null {
  const others = Array.from({ length: timeline.lanes }, (_, lane) => lane).filter(
    (lane) => lane !== wait.lane,
  );
  const spans = (offset: 0 | -1) =>
    others
      .map((lane) => {
        const { hold } = timeline.lane(lane);
        const index = hold.firstEndingAfter(wait.endNs + CLOCK_TOLERANCE_NS) + offset;
        return { lane, kind: 'hold' as const, index };
      })
      .filter(({ lane, index }) => index >= 0 && index < timeline.lane(lane).hold.length)
      .map((at) => spanOfLane(timeline, at))
      .filter(({ startNs, endNs }) => endNs > wait.startNs && startNs < wait.endNs);
  return latest(spans(-1), ({ endNs }) => endNs) ?? latest(spans(0), ({ startNs }) => -startNs);
}

function latest(spans: readonly LaneSpan[], by: (span: LaneSpan) => number): LaneSpan | null {
  return spans.reduce<LaneSpan | null>(
    (best, span) => (best === null || by(span) > by(best) ? span : best),
    null,
  );
}

/** A task's spans in a repeat: the task as a whole, then what its lane did in it, in order of time. */
export function spansOfTask(timeline: Timeline, task: number): LaneSpan[] {
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    const track = timeline.lane(lane).task;
    for (let index = 0; index < track.length; index += 1) {
      if (track.tag(index) !== task) continue;
      const whole = spanOfLane(timeline, { lane, kind: 'task', index });
      return [whole, ...innerSpans(timeline, whole)];
    }
  }
  return [];
}

function innerSpans(timeline: Timeline, whole: LaneSpan): LaneSpan[] {
  const { lane, task, startNs, endNs } = whole;
  const spans: LaneSpan[] = [];
  for (const kind of INNER_KINDS) {
    const track = timeline.lane(lane)[kind];
    for (let index = track.firstAt(startNs); index < track.length; index += 1) {
      if (track.startNs(index) > endNs) break;
      if (track.tag(index) === task) spans.push(spanOfLane(timeline, { lane, kind, index }));
    }
  }
  return spans.sort(inOrder);
}
