import { documentsOf } from '../../experiment/documents.js';
import {
  comparisonFileName,
  namedFileName,
  runFileName,
  today,
} from '../../experiment/file-name.js';
import { isExperiment } from '../../experiment/recording.js';
import { formatOf, type TextFormatId } from '../../formats/registry.js';
import type { SpanPart } from '../../formats/span-part.js';
import { contentsOf, WRITERS, type Documents } from '../../formats/writers.js';
import { processFindings } from '../../process/report.js';
import { isProcess, type AnyRecording } from '../../storage/recording-file.js';
import type { ResponseOf } from '../../ipc/index.js';
import { saveAs } from '../save-as.js';
import { mayGoOn } from '../questions.js';

/**
 * Asks where to, and exports a run there, or the runs of a comparison in the order of its table. Asks
 * before that whether to write a file that its viewer could not open.
 *
 * @throws Error where spans are wanted that are no longer kept; FileError if the system refuses: the
 *   old file, if any, is then untouched
 */
export async function exportRuns(
  recordings: readonly AnyRecording[],
  format: TextFormatId,
  part: SpanPart,
): Promise<ResponseOf<'exportRuns'>> {
  const { label, name, extension, suffix, content } = formatOf(format);
  if (content === 'spans') refuseEvicted(recordings);
  const { write, rows, caution } = WRITERS[format];
  const subject = { recordings, part, ...documentsIn(recordings) };
  if (!contentsOf(subject).includes(content)) {
    throw new Error(`There is no ${content} of it to export.`);
  }
  if (!(await isWanted(caution?.(subject) ?? null))) return { status: 'cancelled' };
  const path = await saveAs({
    title: `Export ${label}`,
    name: `${fileNameOf(recordings)}${suffix}`,
    format: { name, extension },
    pieces: write(subject),
  });
  return path === null
    ? { status: 'cancelled' }
    : { status: 'saved', path, rows: rows?.(subject) ?? null };
}

function refuseEvicted(recordings: readonly AnyRecording[]): void {
  if (recordings.every(({ repeats }) => repeats.every(({ spans }) => spans.length > 0))) return;
  throw new Error('The spans were let go to save memory: run it again, or open its file again.');
}

/** Whether a file is to be written in spite of what there is to know before. */
async function isWanted(caution: string | null): Promise<boolean> {
  if (caution === null) return true;
  const detail = 'One repeat, or a range that is selected in its timeline, makes a smaller file.';
  return mayGoOn(`${caution}.`, detail, 'Write it');
}

/** What the source of recordings alone can make of them. */
function documentsIn(recordings: readonly AnyRecording[]): Documents {
  const [first] = recordings;
  return first !== undefined && isProcess(first)
    ? { report: () => processFindings(first).report, table: null }
    : documentsOf(recordings.filter(isExperiment));
}

function fileNameOf(recordings: readonly AnyRecording[]): string {
  const last = recordings.at(-1);
  if (last === undefined) throw new RangeError('there is no run to export');
  if (!isExperiment(last)) return namedFileName(last.description.label, today());
  const { parameters } = last.source;
  return recordings.length === 1
    ? runFileName(parameters, today())
    : comparisonFileName(parameters, today());
}
