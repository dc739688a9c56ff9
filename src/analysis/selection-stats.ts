import { busyKinds, idleNs } from '../recording/idle.js';
import { byKind, type SpanKind } from '../recording/spans.js';
import type { Timeline } from '../recording/timeline.js';
import { quantileOf } from './quantiles.js';
import { SPANS_A_SLICE, type CooperativeTask } from '../base/cooperative-task.js';
import { partNs, spansIn, type OrderedSpans, type TimeRange } from '../recording/span-walk.js';

/**
 * The figures of a set of spans in a range of time. A span that reaches over an edge of the range is
 * counted once, and all its figures are those of the part inside, so that the sums of ranges that
 * meet add up. (The counts need not: a span over the edge is in both.)
 */
export interface SpanFigures {
  readonly count: number;
  readonly sumNs: number;
  /** Exact quantiles; see `quantileOf`. Not a number where there are no spans, like `maxNs`. */
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly maxNs: number;
}

/** Figures for each kind of span, and the time without a task. */
export interface KindFigures {
  readonly kinds: Readonly<Record<SpanKind, SpanFigures>>;
  readonly idleNs: number;
}

/** What the lanes did in a range of time. */
export interface RangeFigures {
  readonly range: TimeRange;
  /** All lanes together. */
  readonly all: KindFigures;
  /** Each lane, by its number. */
  readonly lanes: readonly KindFigures[];
}

/** Works out the figures of a range, by lane and kind. Takes 8 bytes a span of one kind meanwhile. */
export function* rangeFigures(timeline: Timeline, range: TimeRange): CooperativeTask<RangeFigures> {
  return yield* figuresByKind(range, timeline.lanes, timeline.labels === null, (kind) =>
    timesOfKind(timeline, kind, range),
  );
}

/** The times of all spans in a range, by kind. */
export type RangeTimes = Readonly<Record<SpanKind, KindTimes>>;

/** The times of the spans of one kind, each lane's after those of the lanes before. */
interface KindTimes {
  readonly times: Float64Array;
  /** How many there are of each lane. */
  readonly counts: readonly number[];
}

/** Gathers the times of all spans in a range: 8 bytes a span. */
export function* rangeTimes(timeline: Timeline, range: TimeRange): CooperativeTask<RangeTimes> {
  return yield* eachKind((kind) => timesOfKind(timeline, kind, range));
}

/** Joins the times of several ranges to those of one. */
export function joinedTimes(parts: readonly RangeTimes[]): RangeTimes {
  return byKind((kind): KindTimes => {
    const lanes = parts[0]?.[kind].counts.length ?? 0;
    const pieces = Array.from({ length: lanes }, (_, lane) =>
      parts.map((part) => timesOfLane(part[kind], lane)),
    );
    const length = (of: readonly Float64Array[]) =>
      of.reduce((sum, piece) => sum + piece.length, 0);
    const times = new Float64Array(length(pieces.flat()));
    let filled = 0;
    for (const piece of pieces.flat()) {
      times.set(piece, filled);
      filled += piece.length;
    }
    return { times, counts: pieces.map(length) };
  });
}

/** Works out the figures of times that were gathered over a range. Reorders each lane's times. */
export function* figuresOfTimes(
  range: TimeRange,
  times: RangeTimes,
  hasTasks: boolean,
): CooperativeTask<RangeFigures> {
  // eslint-disable-next-line require-yield -- what is here already needs no time
  return yield* figuresByKind(range, times.task.counts.length, hasTasks, function* (kind) {
    return times[kind];
  });
}

/** The mean of some spans' times, in ns; not a number where there are none. */
export function meanNs({ count, sumNs }: SpanFigures): number {
  return sumNs / count;
}

/** One kind of span: its figures on each lane and on all of them. */
interface LanesOfKind {
  readonly all: SpanFigures;
  readonly lanes: readonly SpanFigures[];
}

const NO_SPANS: SpanFigures = { count: 0, sumNs: 0, p50Ns: NaN, p95Ns: NaN, maxNs: NaN };

function* figuresByKind(
  range: TimeRange,
  laneCount: number,
  hasTasks: boolean,
  timesOf: (kind: SpanKind) => CooperativeTask<KindTimes>,
): CooperativeTask<RangeFigures> {
  const found = yield* eachKind(function* (kind) {
    return yield* figuresOfKind(yield* timesOf(kind));
  });
  const withIdle = (kinds: KindFigures['kinds'], threadNs: number): KindFigures => {
    const busyNs = busyKinds(hasTasks).reduce((sum, kind) => sum + kinds[kind].sumNs, 0);
    return { kinds, idleNs: idleNs(threadNs, busyNs) };
  };
  const lengthNs = range.endNs - range.startNs;
  const lanes = Array.from({ length: laneCount }, (_, lane) =>
    withIdle(
      byKind((kind) => found[kind].lanes[lane] ?? NO_SPANS),
      lengthNs,
    ),
  );
  const all = withIdle(
    byKind((kind) => found[kind].all),
    lengthNs * laneCount,
  );
  return { range, all, lanes };
}

/** Does some work for each kind in turn. */
function* eachKind<Value>(
  work: (kind: SpanKind) => CooperativeTask<Value>,
): CooperativeTask<Record<SpanKind, Value>> {
  return {
    task: yield* work('task'),
    wait: yield* work('wait'),
    hold: yield* work('hold'),
    compute: yield* work('compute'),
    sleep: yield* work('sleep'),
    blocked: yield* work('blocked'),
    queued: yield* work('queued'),
  };
}

function* timesOfKind(
  timeline: Timeline,
  kind: SpanKind,
  range: TimeRange,
): CooperativeTask<KindTimes> {
  const tracks = Array.from({ length: timeline.lanes }, (_, lane) => timeline.lane(lane)[kind]);
  const places = tracks.map((track) => spansIn(track, range));
  const counts = places.map(({ first, end }) => end - first);
  const times = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
  let filled = 0;
  for (const [lane, track] of tracks.entries()) {
    const { first, end } = places[lane] ?? { first: 0, end: 0 };
    yield* gather(track, first, end, range, times.subarray(filled));
    filled += end - first;
    yield;
  }
  return { times, counts };
}

function timesOfLane({ times, counts }: KindTimes, lane: number): Float64Array {
  const begin = counts.slice(0, lane).reduce((sum, count) => sum + count, 0);
  return times.subarray(begin, begin + (counts[lane] ?? 0));
}

function* figuresOfKind({ times, counts }: KindTimes): CooperativeTask<LanesOfKind> {
  const lanes: SpanFigures[] = [];
  let begin = 0;
  for (const count of counts) {
    lanes.push(yield* figuresOf(times, begin, begin + count));
    begin += count;
    yield;
  }
  return { lanes, all: yield* figuresOf(times, 0, times.length) };
}

/** Writes the times of spans, as far as they are in the range. */
function* gather(
  spans: OrderedSpans,
  first: number,
  end: number,
  range: TimeRange,
  into: Float64Array,
): CooperativeTask<undefined> {
  for (let index = first; index < end; index += 1) {
    into[index - first] = partNs(spans, index, range);
    if ((index - first) % SPANS_A_SLICE === SPANS_A_SLICE - 1) yield;
  }
  return undefined;
}

function* figuresOf(times: Float64Array, first: number, end: number): CooperativeTask<SpanFigures> {
  if (first === end) return NO_SPANS;
  let sumNs = 0;
  let maxNs = 0;
  for (let index = first; index < end; index += 1) {
    const time = times[index] ?? 0;
    sumNs += time;
    if (time > maxNs) maxNs = time;
    if ((index - first) % SPANS_A_SLICE === SPANS_A_SLICE - 1) yield;
  }
  const p50Ns = yield* quantileOf(times, first, end, 0.5);
  const p95Ns = yield* quantileOf(times, first, end, 0.95);
  return { count: end - first, sumNs, p50Ns, p95Ns, maxNs };
}
