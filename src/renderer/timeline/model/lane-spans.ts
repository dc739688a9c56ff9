import type { SpanKind } from '../../../recording/spans.js';
import type { Timeline } from '../../../recording/timeline.js';
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
const INNER_KINDS: readonly SpanKind[] = ['wait', 'compute', 'sleep', 'blocked', 'queued'];

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
 * What a lane does at a time, such as a wait or computing, or whichever of these is nearest; null
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

/**
 * The hold that a wait waited for: of the other lanes' that lie in the wait's time the one that
 * began last, as that is the one whose end let the wait end. (Its own end is no measure: it may
 * seem to come a little after the wait's, as each lane reads the clock itself.) Null where nobody
 * else held a lock meanwhile.
 */
export function holdWaitedFor(timeline: Timeline, wait: LaneSpan): LaneSpan | null {
  let found: LaneSpan | null = null;
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    if (lane === wait.lane) continue;
    const { hold } = timeline.lane(lane);
    const after = hold.firstEndingAfter(wait.endNs);
    const isOn = after < hold.length && hold.startNs(after) < wait.endNs;
    const index = isOn ? after : after - 1;
    if (index < 0 || hold.endNs(index) <= wait.startNs) continue;
    const span = spanOfLane(timeline, { lane, kind: 'hold', index });
    if (found === null || span.startNs > found.startNs) found = span;
  }
  return found;
}

/** Of a lane's spans of a kind the one that lies longest in a part of time; null where none does. */
export function longestIn(
  timeline: Timeline,
  lane: number,
  kind: SpanKind,
  part: TimeRange,
): LaneSpan | null {
  const track = timeline.lane(lane)[kind];
  let longest: LaneSpan | null = null;
  let mostNs = 0;
  for (let index = track.firstEndingAfter(part.startNs); index < track.length; index += 1) {
    if (track.startNs(index) >= part.endNs) break;
    const withinNs =
      Math.min(track.endNs(index), part.endNs) - Math.max(track.startNs(index), part.startNs);
    if (withinNs <= mostNs) continue;
    mostNs = withinNs;
    longest = spanOfLane(timeline, { lane, kind, index });
  }
  return longest;
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
