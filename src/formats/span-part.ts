import type { TimeRange } from '../recording/span-walk.js';
import type { Recording, Repeat } from '../recording/recording.js';
import { SPAN_WORDS } from '../recording/spans.js';

/**
 * The part of the spans that an export has. A span that crosses an end of the range is cut there, and
 * its task with it, so that what is written nests as ever.
 */
export interface SpanPart {
  /** The only repeat, counted from 0; null for all. */
  readonly repeat: number | null;
  /** The part of each repeat's time; null for all of it. */
  readonly range: TimeRange | null;
}

/** All repeats, from their beginning to their end. */
export const ALL_SPANS: SpanPart = { repeat: null, range: null };

/** The repeats of a part with their numbers. */
export function repeatsIn(
  { repeats }: Recording,
  { repeat: only }: SpanPart,
): (readonly [number: number, repeat: Repeat])[] {
  return [...repeats.entries()].filter(([number]) => only === null || number === only);
}

/** The end of a part's longest repeat, in ns from its start. */
export function longestWallNs(records: readonly Recording[], part: SpanPart): number {
  return records
    .flatMap((record) => repeatsIn(record, part))
    .reduce((longest, [, { wallNs }]) => Math.max(longest, wallNs), 0);
}

/** Whether any of a span lies in a range; one of no length does from the start up to the end. */
function isIn(startNs: number, endNs: number, range: TimeRange): boolean {
  return startNs < range.endNs && (endNs > range.startNs || startNs >= range.startNs);
}

/** The packed spans of a range in their order, those that cross its ends cut there. */
export function cutSpans(words: Float64Array, range: TimeRange): Float64Array {
  const cut = new Float64Array(words.length);
  let length = 0;
  for (let word = 0; word < words.length; word += SPAN_WORDS) {
    const startNs = words[word] ?? 0;
    const endNs = words[word + 1] ?? 0;
    if (!isIn(startNs, endNs, range)) continue;
    cut.set(words.subarray(word, word + SPAN_WORDS), length);
    cut[length] = Math.max(startNs, range.startNs);
    cut[length + 1] = Math.min(endNs, range.endNs);
    length += SPAN_WORDS;
  }
  return cut.subarray(0, length);
}
