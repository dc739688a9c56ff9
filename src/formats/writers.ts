import type { Recording } from '../recording/recording.js';
import { jsonText } from './json.js';
import type { Content, TextFormatId } from './registry.js';
import { spanCsv } from './span-csv.js';
import type { SpanPart } from './span-part.js';
import { speedscopeFile } from './speedscope.js';
import { taskCsv, taskCsvRowCount } from './task-csv.js';
import { traceEvents } from './trace-events.js';
import { viewerCaution } from './viewer-limits.js';

/** The texts of a recording, or of several, that its source alone can make. */
export interface Documents {
  readonly report: () => object;
  /** The recordings side by side, as Markdown; null of one alone. */
  readonly table: (() => string) | null;
}

/** What is exported: recordings, one or several, and what their source says of them. */
export interface Subject extends Documents {
  readonly recordings: readonly Recording[];
  /** The part of the spans that is exported. */
  readonly part: SpanPart;
}

/** Writes a format of text. */
export interface Writer {
  /** Makes the text in pieces, as they are asked for. */
  readonly write: (subject: Subject) => Iterable<string>;
  /** How many rows it has, where it is a table of tasks. */
  readonly rows?: (subject: Subject) => number;
  /** Says what to know before it is written: that its viewer could not open it, above all. */
  readonly caution?: (subject: Subject) => string | null;
}

/** What writes each format of text. */
export const WRITERS: Readonly<Record<TextFormatId, Writer>> = {
  json: { write: ({ report }) => jsonText(report()) },
  csv: {
    write: ({ recordings }) => taskCsv(recordings),
    rows: ({ recordings }) => taskCsvRowCount(recordings),
  },
  spans: { write: ({ recordings, part }) => spanCsv(recordings, part) },
  trace: {
    write: ({ recordings, part }) => traceEvents(recordings, part),
    caution: ({ recordings, part }) => viewerCaution('trace', recordings, part),
  },
  speedscope: {
    write: ({ recordings, part }) => speedscopeFile(recordings, part),
    caution: ({ recordings, part }) => viewerCaution('speedscope', recordings, part),
  },
  markdown: { write: ({ table }) => (table === null ? [] : [table()]) },
};

/** What there is to export of recordings. */
export function contentsOf({ recordings, table }: Subject): Content[] {
  return [
    'report',
    'spans',
    'recording',
    ...(recordings.some(({ tasks }) => tasks !== null) ? (['tasks'] as const) : []),
    ...(table === null ? [] : (['table'] as const)),
  ];
}
