import type { Recording } from '../recording/recording.js';
import { CSV_LINE_END, csvLine } from './csv.js';
import { spansByLane } from './lane-spans.js';
import { nestedInStretches } from './nested-spans.js';
import { inPieces } from './pieces.js';
import { ALL_SPANS, repeatsIn, type SpanPart } from './span-part.js';

/**
 * The spans of runs as CSV (RFC 4180): a header line, then a row for each span of each counted
 * repeat, in the order of run, repeat, lane and start, a span before those that lie inside it.
 * `run` counts from 1, `repeat`, `lane` and `task` from 0; `kind` is one of SPAN_KINDS. Times are
 * nanoseconds from the start of the repeat.
 */
export const SPAN_CSV_COLUMNS = [
  'run',
  'repeat',
  'lane',
  'kind',
  'task',
  'start_ns',
  'end_ns',
] as const;

/** The text in pieces of whole lines, made as they are asked for. */
export function spanCsv(
  recordings: readonly Recording[],
  part: SpanPart = ALL_SPANS,
): Generator<string> {
  return inPieces(lines(recordings, part));
}

function* lines(recordings: readonly Recording[], part: SpanPart): Generator<string> {
  yield csvLine(SPAN_CSV_COLUMNS);
  for (const recording of recordings) {
    for (const [number, repeat] of repeatsIn(recording, part)) {
      for (const stretches of spansByLane(repeat, part.range)) {
        // No field can need quotes: all are numbers, or a kind's name.
        for (const { lane, kind, task, startNs, endNs } of nestedInStretches(stretches)) {
          yield `${recording.number},${number},${lane},${kind},${task},${startNs},${endNs}${CSV_LINE_END}`;
        }
      }
    }
  }
}
