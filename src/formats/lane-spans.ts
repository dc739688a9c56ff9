import type { Repeat, TaskTimings } from '../recording/recording.js';
import type { TimeRange } from '../recording/span-walk.js';
import {
  SPAN_WORDS,
  decodeSpans,
  encodeSpans,
  halvesOf,
  joinSpans,
  laneOfSpan,
  spanAt,
  spanCount,
  type Span,
} from '../recording/spans.js';
import { cutSpans } from './span-part.js';

/**
 * The spans of a repeat lane by lane, each lane's in stretches of whole tasks, packed and in order of
 * their end. A task whose own span was dropped has it restored from the task table, so that every
 * task is there exactly once; of what else was dropped nothing is known but its sum. With a range, only the
 * spans in it, cut at its ends.
 *
 * A stretch is made when it is asked for, and is all that is copied at a time: the spans of one long
 * task, or of the tasks that ended between two drains.
 */
export function* spansByLane(
  { spans, timings, spanCounts }: Repeat,
  range: TimeRange | null = null,
): Generator<Iterable<Float64Array>> {
  const pieces = piecesByLane(spans, spanCounts.length);
  for (const [lane, own] of pieces.entries()) {
    const isWhole = timings === null || spanCounts[lane]?.dropped === 0;
    const missing = isWhole ? new Float64Array() : missingTasks(own, timings, lane);
    yield cutStretches(stretchesOf(own, missing), range);
  }
}

function* cutStretches(
  stretches: Iterable<Float64Array>,
  range: TimeRange | null,
): Generator<Float64Array> {
  for (const words of stretches) yield range === null ? words : cutSpans(words, range);
}

/** Joins a lane's pieces to stretches that end with a task, with the missing tasks in their places. */
function* stretchesOf(
  pieces: readonly Float64Array[],
  missing: Float64Array,
): Generator<Float64Array> {
  let open: Float64Array[] = [];
  let restored = 0;
  for (const piece of pieces) {
    const end = SPAN_WORDS * (lastTask(piece) + 1);
    if (end > 0) {
      const whole = joinSpans([...open, piece.subarray(0, end)]);
      const from = restored;
      const endNs = piece[end - SPAN_WORDS + 1] ?? 0;
      while ((missing[restored + 1] ?? Infinity) <= endNs) restored += SPAN_WORDS;
      yield mergeByEnd(whole, missing.subarray(from, restored));
      open = [];
    }
    open.push(piece.subarray(end));
  }
  yield mergeByEnd(joinSpans(open), missing.subarray(restored));
}

/** The index of the last task's own span in a piece; -1 where there is none. */
function lastTask(piece: Float64Array): number {
  const halves = halvesOf(piece);
  let index = spanCount(piece) - 1;
  while (index >= 0 && spanAt(piece, halves, index).kind !== 'task') index -= 1;
  return index;
}

/** Cuts the packed spans where the lane changes. Nothing is copied. */
function piecesByLane(batches: readonly Float64Array[], lanes: number): Float64Array[][] {
  const pieces = Array.from({ length: lanes }, () => new Array<Float64Array>());
  for (const words of batches) {
    const halves = halvesOf(words);
    const spans = spanCount(words);
    let first = 0;
    for (let next = 1; next <= spans; next += 1) {
      const lane = laneOfSpan(halves, first);
      if (next < spans && laneOfSpan(halves, next) === lane) continue;
      pieces[lane]?.push(words.subarray(first * SPAN_WORDS, next * SPAN_WORDS));
      first = next;
    }
  }
  return pieces;
}

/** The lane's tasks without a span of their own, as such spans, in order of their end. */
function missingTasks(
  pieces: readonly Float64Array[],
  timings: TaskTimings,
  lane: number,
): Float64Array {
  const isThere = new Uint8Array(timings.lane.length);
  for (const piece of pieces) {
    for (const { kind, task } of decodeSpans(piece)) if (kind === 'task') isThere[task] = 1;
  }
  const missing: Span[] = [];
  timings.lane.forEach((taskLane, task) => {
    if (taskLane !== lane || isThere[task] === 1) return;
    const startNs = timings.startNs[task] ?? 0;
    missing.push({ lane, kind: 'task', task, startNs, endNs: timings.endNs[task] ?? 0 });
  });
  return encodeSpans(missing.sort((a, b) => a.endNs - b.endNs));
}

/** Merges two lists of packed spans; of those that end together the inner ones come first. */
function mergeByEnd(inner: Float64Array, outer: Float64Array): Float64Array {
  if (outer.length === 0) return inner;
  const pieces: Float64Array[] = [];
  let from = 0;
  for (let word = 0; word < outer.length; word += SPAN_WORDS) {
    const endNs = outer[word + 1] ?? 0;
    let to = from;
    while (to < inner.length && (inner[to + 1] ?? 0) <= endNs) to += SPAN_WORDS;
    pieces.push(inner.subarray(from, to), outer.subarray(word, word + SPAN_WORDS));
    from = to;
  }
  pieces.push(inner.subarray(from));
  return joinSpans(pieces);
}
