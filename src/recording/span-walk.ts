/**
 * How analysis walks the timeline: the one place that knows which spans are in a range, and what
 * part of each. All of it needs no more of a track than a length, starts and ends.
 */

/** A part of a repeat's time, in ns from its start, the end not included. */
export interface TimeRange {
  readonly startNs: number;
  readonly endNs: number;
}

/** Spans in order of time that do not overlap, such as those of one kind on one lane. */
export interface OrderedSpans {
  readonly length: number;
  startNs(index: number): number;
  endNs(index: number): number;
}

/** Indices from `first` up to, not including, `end`. */
export interface IndexRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The spans of which any part lies in the range. One of no length is in it from the range's start
 * up to, not including, its end.
 */
export function spansIn(spans: OrderedSpans, { startNs, endNs }: TimeRange): IndexRange {
  const first = firstThat(
    spans.length,
    (index) => spans.startNs(index) >= startNs || spans.endNs(index) > startNs,
  );
  const end = firstThat(spans.length, (index) => spans.startNs(index) >= endNs);
  return { first, end: Math.max(first, end) };
}

/** The time of a span that lies in the range, in ns. */
export function partNs(spans: OrderedSpans, index: number, { startNs, endNs }: TimeRange): number {
  return Math.max(0, Math.min(spans.endNs(index), endNs) - Math.max(spans.startNs(index), startNs));
}

/** The first index for which the test holds; it must hold for all after it. `length` if none. */
function firstThat(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
