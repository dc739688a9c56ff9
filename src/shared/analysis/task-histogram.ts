import type { Timeline } from '../timeline.js';
import { quantileOf } from './quantiles.js';
import { SPANS_A_SLICE, spansIn, type Sliced, type TimeRange } from './span-walk.js';

/** How many tasks took how long. */
export interface TaskHistogram {
  /** Edges of the bins, rising, in ns; one more than there are bins. A bin includes its lower edge. */
  readonly edgesNs: readonly number[];
  readonly counts: readonly number[];
  /** Whether bins are equally wide in the logarithm of time rather than in time. */
  readonly isLogarithmic: boolean;
  /** All tasks counted. */
  readonly count: number;
  readonly medianNs: number;
  readonly p95Ns: number;
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
 * rules are applied to their logarithms, and bins divide each decade evenly, at least by four.
 */
export function* taskHistogram(timeline: Timeline, range: TimeRange): Sliced<TaskHistogram | null> {
  return yield* histogramOf(yield* taskTimes(timeline, range));
}

/** The histogram of tasks' times, which are reordered. */
export function* histogramOf(times: Float64Array): Sliced<TaskHistogram | null> {
  const count = times.length;
  if (count === 0) return null;
  const { minNs, maxNs } = yield* extremes(times);
  const lower = yield* quantileOf(times, 0, count, 0.25);
  const medianNs = yield* quantileOf(times, 0, count, 0.5);
  const upper = yield* quantileOf(times, 0, count, 0.75);
  const p95Ns = yield* quantileOf(times, 0, count, 0.95);
  const shape: Shape = { minNs, maxNs, lower, upper, count };
  const isLogarithmic = minNs > 0 && maxNs / minNs > WIDE_RATIO;
  const scale = isLogarithmic ? logarithmicScale(shape) : linearScale(shape);
  const first = Math.floor(scale.place(minNs));
  const bins = Math.floor(scale.place(maxNs)) - first + 1;
  const edgesNs = Array.from({ length: bins + 1 }, (_, index) => scale.edgeNs(first + index));
  const counts = new Array<number>(bins).fill(0);
  for (let index = 0; index < count; index += 1) {
    const time = times[index] ?? 0;
    const bin = binOf(edgesNs, time, Math.floor(scale.place(time)) - first);
    counts[bin] = (counts[bin] ?? 0) + 1;
    if (index % SPANS_A_SLICE === SPANS_A_SLICE - 1) yield;
  }
  return { edgesNs, counts, isLogarithmic, count, medianNs, p95Ns };
}

/** Where a time lies among the bins: 2.5 is the middle of the third; for marks on the chart. */
export function placeAmongBins({ edgesNs, isLogarithmic }: TaskHistogram, timeNs: number): number {
  const above = edgesNs.findIndex((edge) => edge > timeNs);
  const bin = above === -1 ? edgesNs.length - 2 : Math.max(0, above - 1);
  const [from = 0, to = 1] = edgesNs.slice(bin, bin + 2);
  const fraction = isLogarithmic
    ? Math.log(timeNs / from) / Math.log(to / from)
    : (timeNs - from) / (to - from);
  return bin + Math.min(1, Math.max(0, fraction));
}

interface Shape {
  readonly minNs: number;
  readonly maxNs: number;
  /** The quartiles. */
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** Numbers the bins: `place` says in which one a time is, with a fraction; `edgeNs` where one begins. */
interface Scale {
  place(timeNs: number): number;
  edgeNs(bin: number): number;
}

function linearScale({ minNs, maxNs, lower, upper, count }: Shape): Scale {
  const extent = maxNs - minNs;
  const width = rounded(Math.max(1, binWidth(upper - lower, extent, count)), extent);
  return { place: (timeNs) => timeNs / width, edgeNs: (bin) => bin * width };
}

function logarithmicScale({ minNs, maxNs, lower, upper, count }: Shape): Scale {
  const decades = Math.log10(maxNs / minNs);
  const width = binWidth(Math.log10(upper / lower), decades, count);
  const mostADecade = Math.max(1, Math.floor((MOST_BINS - 1) / decades));
  const aDecade = Math.min(mostADecade, Math.max(LEAST_A_DECADE, Math.ceil(1 / width)));
  return {
    place: (timeNs) => Math.log10(timeNs) * aDecade,
    edgeNs: (bin) => 10 ** (bin / aDecade),
  };
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
  const power = 10 ** Math.floor(Math.log10(width));
  const down = [5, 2, 1].map((factor) => factor * power).find((round) => round <= width) ?? power;
  return down >= least ? down : roundUp(least);
}

/** The smallest of 1, 2 and 5 times a power of ten that is no smaller. */
function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 5].find((factor) => factor * power >= width) ?? 10) * power;
}

/** Puts right what the rounding of a logarithm may have put into the neighbouring bin. */
function binOf(edgesNs: readonly number[], timeNs: number, guess: number): number {
  const last = edgesNs.length - 2;
  if (guess < last && timeNs >= (edgesNs[guess + 1] ?? Infinity)) return guess + 1;
  if (guess > 0 && timeNs < (edgesNs[guess] ?? 0)) return guess - 1;
  return Math.min(last, Math.max(0, guess));
}

function* taskTimes(timeline: Timeline, range: TimeRange): Sliced<Float64Array> {
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

function* extremes(times: Float64Array): Sliced<{ minNs: number; maxNs: number }> {
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
