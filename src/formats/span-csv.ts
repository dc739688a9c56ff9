import type { Recording } from '../recording/recording.js';
import { CSV_LINE_END, csvLine } from './csv.js';
import { spansByLane } from './lane-spans.js';
import { nestedInStretches } from './nested-spans.js';
import { inPieces } from './pieces.js';

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
export function spanCsv(recordings: readonly Recording[]): Generator<string> {
  return inPieces(lines(recordings));
}

function* lines(recordings: readonly Recording[]): Generator<string> {
  yield csvLine(SPAN_CSV_COLUMNS);
  for (const { number: run, repeats } of recordings) {
    for (const [number, repeat] of repeats.entries()) {
      for (const stretches of spansByLane(repeat)) {
        // No field can need quotes: all are numbers, or a kind's name.
        for (const { lane, kind, task, startNs, endNs } of nestedInStretches(stretches)) {
          yield `${run},${number},${lane},${kind},${task},${startNs},${endNs}${CSV_LINE_END}`;
        }
      }
    }
  }
}
