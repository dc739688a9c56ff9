import type { Recording } from '../recording/recording.js';
import type { Span } from '../recording/spans.js';
import { CSV_LINE_END, csvField, csvLine } from './csv.js';
import { labelOf, laneLabel } from './labels.js';
import { spansByLane } from './lane-spans.js';
import { nestedInStretches } from './nested-spans.js';
import { inPieces } from './pieces.js';
import { ALL_SPANS, repeatsIn, type SpanPart } from './span-part.js';

/**
 * The spans of runs as CSV (RFC 4180): a header line, then a row for each span of each counted
 * repeat, in the order of run, repeat, lane and start, a span before those that lie inside it.
 * `run` counts from 1, `repeat`, `lane` and `task` from 0; `kind` is one of SPAN_KINDS. Times are
 * nanoseconds from the start of the repeat.
 *
 * Where spans have labels in place of tasks, `task` is -1, and two columns follow: the lane's name and
 * the label, which is empty where it is not known.
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

/** The columns that spans with labels have more. */
export const LABEL_CSV_COLUMNS = ['lane_name', 'label'] as const;

/** The text in pieces of whole lines, made as they are asked for. */
export function spanCsv(
  recordings: readonly Recording[],
  part: SpanPart = ALL_SPANS,
): Generator<string> {
  return inPieces(lines(recordings, part));
}

function* lines(recordings: readonly Recording[], part: SpanPart): Generator<string> {
  const hasLabels = recordings.some(({ labels }) => labels !== null);
  yield csvLine(hasLabels ? [...SPAN_CSV_COLUMNS, ...LABEL_CSV_COLUMNS] : SPAN_CSV_COLUMNS);
  for (const recording of recordings) {
    const more = hasLabels ? labelFields(recording) : () => '';
    for (const [number, repeat] of repeatsIn(recording, part)) {
      for (const stretches of spansByLane(repeat, part.range)) {
        // No field here can need quotes: all are numbers, or a kind's name.
        for (const span of nestedInStretches(stretches)) {
          const { lane, kind, startNs, endNs } = span;
          const task = recording.labels === null ? span.task : -1;
          yield `${recording.number},${number},${lane},${kind},${task},${startNs},${endNs}${more(span)}${CSV_LINE_END}`;
        }
      }
    }
  }
}

/** Makes what follows a span's other fields: the lane's name and the label, quoted where need be. */
function labelFields(recording: Recording): (span: Span) => string {
  const lanes = recording.description.lanes.map((_, lane) => csvField(laneLabel(recording, lane)));
  const labels = (recording.labels ?? []).map(({ name }) => csvField(name));
  return (span) => `,${lanes[span.lane] ?? ''},${labelOf(labels, span) ?? ''}`;
}
