import TinyQueue from 'tinyqueue';
import type { Timeline } from '../recording/timeline.js';
import { SPANS_A_SLICE, type CooperativeTask } from '../base/cooperative-task.js';
import { spansIn, type OrderedSpans, type TimeRange } from '../recording/span-walk.js';

/** How much of the machine the lanes' computing took, and for how long anything went on. */
export interface CoreTime {
  /** The time that cores spent computing, summed over the cores, in ns. */
  readonly coreNs: number;
  /** Most lanes that computed at one time. */
  readonly peak: number;
  /** The time in which any lane computed or slept, in ns. */
  readonly busyNs: number;
}

/**
 * The core time behind the lanes' compute spans. While no more lanes compute than there are cores,
 * each has a core of its own and its span is core time; while more do, all cores are busy and the
 * lanes share them. So it is the time integral of min(computing lanes, cores), exact where the
 * operating system leaves no core idle and nothing else runs on the machine.
 */
export function* coreTime(
  timeline: Timeline,
  range: TimeRange,
  cores: number,
): CooperativeTask<CoreTime> {
  // The lanes by their next edge.
  const queue = new TinyQueue<Edges>([], (one, two) => (one.isBefore(two) ? -1 : 1));
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    for (const kind of ['compute', 'sleep'] as const) {
      const edges = new Edges(timeline.lane(lane)[kind], range, kind);
      if (edges.timeNs < Infinity) queue.push(edges);
    }
  }
  const lanesThat = { compute: 0, sleep: 0 };
  let peak = 0;
  let coreNs = 0;
  let busyNs = 0;
  let atNs = range.startNs;
  for (let steps = 1; ; steps += 1) {
    const edges = queue.pop();
    if (edges === undefined) break;
    const { timeNs, isStart, kind } = edges;
    coreNs += Math.min(lanesThat.compute, cores) * (timeNs - atNs);
    if (lanesThat.compute + lanesThat.sleep > 0) busyNs += timeNs - atNs;
    atNs = timeNs;
    lanesThat[kind] += isStart ? 1 : -1;
    peak = Math.max(peak, lanesThat.compute);
    edges.advance();
    if (edges.timeNs < Infinity) queue.push(edges);
    if (steps % SPANS_A_SLICE === 0) yield;
  }
  return { coreNs, peak, busyNs };
}

/** The starts and ends of one lane's spans of a kind in a range, one after another. */
class Edges {
  readonly kind: 'compute' | 'sleep';
  readonly #spans: OrderedSpans;
  readonly #range: TimeRange;
  readonly #end: number;
  #index: number;
  /** The edge at hand; Infinity after the last one. */
  timeNs = Infinity;
  isStart = true;

  constructor(spans: OrderedSpans, range: TimeRange, kind: 'compute' | 'sleep') {
    const { first, end } = spansIn(spans, range);
    this.kind = kind;
    this.#spans = spans;
    this.#range = range;
    this.#index = first;
    this.#end = end;
    this.#readStart();
  }

  /** Goes on to the next edge. */
  advance(): void {
    if (this.isStart) {
      this.isStart = false;
      this.timeNs = Math.min(this.#spans.endNs(this.#index), this.#range.endNs);
    } else {
      this.isStart = true;
      this.#index += 1;
      this.#readStart();
    }
  }

  /** An end goes before a start at the same time, so that spans that meet do not seem to overlap. */
  isBefore(other: Edges): boolean {
    return this.timeNs < other.timeNs || (this.timeNs === other.timeNs && !this.isStart);
  }

  #readStart(): void {
    this.timeNs =
      this.#index < this.#end
        ? Math.max(this.#spans.startNs(this.#index), this.#range.startNs)
        : Infinity;
  }
}
