import type { SpanKind } from '../../../recording/spans.js';
import type { Timeline } from '../../../recording/timeline.js';
import type { SpanTrack } from '../../../recording/span-track.js';
import { laneBands, laneTop, rowAt, type LaneRows } from './lane-rows.js';
import { spanOfLane, type LaneSpan, type SpanPlace } from './lane-spans.js';
import { timeOf, type TimeWindow } from './time-window.js';

/** A span under the pointer. */
export interface Hit extends LaneSpan {
  /** How many more spans of its kind its lane has in the same pixel column. */
  readonly more: number;
}

/** How far beside a span the pointer may be, in pixels, so that short ones can be met. */
const REACH_PX = 2;

/** Kinds by what lies on top of what, on the block of a lane and on the strip above it. */
const BLOCKS = ['compute', 'sleep', 'blocked', 'wait', 'queued'] as const;
const ON_THE_BLOCK: readonly SpanKind[] = [...BLOCKS, 'hold', 'task'];
const ON_THE_STRIP: readonly SpanKind[] = ['hold', ...BLOCKS, 'task'];

/** The span at a place, x in the plot's and y in the canvas's pixels; null where there is none. */
export function hitTest(
  timeline: Timeline,
  window: TimeWindow,
  rows: LaneRows,
  x: number,
  y: number,
): Hit | null {
  if (x < 0 || x >= window.widthPx) return null;
  const row = rowAt(rows, y);
  if (row === null) return null;
  if (row === 'lock') return hitOnLock(timeline, window, x);
  const { hold } = laneBands(laneTop(rows, row), rows.laneHeight);
  const kinds = y < hold.top + hold.height ? ON_THE_STRIP : ON_THE_BLOCK;
  for (const reachPx of [0, REACH_PX]) {
    for (const kind of kinds) {
      const index = spanNear(timeline.lane(row)[kind], window, x, reachPx);
      if (index !== null) return hitOf(timeline, { lane: row, kind, index }, window);
    }
  }
  return null;
}

function hitOnLock(timeline: Timeline, window: TimeWindow, x: number): Hit | null {
  const { lock } = timeline;
  const index = spanNear(lock, window, x, REACH_PX);
  if (index === null) return null;
  const lane = lock.tag(index);
  const { hold } = timeline.lane(lane);
  // The same hold on its lane's track, which knows the task.
  return hitOf(timeline, { lane, kind: 'hold', index: hold.firstAt(lock.startNs(index)) }, window);
}

/** The span nearest to x among those within reach. */
function spanNear(track: SpanTrack, window: TimeWindow, x: number, reachPx: number): number | null {
  const timeNs = timeOf(window, x);
  const reachNs = reachPx * window.nsPerPx;
  const distance = (index: number) =>
    index < 0 || index >= track.length
      ? Infinity
      : Math.max(0, track.startNs(index) - timeNs, timeNs - track.endNs(index));
  const after = track.firstEndingAfter(timeNs);
  const nearest = distance(after - 1) < distance(after) ? after - 1 : after;
  return distance(nearest) <= reachNs ? nearest : null;
}

/** The start and the end of the task that a span belongs to; null where it has not ended yet. */
export function taskAround(
  timeline: Timeline,
  { lane, startNs }: Pick<Hit, 'lane' | 'startNs'>,
): { readonly startNs: number; readonly endNs: number } | null {
  const { task } = timeline.lane(lane);
  const index = task.firstAt(startNs);
  if (index >= task.length || task.startNs(index) > startNs) return null;
  return { startNs: task.startNs(index), endNs: task.endNs(index) };
}

function hitOf(timeline: Timeline, at: SpanPlace, window: TimeWindow): Hit {
  const span = spanOfLane(timeline, at);
  const track = timeline.lane(at.lane)[at.kind];
  const column = Math.floor((span.startNs - window.startNs) / window.nsPerPx);
  const first = track.firstEndingAfter(timeOf(window, column));
  const next = track.firstEndingAfter(timeOf(window, column + 1));
  const isShort = span.endNs - span.startNs < window.nsPerPx;
  return { ...span, more: isShort ? Math.max(0, next - first - 1) : 0 };
}
