import { SPAN_KINDS, type SpanKind } from '../spans.js';
import type { Timeline } from '../timeline.js';
import { quantileOf } from './quantiles.js';
import {
  SPANS_A_SLICE,
  partNs,
  spansIn,
  type OrderedSpans,
  type Sliced,
  type TimeRange,
} from './span-walk.js';

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
export function* rangeFigures(timeline: Timeline, range: TimeRange): Sliced<RangeFigures> {
  const byKind = {
    task: yield* kindInRange(timeline, 'task', range),
    wait: yield* kindInRange(timeline, 'wait', range),
    hold: yield* kindInRange(timeline, 'hold', range),
    compute: yield* kindInRange(timeline, 'compute', range),
    sleep: yield* kindInRange(timeline, 'sleep', range),
  } satisfies Record<SpanKind, LanesOfKind>;
  const lengthNs = range.endNs - range.startNs;
  const lanes = Array.from({ length: timeline.lanes }, (_, lane) =>
    withIdle((kind) => byKind[kind].lanes[lane] ?? NO_SPANS, lengthNs),
  );
  const all = withIdle((kind) => byKind[kind].all, lengthNs * timeline.lanes);
  return { range, all, lanes };
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

function withIdle(figures: (kind: SpanKind) => SpanFigures, threadNs: number): KindFigures {
  const [task, wait, hold, compute, sleep] = SPAN_KINDS.map(figures) as FiveFigures;
  return {
    kinds: { task, wait, hold, compute, sleep },
    idleNs: Math.max(0, threadNs - task.sumNs),
  };
}

type FiveFigures = [SpanFigures, SpanFigures, SpanFigures, SpanFigures, SpanFigures];

function* kindInRange(timeline: Timeline, kind: SpanKind, range: TimeRange): Sliced<LanesOfKind> {
  const tracks = Array.from({ length: timeline.lanes }, (_, lane) => timeline.lane(lane)[kind]);
  const places = tracks.map((track) => spansIn(track, range));
  const times = new Float64Array(places.reduce((sum, { first, end }) => sum + end - first, 0));
  const lanes: SpanFigures[] = [];
  let filled = 0;
  for (const [lane, track] of tracks.entries()) {
    const begin = filled;
    const { first, end } = places[lane] ?? { first: 0, end: 0 };
    yield* gather(track, first, end, range, times.subarray(begin));
    filled += end - first;
    lanes.push(yield* figuresOf(times, begin, filled));
    yield;
  }
  return { lanes, all: yield* figuresOf(times, 0, filled) };
}

/** Writes the times of spans, as far as they are in the range. */
function* gather(
  spans: OrderedSpans,
  first: number,
  end: number,
  range: TimeRange,
  into: Float64Array,
): Sliced<undefined> {
  for (let index = first; index < end; index += 1) {
    into[index - first] = partNs(spans, index, range);
    if ((index - first) % SPANS_A_SLICE === SPANS_A_SLICE - 1) yield;
  }
  return undefined;
}

function* figuresOf(times: Float64Array, first: number, end: number): Sliced<SpanFigures> {
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
