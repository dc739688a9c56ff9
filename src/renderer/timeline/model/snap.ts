import { SPAN_KINDS } from '../../../recording/spans.js';
import type { Timeline } from '../../../recording/timeline.js';
import type { SpanTrack } from '../../../recording/span-track.js';

/** A time, and whether it is the start or the end of a span. */
export interface SnappedTime {
  readonly timeNs: number;
  readonly isEdge: boolean;
}

/**
 * The start or the end of a span that is nearest to a time, within reach; on one lane where that is
 * given, else on any. The time itself where there is none.
 */
export function snapped(
  timeline: Timeline,
  timeNs: number,
  reachNs: number,
  lane: number | null,
): SnappedTime {
  const lanes = lane === null ? Array.from({ length: timeline.lanes }, (_, at) => at) : [lane];
  let best = NaN;
  for (const at of lanes) {
    for (const kind of SPAN_KINDS) {
      for (const edge of edgesAround(timeline.lane(at)[kind], timeNs)) {
        const distance = Math.abs(edge - timeNs);
        if (distance <= reachNs && !(distance >= Math.abs(best - timeNs))) best = edge;
      }
    }
  }
  return Number.isNaN(best) ? { timeNs, isEdge: false } : { timeNs: best, isEdge: true };
}

/** The edges of a track among which is the one nearest to a time. */
function edgesAround(track: SpanTrack, timeNs: number): number[] {
  const after = track.firstEndingAfter(timeNs);
  const edges = after > 0 ? [track.endNs(after - 1)] : [];
  return after < track.length ? [...edges, track.startNs(after), track.endNs(after)] : edges;
}
