import { SPANS_A_SLICE, type CooperativeTask } from '../base/cooperative-task.js';

/**
 * The quantile of the values from `first` up to `end`, exact, with linear interpolation between
 * neighbours (Hyndman and Fan's type 7, what NumPy and R compute by default). Not a number where there
 * are none. The values are reordered among themselves.
 */
export function* quantileOf(
  values: Float64Array,
  first: number,
  end: number,
  share: number,
): CooperativeTask<number> {
  const count = end - first;
  if (count === 0) return NaN;
  const place = (count - 1) * share;
  const rank = first + Math.floor(place);
  const fraction = place - Math.floor(place);
  const lower = yield* select(values, first, end - 1, rank);
  if (fraction === 0) return lower;
  let upper = Infinity;
  for (let index = rank + 1; index < end; index += 1) {
    upper = Math.min(upper, values[index] ?? Infinity);
    if (index % SPANS_A_SLICE === 0) yield;
  }
  return lower + fraction * (upper - lower);
}

/**
 * The value that sorting would bring to `rank`; smaller ones are then before it, larger ones after
 * it. Hoare's selection (CACM 4, 1961) with the median of three as pivot.
 */
function* select(
  values: Float64Array,
  from: number,
  to: number,
  rank: number,
): CooperativeTask<number> {
  let left = from;
  let right = to;
  let swaps = 0;
  while (left < right) {
    const pivot = medianOfThree(
      at(values, left),
      at(values, (left + right) >>> 1),
      at(values, right),
    );
    let low = left;
    let high = right;
    while (low <= high) {
      while (at(values, low) < pivot) low += 1;
      while (at(values, high) > pivot) high -= 1;
      if (low > high) break;
      const swapped = at(values, low);
      values[low] = at(values, high);
      values[high] = swapped;
      low += 1;
      high -= 1;
      swaps += 1;
      if (swaps % SPANS_A_SLICE === 0) yield;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
  return at(values, rank);
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** A value at an index that is known to be in bounds. */
function at(values: Float64Array, index: number): number {
  return values[index] ?? NaN;
}
