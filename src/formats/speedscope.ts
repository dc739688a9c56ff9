import type { Recording } from '../recording/recording.js';
import { KIND_CODE, SPAN_KINDS, TASK_SPAN_KINDS, type Span } from '../recording/spans.js';
import { labelOf, laneLabel, repeatLabel } from './labels.js';
import { spansByLane } from './lane-spans.js';
import { nestedInStretches, type NestedSpan } from './nested-spans.js';
import { inPieces } from './pieces.js';
import { ALL_SPANS, longestWallNs, repeatsIn, type SpanPart } from './span-part.js';

/** The format's name for itself, which every file must bear. */
const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

/**
 * The spans of runs as a file of the profile viewer speedscope, in its own evented format
 * (file-format-schema.json of its release): one profile for each lane of each repeat, all from 0
 * to the end of the longest repeat, or those of the range, in nanoseconds. Frames are the kinds of span, so that the
 * viewer adds up what is alike; in the frame of a kind lies that of the span's label, where it has one.
 *
 * The text comes in pieces, made as they are asked for.
 */
export function speedscopeFile(
  records: readonly Recording[],
  part: SpanPart = ALL_SPANS,
): Generator<string> {
  return inPieces(fileTexts(records, part));
}

function* fileTexts(records: readonly Recording[], part: SpanPart): Generator<string> {
  const frames = new Frames(records);
  const head = { $schema: SCHEMA, exporter: 'gilscope', shared: { frames: frames.shared } };
  const startValue = part.range?.startNs ?? 0;
  const endValue = Math.min(part.range?.endNs ?? Infinity, longestWallNs(records, part));
  yield `${JSON.stringify(head).slice(0, -1)},"profiles":[`;
  let separator = '\n';
  for (const record of records) {
    for (const [number, repeat] of repeatsIn(record, part)) {
      let lane = 0;
      for (const stretches of spansByLane(repeat, part.range)) {
        const name = `${laneLabel(record, lane)}, ${repeatLabel(record, number, part.range)}`;
        yield separator;
        const framesOf = (span: Span) => frames.of(record, span);
        yield* profileTexts({ name, startValue, endValue }, stretches, framesOf);
        separator = ',\n';
        lane += 1;
      }
    }
  }
  yield '\n]}\n';
}

/** What a profile is called, and the time that it shows, in ns. */
interface ProfileHead {
  readonly name: string;
  readonly startValue: number;
  readonly endValue: number;
}

function* profileTexts(
  { name, startValue, endValue }: ProfileHead,
  stretches: Iterable<Float64Array>,
  framesOf: FramesOf,
): Generator<string> {
  const head = { type: 'evented', name, unit: 'nanoseconds', startValue, endValue };
  yield `${JSON.stringify(head).slice(0, -1)},"events":[`;
  let separator = '\n';
  for (const event of laneEvents(stretches, framesOf)) {
    yield separator + event;
    separator = ',\n';
  }
  yield ']}';
}

/** Opens and closes each span, inner ones closed before outer ones. */
function* laneEvents(stretches: Iterable<Float64Array>, framesOf: FramesOf): Generator<string> {
  const open: NestedSpan[] = [];
  for (const span of nestedInStretches(stretches)) {
    yield* closings(open, span.depth, framesOf);
    for (const frame of framesOf(span)) yield eventText('O', frame, span.startNs);
    open.push(span);
  }
  yield* closings(open, 0, framesOf);
}

/** Closes the innermost open spans until so many are left. */
function* closings(open: NestedSpan[], left: number, framesOf: FramesOf): Generator<string> {
  while (open.length > left) {
    const span = open.pop();
    if (span === undefined) return;
    for (const frame of framesOf(span).toReversed()) yield eventText('C', frame, span.endNs);
  }
}

function eventText(type: 'O' | 'C', frame: number, at: number): string {
  return `{"type":"${type}","frame":${frame},"at":${at}}`;
}

/** The frames of a span, the outer one first. */
type FramesOf = (span: Span) => readonly number[];

/** The frames that all profiles share: the kinds, each at its code, and after them all labels. */
class Frames {
  readonly shared: readonly object[];
  /** For each recording, the frame of its first label. */
  readonly #firstLabels = new Map<Recording, number>();

  constructor(recordings: readonly Recording[]) {
    const hasLabels = recordings.some(({ labels }) => labels !== null);
    const frames: object[] = (hasLabels ? SPAN_KINDS : TASK_SPAN_KINDS).map((name) => ({ name }));
    for (const recording of recordings) {
      this.#firstLabels.set(recording, frames.length);
      for (const { name, file, line } of recording.labels ?? []) {
        frames.push({ name, ...(file !== null && { file }), ...(line !== null && { line }) });
      }
    }
    this.shared = frames;
  }

  /** The frames of a span of a recording. */
  of(recording: Recording, span: Span): number[] {
    const kind = KIND_CODE[span.kind];
    const isLabelled = labelOf(recording.labels, span) !== undefined;
    return isLabelled ? [kind, (this.#firstLabels.get(recording) ?? 0) + span.task] : [kind];
  }
}
