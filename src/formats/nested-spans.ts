import { halvesOf, spanAt, spanCount, type Span } from '../recording/spans.js';

/** A span with how many others it lies inside. */
export interface NestedSpan extends Span {
  readonly depth: number;
}

/** One lane's spans, in stretches of whole tasks, in order of their start (see `nestedSpans`). */
export function* nestedInStretches(stretches: Iterable<Float64Array>): Generator<NestedSpan> {
  for (const words of stretches) yield* nestedSpans(words);
}

/**
 * Spans of one lane in order of their start, each before those that lie inside it. They are given in
 * order of their end, each after those inside it, as a lane writes them: so of two that are alike,
 * such as a hold and what it was held for, the later one is the outer. What depends on the lock
 * mode, whether holds lie in a long compute span or the other way round, follows from the times.
 *
 * Takes eight bytes a span beside them.
 */
export function* nestedSpans(words: Float64Array): Generator<NestedSpan> {
  const halves = halvesOf(words);
  const sizes = subtreeSizes(words, halves);
  /** For each span that is open, the place in the order after the last one inside it. */
  const open: number[] = [];
  for (const [place, index] of outerFirst(sizes).entries()) {
    while ((open.at(-1) ?? Infinity) <= place) open.pop();
    const { lane, kind, task, startNs, endNs } = spanAt(words, halves, index);
    yield { lane, kind, task, startNs, endNs, depth: open.length };
    open.push(place + (sizes[index] ?? 1));
  }
}

/** For each span, how many it is together with all that lie inside it. */
function subtreeSizes(words: Float64Array, halves: Uint32Array): Uint32Array {
  const sizes = new Uint32Array(spanCount(words));
  for (let index = 0; index < sizes.length; index += 1) {
    const outer = spanAt(words, halves, index);
    let inner = index - 1;
    while (inner >= 0 && contains(outer, spanAt(words, halves, inner))) inner -= sizes[inner] ?? 1;
    sizes[index] = index - inner;
  }
  return sizes;
}

/** Whether a span lies inside another that ended no earlier. Those of another task never do. */
function contains(outer: Span, inner: Span): boolean {
  return inner.startNs >= outer.startNs && inner.task === outer.task;
}

/**
 * The spans' indices, outer ones before inner ones. A span's place is that of the first one inside
 * it, moved back by one for each span that it lies in itself.
 */
function outerFirst(sizes: Uint32Array): Uint32Array {
  const order = new Uint32Array(sizes.length);
  /** The first index inside each span that the current one lies in. */
  const firsts: number[] = [];
  for (let index = sizes.length - 1; index >= 0; index -= 1) {
    while ((firsts.at(-1) ?? -1) > index) firsts.pop();
    const first = index - (sizes[index] ?? 1) + 1;
    order[first + firsts.length] = index;
    firsts.push(first);
  }
  return order;
}
