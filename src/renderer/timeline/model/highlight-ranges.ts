import type { SpanTrack } from '../../../recording/span-track.js';
import { timeOf, xOf, type TimeRange, type TimeWindow } from './time-window.js';

/** A highlighted range, in the plot's pixels. */
export interface HighlightRange {
  readonly x: number;
  readonly right: number;
}

/** Parts at least so wide, in px, so that each can be seen. */
const LEAST_PX = 1;

/**
 * Where a track's spans lie within a part of time, as far as it is in view. Spans that follow within
 * a pixel make one part, so that there are no more parts than pixels, found in as many steps.
 */
export function highlightRanges(
  track: SpanTrack,
  during: TimeRange,
  window: TimeWindow,
): HighlightRange[] {
  const parts: HighlightRange[] = [];
  const startNs = Math.max(during.startNs, timeOf(window, 0));
  const endNs = Math.min(during.endNs, timeOf(window, window.widthPx));
  let index = track.firstEndingAfter(startNs);
  while (index < track.length && track.startNs(index) < endNs) {
    const x = xOf(window, Math.max(startNs, track.startNs(index)));
    let right = xOf(window, Math.min(endNs, track.endNs(index)));
    let next = index + 1;
    while (next < track.length && track.startNs(next) < endNs) {
      if (xOf(window, track.startNs(next)) - right > LEAST_PX) break;
      // Whatever ends in the next pixel belongs to this part, however many spans that are.
      const reached = track.firstEndingAfter(timeOf(window, right + LEAST_PX), next);
      const last = Math.max(next, reached - 1);
      if (last >= track.length || track.startNs(last) >= endNs) break;
      right = xOf(window, Math.min(endNs, track.endNs(last)));
      next = last + 1;
    }
    parts.push({ x, right: Math.max(right, x + LEAST_PX) });
    index = next;
  }
  return parts;
}
