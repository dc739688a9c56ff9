import type { ExperimentRecording } from '../../experiment/recording.js';
import { comparisonOf } from '../../experiment/comparison.js';
import type { Compared } from '../../experiment/variants.js';
import type { ComparisonFormat, ResponseOf } from '../../ipc/index.js';
import { comparisonMarkdown } from '../../experiment/comparison-markdown.js';
import { jsonText } from '../../formats/json.js';
import { taskCsv, taskCsvRowCount } from '../../formats/task-csv.js';
import { writePieces } from '../../files/files.js';
import type { Pieces } from '../../files/streams.js';
import { comparisonFileName, runFileName, today } from '../../experiment/file-name.js';
import { askForPath, type ProposedFile } from '../save-dialog.js';

/** Aborted when the app quits, so that no part of a file is left. */
const quitting = new AbortController();

/** Exports that are being written. */
const underWay = new Set<Promise<void>>();

/** Gives up the exports that are being written; resolves when their parts are gone. */
export async function abortExports(): Promise<void> {
  quitting.abort(new Error('the app was closed'));
  await Promise.allSettled(underWay);
}

async function writing(work: Promise<void>): Promise<void> {
  underWay.add(work);
  try {
    await work;
  } finally {
    underWay.delete(work);
  }
}

/** A file to be written where the user says. */
export interface NewFile extends ProposedFile {
  readonly pieces: Pieces;
}

/** A text that a run or a comparison is exported as. */
interface Export extends NewFile {
  /** Rows of what is written, for the message. */
  readonly rows: number;
}

/**
 * Asks where to, and writes a run's tasks there as CSV.
 *
 * @throws FileError if the system refuses; the old file, if any, is then untouched
 */
export async function exportCsv(record: ExperimentRecording): Promise<ExportResult> {
  return save({
    title: `Export the tasks of run ${record.number}`,
    name: runFileName(record.source.parameters, today()),
    format: { name: 'CSV', extension: 'csv' },
    pieces: taskCsv([record]),
    rows: taskCsvRowCount([record]),
  });
}

const FORMAT_NAMES = { csv: 'CSV', json: 'JSON', md: 'Markdown' } as const;

/**
 * Asks where to, and writes a comparison there: its table as Markdown, all of its figures and
 * results as JSON, or the tasks of its runs as CSV.
 *
 * @throws FileError if the system refuses; the old file, if any, is then untouched
 */
export async function exportComparison(
  records: Compared<ExperimentRecording>,
  format: ComparisonFormat,
): Promise<ExportResult> {
  return save({
    title: `Export the comparison as ${FORMAT_NAMES[format]}`,
    name: comparisonFileName(records.executor.source.parameters, today()),
    format: { name: FORMAT_NAMES[format], extension: format },
    ...comparisonText(records, format),
  });
}

function comparisonText(
  records: Compared<ExperimentRecording>,
  format: ComparisonFormat,
): Pick<Export, 'pieces' | 'rows'> {
  const runs = Object.values(records);
  switch (format) {
    case 'csv':
      return { pieces: taskCsv(runs), rows: taskCsvRowCount(runs) };
    case 'json':
      return { pieces: jsonText(comparisonOf(records)), rows: runs.length };
    case 'md':
      return { pieces: [comparisonMarkdown(comparisonOf(records))], rows: runs.length };
  }
}

type ExportResult = ResponseOf<'exportCsv'>;

async function save({ rows, ...file }: Export): Promise<ExportResult> {
  const path = await saveAs(file);
  return path === null ? { status: 'cancelled' } : { status: 'saved', path, rows };
}

/**
 * Asks where to, and writes a file there; gives its path, or null where the user would not.
 *
 * @throws FileError if the system refuses; the old file, if any, is then untouched
 */
export async function saveAs({ pieces, ...file }: NewFile): Promise<string | null> {
  const path = await askForPath(file);
  if (path !== null) await writing(writePieces(path, pieces, quitting.signal));
  return path;
}
