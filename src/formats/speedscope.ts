import type { Recording } from '../recording/recording.js';
import { KIND_CODE, SPAN_KINDS } from '../recording/spans.js';
import { laneLabel, repeatLabel } from './labels.js';
import { spansByLane } from './lane-spans.js';
import { nestedInStretches, type NestedSpan } from './nested-spans.js';
import { inPieces } from './pieces.js';
import { ALL_SPANS, longestWallNs, repeatsIn, type SpanPart } from './span-part.js';

/** The format's name for itself, which every file must bear. */
const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';

/** The frames that all profiles share; a kind's frame is its code. */
const FRAMES = SPAN_KINDS.map((name) => ({ name }));

/**
 * The spans of runs as a file of the profile viewer speedscope, in its own evented format
 * (file-format-schema.json of its release): one profile for each lane of each repeat, all from 0
 * to the end of the longest repeat, or those of the range, in nanoseconds. Frames are the kinds of span, so that the
 * viewer adds up what is alike.
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
  const head = { $schema: SCHEMA, exporter: 'gilscope', shared: { frames: FRAMES } };
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
        yield* profileTexts({ name, startValue, endValue }, stretches);
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
): Generator<string> {
  const head = { type: 'evented', name, unit: 'nanoseconds', startValue, endValue };
  yield `${JSON.stringify(head).slice(0, -1)},"events":[`;
  let separator = '\n';
  for (const event of laneEvents(stretches)) {
    yield separator + event;
    separator = ',\n';
  }
  yield ']}';
}

/** Opens and closes each span, inner ones closed before outer ones. */
function* laneEvents(stretches: Iterable<Float64Array>): Generator<string> {
  const open: NestedSpan[] = [];
  for (const span of nestedInStretches(stretches)) {
    yield* closings(open, span.depth);
    yield eventText('O', span, span.startNs);
    open.push(span);
  }
  yield* closings(open, 0);
}

/** Closes the innermost open spans until so many are left. */
function* closings(open: NestedSpan[], left: number): Generator<string> {
  while (open.length > left) {
    const span = open.pop();
    if (span !== undefined) yield eventText('C', span, span.endNs);
  }
}

function eventText(type: 'O' | 'C', { kind }: NestedSpan, at: number): string {
  return `{"type":"${type}","frame":${KIND_CODE[kind]},"at":${at}}`;
}
