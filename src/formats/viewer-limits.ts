import { KIND_CODE, SPAN_WORDS, halvesOf } from '../recording/spans.js';
import { hasOneOrder, type Recording } from '../recording/recording.js';
import { formatBytes } from '../base/units.js';
import { longestWallNs, repeatsIn, type SpanPart } from './span-part.js';

/** Files that are made for a viewer, which opens them up to some size only. */
export const VIEWERS = {
  /** It reads a file into one text, and V8's texts have no more characters. */
  speedscope: { name: 'speedscope', mostBytes: 2 ** 29 },
  /** Its memory is a WebAssembly's of 4 GiB, in which the file and what is made of it stand. */
  trace: { name: 'Perfetto', mostBytes: 2e9 },
} as const;

export type ViewerFormat = keyof typeof VIEWERS;

/**
 * Says that a file would be larger than its viewer opens; null where it is not. The size is estimated
 * from the number of spans, before anything is written.
 */
export function viewerCaution(
  format: ViewerFormat,
  records: readonly Recording[],
  part: SpanPart,
): string | null {
  const { name, mostBytes } = VIEWERS[format];
  const bytes = expectedBytes(format, records, part);
  return bytes <= mostBytes
    ? null
    : `The file for ${name} will have about ${formatBytes(bytes)}, ` +
        `and ${name} opens no more than about ${formatBytes(mostBytes)}`;
}

/** How many bytes a file of spans will have, within a tenth. */
export function expectedBytes(
  format: ViewerFormat,
  records: readonly Recording[],
  part: SpanPart,
): number {
  const endNs = Math.min(part.range?.endNs ?? Infinity, longestWallNs(records, part));
  const digits = String(Math.round(endNs)).length;
  return records.reduce((bytes, record) => {
    const { spans, holds } = countSpans(record, part);
    // Each span is opened and closed by an event such as `{"type":"O","frame":3,"at":123456},`, and
    // so is its label.
    const frames = record.labels === null ? 1 : 2;
    if (format === 'speedscope') return bytes + 2 * frames * spans * (31 + digits);
    const events = spans + (hasOneOrder(record.description.locks) ? holds : 0);
    return bytes + events * TRACE_EVENT_BYTES;
  }, 0);
}

/** An event such as `{"ph":"X","pid":1000,"tid":1,"ts":…,"dur":…,"name":"hold","cat":"task 12"},`. */
const TRACE_EVENT_BYTES = 113;

/**
 * Counts what is written of a record: all spans, and the holds among them. There may be tens of
 * millions, so that they are not decoded.
 */
function countSpans(record: Recording, part: SpanPart): SpanCount {
  const fromNs = part.range?.startNs ?? 0;
  const toNs = part.range?.endNs ?? Infinity;
  let spans = 0;
  let holds = 0;
  for (const words of repeatsIn(record, part).flatMap(([, repeat]) => repeat.spans)) {
    const halves = halvesOf(words);
    for (let word = 0; word < words.length; word += SPAN_WORDS) {
      if ((words[word] ?? 0) >= toNs || (words[word + 1] ?? 0) < fromNs) continue;
      spans += 1;
      // The kind is the last half word's first byte.
      if (((halves[2 * word + 5] ?? 0) & 0xff) === KIND_CODE.hold) holds += 1;
    }
  }
  return { spans, holds };
}

interface SpanCount {
  readonly spans: number;
  readonly holds: number;
}
