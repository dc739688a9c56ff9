import type { Timeline } from '../../../recording/timeline.js';
import type { SpanTrack } from '../../../recording/span-track.js';
import { timeOf, windowOf, type TimeRange } from './time-window.js';
import { panned, resized, within } from './view.js';

/** What the lanes did in a column of the minimap, as shares of all lanes' time. */
export interface MinimapColumns {
  readonly computing: Float32Array;
  readonly sleeping: Float32Array;
  readonly waiting: Float32Array;
}

/** Columns of all lanes together at most, so that many lanes cost no more than few. */
const BUDGET = 40_000;

/** How many columns a minimap of that width has. */
export function columnCount(widthPx: number, lanes: number): number {
  return Math.max(1, Math.min(Math.floor(widthPx / 2), Math.floor(BUDGET / Math.max(1, lanes))));
}

/** Sums up a timeline in columns: two searches for each column, lane and kind, however many spans. */
export function minimapColumns(
  timeline: Timeline,
  whole: TimeRange,
  columns: number,
): MinimapColumns {
  const computing = new Float32Array(columns);
  const sleeping = new Float32Array(columns);
  const waiting = new Float32Array(columns);
  const window = windowOf(whole, columns);
  const share = 1 / (window.nsPerPx * Math.max(1, timeline.lanes));
  const add = (track: SpanTrack, into: Float32Array) => {
    if (track.length === 0) return;
    let next = track.firstEndingAfter(whole.startNs);
    let before = track.coveredBefore(whole.startNs, next);
    for (let column = 0; column < columns; column += 1) {
      const endNs = timeOf(window, column + 1);
      next = track.firstEndingAfter(endNs, next);
      const covered = track.coveredBefore(endNs, next);
      into[column] = (into[column] ?? 0) + (covered - before) * share;
      before = covered;
    }
  };
  for (let index = 0; index < timeline.lanes; index += 1) {
    const lane = timeline.lane(index);
    add(lane.compute, computing);
    add(lane.sleep, sleeping);
    add(lane.wait, waiting);
  }
  return { computing, sleeping, waiting };
}

/** What of the minimap's frame is dragged: an end of it, or all of it. */
export type FramePart = 'start' | 'end' | 'middle';

/** An end of the frame can be taken from so far away, in px. */
const REACH_PX = 6;

/** The part of the frame at an x; null beside the frame. The ends go before the middle. */
export function framePartAt(x: number, left: number, right: number): FramePart | null {
  const toLeft = Math.abs(x - left);
  const toRight = Math.abs(x - right);
  if (Math.min(toLeft, toRight) <= REACH_PX) {
    // Of a frame that is a line, the end on the pointer's side.
    if (toLeft === toRight) return x < left ? 'start' : 'end';
    return toLeft < toRight ? 'start' : 'end';
  }
  return x > left && x < right ? 'middle' : null;
}

/** The range in view after part of the frame has been dragged from one time to another. */
export function draggedFrame(
  range: TimeRange,
  whole: TimeRange,
  part: FramePart,
  fromNs: number,
  toNs: number,
): TimeRange {
  switch (part) {
    case 'middle':
      return panned(range, whole, toNs - fromNs);
    case 'start':
      return resized(range, whole, 'start', range.startNs + toNs - fromNs);
    case 'end':
      return resized(range, whole, 'end', range.endNs + toNs - fromNs);
  }
}

/** The range of the same length about a time. */
export function centredAt(range: TimeRange, whole: TimeRange, timeNs: number): TimeRange {
  const half = (range.endNs - range.startNs) / 2;
  return within({ startNs: timeNs - half, endNs: timeNs + half }, whole);
}

/** What a key does to the range in view; null for one that is not the minimap's. */
export function minimapKey(range: TimeRange, whole: TimeRange, key: string): TimeRange | null {
  const length = range.endNs - range.startNs;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -0.1 * length,
    ArrowDown: -0.1 * length,
    ArrowRight: 0.1 * length,
    ArrowUp: 0.1 * length,
    PageDown: -length,
    PageUp: length,
    Home: whole.startNs - range.startNs,
    End: whole.endNs - range.endNs,
  };
  const stepNs = steps[key];
  return stepNs === undefined ? null : panned(range, whole, stepNs);
}
