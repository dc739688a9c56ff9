import fc from 'fast-check';
import type { TimeRange } from '../../../src/shared/analysis/span-walk.js';
import { SPAN_KINDS, type Span } from '../../../src/shared/spans.js';
import { anyIntervals, span } from '../../fixtures/timelines.js';

/** Spans of a few lanes, each lane's of one kind one after another, and how many lanes there are. */
export const anySpans: fc.Arbitrary<{ lanes: number; spans: Span[] }> = fc
  .integer({ min: 1, max: 4 })
  .chain((lanes) =>
    fc
      .tuple(...Array.from({ length: lanes * SPAN_KINDS.length }, () => anyIntervals))
      .map((tracks) => ({
        lanes,
        spans: tracks.flatMap((intervals, track) => {
          const lane = Math.floor(track / SPAN_KINDS.length);
          const kind = SPAN_KINDS[track % SPAN_KINDS.length] ?? 'task';
          return intervals.map(([start, end], task) => span(lane, kind, start, end, task));
        }),
      })),
  );

/** A range of time, of a length of at least a nanosecond. */
export const anyRange: fc.Arbitrary<TimeRange> = fc
  .tuple(fc.nat(2_000_000), fc.integer({ min: 1, max: 2_000_000 }))
  .map(([startNs, length]) => ({ startNs, endNs: startNs + length }));

/** Whether any part of a span lies in a range, as `spansIn` says it. */
export function isIn({ startNs, endNs }: Span, range: TimeRange): boolean {
  if (startNs === endNs) return startNs >= range.startNs && startNs < range.endNs;
  return endNs > range.startNs && startNs < range.endNs;
}

/** The part of a span in a range, in ns. */
export function partOf({ startNs, endNs }: Span, range: TimeRange): number {
  return Math.max(0, Math.min(endNs, range.endNs) - Math.max(startNs, range.startNs));
}
