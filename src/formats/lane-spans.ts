import type { RepeatRecord } from '../experiment/run-record.js';
import {
  SPAN_WORDS,
  encodeSpans,
  halvesOf,
  joinSpans,
  laneOfSpan,
  spanAt,
  spanCount,
  type Span,
} from '../recording/spans.js';
import type { TaskTimings } from '../experiment/task-table.js';

/**
 * The spans of a repeat lane by lane, each lane's packed together in order of their end. A task
 * whose own span was dropped has it restored from the task table, so that every task is
 * there exactly once; of what else was dropped nothing is known but its sum.
 *
 * Each lane is made when it is asked for, and copies no other lane's spans.
 */
export function* spansByLane(
  { spans, timings, rings }: RepeatRecord,
  lanes: number,
): Generator<Float64Array<ArrayBuffer>> {
  const pieces = piecesByLane(spans, lanes);
  for (const [lane, own] of pieces.entries()) {
    const words = joinSpans(own);
    const isWhole = (rings[lane]?.dropped ?? 0) === 0;
    yield isWhole ? words : mergeByEnd(words, missingTasks(words, timings, lane));
  }
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
function missingTasks(words: Float64Array, timings: TaskTimings, lane: number): Float64Array {
  const halves = halvesOf(words);
  const isThere = new Uint8Array(timings.lane.length);
  for (let index = 0; index < spanCount(words); index += 1) {
    const { kind, task } = spanAt(words, halves, index);
    if (kind === 'task') isThere[task] = 1;
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
function mergeByEnd(inner: Float64Array, outer: Float64Array): Float64Array<ArrayBuffer> {
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
