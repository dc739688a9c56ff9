/**
 * The formats that recordings are exported in: flags, menu, palette, dialogs and requests follow from
 * this list, and `writers.ts` writes them. It is data alone, so that every process can know it.
 */

/** What of recordings a format holds; a table is of several side by side, and a sweep alone has wall times by themselves. */
export type Content = 'tasks' | 'spans' | 'report' | 'table' | 'walls' | 'recording';

/** A format, as users know it. */
export interface Format {
  /** What is exported, as it stands after `Export`: `spans as CSV`. */
  readonly label: string;
  /** The kind of file, for dialogs. */
  readonly name: string;
  readonly extension: string;
  /** What the proposed name has before the extension, so that exports of one recording differ. */
  readonly suffix: string;
  readonly content: Content;
  /** What the command line's help says of its flag, which is its id. */
  readonly help: string;
  /** Without a path, the flag writes to standard output. */
  readonly isPathOptional?: true;
  /** Other words by which people look for it, in lower case. */
  readonly synonyms: string;
  /** Gilscope opens it again. */
  readonly isReadable?: true;
}

/** Every format by its id. */
export const FORMATS = {
  json: {
    label: 'report as JSON',
    name: 'JSON',
    extension: 'json',
    suffix: '',
    content: 'report',
    help: 'write the report as JSON to a file, or to standard output: -',
    synonyms: 'save download figures results',
  },
  csv: {
    label: 'CSV',
    name: 'CSV',
    extension: 'csv',
    suffix: '',
    content: 'tasks',
    help: 'write a row for each task as CSV to a file',
    synonyms: 'save download tasks table spreadsheet',
  },
  spans: {
    label: 'spans as CSV',
    name: 'CSV',
    extension: 'csv',
    suffix: '-spans',
    content: 'spans',
    help: 'write a row for each span as CSV to a file',
    synonyms: 'save download timeline trace',
  },
  trace: {
    label: 'spans for Perfetto',
    name: 'Trace Event JSON',
    extension: 'json',
    suffix: '-trace',
    content: 'spans',
    help: 'write the spans as Chrome Trace Event JSON, which Perfetto opens, to a file',
    synonyms: 'save download chrome trace event json',
  },
  speedscope: {
    label: 'spans for speedscope',
    name: 'speedscope',
    extension: 'speedscope.json',
    suffix: '',
    content: 'spans',
    help: 'write the spans in the format of speedscope to a file',
    synonyms: 'save download flame graph profile',
  },
  save: {
    label: 'recording',
    name: 'Gilscope recording',
    extension: 'gilscope',
    suffix: '',
    content: 'recording',
    help: 'save the recording to a file, which Gilscope opens again, or to standard output: -',
    synonyms: 'keep store',
    isReadable: true,
  },
  markdown: {
    label: 'table as Markdown',
    name: 'Markdown',
    extension: 'md',
    suffix: '',
    content: 'table',
    help: 'write the table for a paper or a README to a file, or else to standard output',
    isPathOptional: true,
    synonyms: 'save download readme paper',
  },
  walls: {
    label: 'wall times as CSV',
    name: 'CSV',
    extension: 'csv',
    suffix: '-walls',
    content: 'walls',
    help: 'write a row for each repeat of each cell as CSV to a file',
    synonyms: 'save download sweep repeats rounds times',
  },
} as const satisfies Record<string, Format>;

export type FormatId = keyof typeof FORMATS;

/** A format of text of runs: all but recordings, which are archives (src/storage), and what a sweep alone has. */
export type TextFormatId = {
  [Id in FormatId]: (typeof FORMATS)[Id]['content'] extends 'recording' | 'walls' ? never : Id;
}[FormatId];

export const FORMAT_IDS = Object.keys(FORMATS) as readonly FormatId[];
/** The formats of runs. */
export const RECORDING_FORMATS = FORMAT_IDS.filter((id) => formatOf(id).content !== 'walls');
export const TEXT_FORMATS = RECORDING_FORMATS.filter(isText);

/** The formats of text that a sweep is written in, where CSV has a row for each cell. */
export const SWEEP_FORMATS = [
  'json',
  'csv',
  'markdown',
  'walls',
] as const satisfies readonly FormatId[];
export type SweepFormatId = (typeof SWEEP_FORMATS)[number];

/** Returns what is known of a format. */
export function formatOf(id: FormatId): Format {
  return FORMATS[id];
}

function isText(id: FormatId): id is TextFormatId {
  return formatOf(id).content !== 'recording';
}
