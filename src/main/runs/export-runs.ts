import { documentsOf } from '../../experiment/documents.js';
import { comparisonFileName, runFileName, today } from '../../experiment/file-name.js';
import type { ExperimentRecording } from '../../experiment/recording.js';
import { formatOf, type TextFormatId } from '../../formats/registry.js';
import type { SpanPart } from '../../formats/span-part.js';
import { contentsOf, WRITERS } from '../../formats/writers.js';
import type { ResponseOf } from '../../ipc/index.js';
import { saveAs } from '../save-as.js';
import { mayGoOn } from '../save-dialog.js';

/**
 * Asks where to, and exports a run there, or the runs of a comparison in the order of its table. Asks
 * before that whether to write a file that its viewer could not open.
 *
 * @throws Error where spans are wanted that are no longer kept; FileError if the system refuses: the
 *   old file, if any, is then untouched
 */
export async function exportRuns(
  recordings: readonly ExperimentRecording[],
  format: TextFormatId,
  part: SpanPart,
): Promise<ResponseOf<'exportRuns'>> {
  const { label, name, extension, suffix, content } = formatOf(format);
  if (content === 'spans') refuseEvicted(recordings);
  const { write, rows, caution } = WRITERS[format];
  const subject = { recordings, part, ...documentsOf(recordings) };
  if (!contentsOf(subject).includes(content)) {
    throw new Error(`There is no ${content} of ${nameOf(recordings)}.`);
  }
  if (!(await isWanted(caution?.(subject) ?? null))) return { status: 'cancelled' };
  const path = await saveAs({
    title: `Export ${nameOf(recordings)}: ${label}`,
    name: `${fileNameOf(recordings)}${suffix}`,
    format: { name, extension },
    pieces: write(subject),
  });
  return path === null
    ? { status: 'cancelled' }
    : { status: 'saved', path, rows: rows?.(subject) ?? null };
}

function refuseEvicted(recordings: readonly ExperimentRecording[]): void {
  const evicted = recordings.find(({ repeats }) => repeats.some(({ spans }) => spans.length === 0));
  if (evicted === undefined) return;
  throw new Error(`The spans of run ${evicted.number} were let go to save memory: run it again.`);
}

/** Whether a file is to be written in spite of what there is to know before. */
async function isWanted(caution: string | null): Promise<boolean> {
  if (caution === null) return true;
  const detail = 'One repeat, or a range that is selected in its timeline, makes a smaller file.';
  return mayGoOn(`${caution}.`, detail, 'Write it');
}

function nameOf(recordings: readonly ExperimentRecording[]): string {
  const [first] = recordings;
  return recordings.length === 1 ? `run ${first?.number}` : 'the comparison';
}

function fileNameOf(recordings: readonly ExperimentRecording[]): string {
  const last = recordings.at(-1);
  if (last === undefined) throw new RangeError('there is no run to export');
  const { parameters } = last.source;
  return recordings.length === 1
    ? runFileName(parameters, today())
    : comparisonFileName(parameters, today());
}
