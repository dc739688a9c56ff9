import type { Timeline } from '../recording/timeline.js';
import { quantileOf } from './quantiles.js';
import { roundDown, roundUp } from '../base/round-numbers.js';
import { SPANS_A_SLICE, type CooperativeTask } from '../base/cooperative-task.js';
import { spansIn, type TimeRange } from '../recording/span-walk.js';

/** How many tasks are in each bin, how many in all, and how long they take. */
export interface TaskCounts {
  readonly counts: readonly number[];
  readonly count: number;
  readonly medianNs: number;
  readonly p95Ns: number;
}

/** How many tasks took how long. */
export interface TaskHistogram extends TaskCounts {
  /** Edges of the bins, rising, in ns; one more than there are bins. A bin includes its lower edge. */
  readonly edgesNs: readonly number[];
  /** Whether bins are equally wide in the logarithm of time rather than in time. */
  readonly isLogarithmic: boolean;
  /** The baseline's tasks in the same bins; null where there are none to be compared with. */
  readonly baseline: TaskCounts | null;
}

/** The bins by themselves. */
export type BinEdges = Pick<TaskHistogram, 'edgesNs' | 'isLogarithmic'>;

/** The part of a repeat's time that tasks are taken from. */
export interface TaskSource {
  readonly timeline: Timeline;
  readonly range: TimeRange;
}

/** Most bins in a histogram: with more, bars get too thin to hit. */
const MOST_BINS = 60;

/** Fewest bins a decade: with fewer, a few tasks over many decades would show no shape. */
const LEAST_A_DECADE = 4;

/** Tasks whose longest takes so many times the shortest are binned by the logarithm. */
const WIDE_RATIO = 50;

/**
 * The histogram of the times of all tasks of which any part is in the range, each at its whole
 * length: cutting them at the range's edges would show tasks that there are not. Null without any.
 *
 * Bins are as wide as the narrower of two rules says, as NumPy's `auto` has it: Freedman and
 * Diaconis's (1981: 2 IQR / cube root of n) and Sturges's (1926: the extent over log2 n + 1), rounded
 * down to 1, 2 or 5 times a power of ten. Where the times span more than a factor of 50, the same
 * rules are applied to their logarithms, and bins divide each decade evenly, at least by four. With a
 * baseline, the bins go over the times of both, and are as wide as the rules say for the one that
 * needs the narrower ones.
 */
export function* taskHistogram(
  source: TaskSource,
  baseline: TaskSource | null = null,
): CooperativeTask<TaskHistogram | null> {
  const times = yield* taskTimes(source);
  return yield* histogramOf(times, baseline === null ? null : yield* taskTimes(baseline));
}

/** The histogram of tasks' times, and of a baseline's, which are reordered. */
export function* histogramOf(
  times: Float64Array,
  baselineTimes: Float64Array | null = null,
): CooperativeTask<TaskHistogram | null> {
  if (times.length === 0) return null;
  const shape = yield* shapeOf(times);
  const others = baselineTimes?.length === 0 ? null : baselineTimes;
  const baseline = others === null ? null : { times: others, shape: yield* shapeOf(others) };
  const bins = binsFor(baseline === null ? [shape] : [shape, baseline.shape]);
  return {
    edgesNs: bins.edgesNs,
    isLogarithmic: bins.isLogarithmic,
    ...(yield* countsIn(bins, times, shape)),
    baseline: baseline === null ? null : yield* countsIn(bins, baseline.times, baseline.shape),
  };
}

/** Where a time lies among the bins: 2.5 is the middle of the third; for marks on the chart. */
export function placeAmongBins({ edgesNs, isLogarithmic }: BinEdges, timeNs: number): number {
  const above = edgesNs.findIndex((edge) => edge > timeNs);
  const bin = above === -1 ? edgesNs.length - 2 : Math.max(0, above - 1);
  const [from = 0, to = 1] = edgesNs.slice(bin, bin + 2);
  const fraction = isLogarithmic
    ? Math.log(timeNs / from) / Math.log(to / from)
    : (timeNs - from) / (to - from);
  return bin + Math.min(1, Math.max(0, fraction));
}

/** What the bins of times depend on, and the marks over them. */
interface Shape {
  readonly minNs: number;
  readonly maxNs: number;
  /** The quartiles. */
  readonly lower: number;
  readonly upper: number;
  readonly medianNs: number;
  readonly p95Ns: number;
  readonly count: number;
}

/** Numbers the bins: `place` says in which one a time is, with a fraction; `edgeNs` where one begins. */
interface Scale {
  readonly place: (timeNs: number) => number;
  readonly edgeNs: (bin: number) => number;
}

interface Bins extends Scale, BinEdges {
  /** The number of the first one. */
  readonly first: number;
}

function* shapeOf(times: Float64Array): CooperativeTask<Shape> {
  const count = times.length;
  const { minNs, maxNs } = yield* extremes(times);
  const lower = yield* quantileOf(times, 0, count, 0.25);
  const medianNs = yield* quantileOf(times, 0, count, 0.5);
  const upper = yield* quantileOf(times, 0, count, 0.75);
  const p95Ns = yield* quantileOf(times, 0, count, 0.95);
  return { minNs, maxNs, lower, upper, medianNs, p95Ns, count };
}

/** Bins for times of these shapes together. */
function binsFor(shapes: readonly Shape[]): Bins {
  const minNs = Math.min(...shapes.map((shape) => shape.minNs));
  const maxNs = Math.max(...shapes.map((shape) => shape.maxNs));
  const isLogarithmic = minNs > 0 && maxNs / minNs > WIDE_RATIO;
  const scale = isLogarithmic
    ? logarithmicScale(shapes, Math.log10(maxNs / minNs))
    : linearScale(shapes, maxNs - minNs);
  const first = Math.floor(scale.place(minNs));
  const count = Math.floor(scale.place(maxNs)) - first + 1;
  const edgesNs = Array.from({ length: count + 1 }, (_, index) => scale.edgeNs(first + index));
  return { ...scale, first, edgesNs, isLogarithmic };
}

function* countsIn(
  { edgesNs, first, place }: Bins,
  times: Float64Array,
  { count, medianNs, p95Ns }: Shape,
): CooperativeTask<TaskCounts> {
  const counts = new Array<number>(edgesNs.length - 1).fill(0);
  for (let index = 0; index < count; index += 1) {
    const time = times[index] ?? 0;
    const bin = binOf(edgesNs, time, Math.floor(place(time)) - first);
    counts[bin] = (counts[bin] ?? 0) + 1;
    if (index % SPANS_A_SLICE === SPANS_A_SLICE - 1) yield;
  }
  return { counts, count, medianNs, p95Ns };
}

function linearScale(shapes: readonly Shape[], extent: number): Scale {
  const widths = shapes.map(({ minNs, maxNs, lower, upper, count }) =>
    binWidth(upper - lower, maxNs - minNs, count),
  );
  const width = rounded(Math.max(1, narrowest(widths)), extent);
  return { place: (timeNs) => timeNs / width, edgeNs: (bin) => bin * width };
}

function logarithmicScale(shapes: readonly Shape[], decades: number): Scale {
  const widths = shapes.map(({ minNs, maxNs, lower, upper, count }) =>
    binWidth(Math.log10(upper / lower), Math.log10(maxNs / minNs), count),
  );
  const mostADecade = Math.max(1, Math.floor((MOST_BINS - 1) / decades));
  const needed = Math.ceil(1 / narrowest(widths));
  const aDecade = Math.min(mostADecade, Math.max(LEAST_A_DECADE, needed));
  return {
    place: (timeNs) => Math.log10(timeNs) * aDecade,
    edgeNs: (bin) => 10 ** (bin / aDecade),
  };
}

/** The narrowest width that says anything: times that are all alike have none. */
function narrowest(widths: readonly number[]): number {
  const some = widths.filter((width) => width > 0);
  return some.length === 0 ? 0 : Math.min(...some);
}

/** The narrower of Freedman and Diaconis's width and Sturges's. */
function binWidth(quartileDistance: number, extent: number, count: number): number {
  const sturges = extent / (Math.log2(count) + 1);
  if (quartileDistance === 0) return sturges;
  return Math.min(sturges, (2 * quartileDistance) / Math.cbrt(count));
}

/** The greatest of 1, 2 and 5 times a power of ten that is no wider, if that makes not too many bins. */
function rounded(width: number, extent: number): number {
  // One bin of the most is kept for the edges' rounding.
  const least = Math.max(1, extent / (MOST_BINS - 1));
  const down = roundDown(width);
  return down >= least ? down : roundUp(least);
}

/** Puts right what the rounding of a logarithm may have put into the neighbouring bin. */
function binOf(edgesNs: readonly number[], timeNs: number, guess: number): number {
  const last = edgesNs.length - 2;
  if (guess < last && timeNs >= (edgesNs[guess + 1] ?? Infinity)) return guess + 1;
  if (guess > 0 && timeNs < (edgesNs[guess] ?? 0)) return guess - 1;
  return Math.min(last, Math.max(0, guess));
}

function* taskTimes({ timeline, range }: TaskSource): CooperativeTask<Float64Array> {
  const tracks = Array.from({ length: timeline.lanes }, (_, lane) => timeline.lane(lane).task);
  const places = tracks.map((track) => spansIn(track, range));
  const times = new Float64Array(places.reduce((sum, { first, end }) => sum + end - first, 0));
  let filled = 0;
  for (const [lane, track] of tracks.entries()) {
    const { first, end } = places[lane] ?? { first: 0, end: 0 };
    for (let index = first; index < end; index += 1) {
      times[filled] = track.endNs(index) - track.startNs(index);
      filled += 1;
      if (filled % SPANS_A_SLICE === 0) yield;
    }
  }
  return times;
}

function* extremes(times: Float64Array): CooperativeTask<{ minNs: number; maxNs: number }> {
  let minNs = Infinity;
  let maxNs = 0;
  for (let index = 0; index < times.length; index += 1) {
    const time = times[index] ?? 0;
    if (time < minNs) minNs = time;
    if (time > maxNs) maxNs = time;
    if (index % SPANS_A_SLICE === SPANS_A_SLICE - 1) yield;
  }
  return { minNs, maxNs };
}
