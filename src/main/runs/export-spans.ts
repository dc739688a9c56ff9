import { runFileName, today } from '../../experiment/file-name.js';
import type { ExperimentRecording } from '../../experiment/recording.js';
import { spanCsv } from '../../formats/span-csv.js';
import type { SpanPart } from '../../formats/span-part.js';
import { speedscopeFile } from '../../formats/speedscope.js';
import { traceEvents } from '../../formats/trace-events.js';
import { viewerCaution } from '../../formats/viewer-limits.js';
import type { ResponseOf, SpanFormat } from '../../ipc/index.js';
import { mayGoOn } from '../save-dialog.js';
import { saveAs } from './export-runs.js';

/** Each format: what it is called, the end of its files' names, its text, and whether a viewer reads it. */
const FORMATS = {
  csv: { name: 'CSV', suffix: '-spans', extension: 'csv', write: spanCsv, viewed: null },
  trace: {
    name: 'Trace Event JSON',
    suffix: '-trace',
    extension: 'json',
    write: traceEvents,
    viewed: 'trace',
  },
  speedscope: {
    name: 'speedscope',
    suffix: '',
    extension: 'speedscope.json',
    write: speedscopeFile,
    viewed: 'speedscope',
  },
} as const;

/**
 * Asks where to, and writes a part of a run's spans there. Asks before that whether to write a file
 * that its viewer could not open.
 *
 * @throws Error where the spans are no longer kept; FileError if the system refuses
 */
export async function exportSpans(
  record: ExperimentRecording,
  format: SpanFormat,
  part: SpanPart,
): Promise<ResponseOf<'exportSpans'>> {
  if (record.repeats.some(({ spans }) => spans.length === 0)) {
    throw new Error(`The spans of run ${record.number} were let go to save memory: run it again.`);
  }
  const { name, suffix, extension, write, viewed } = FORMATS[format];
  const caution = viewed === null ? null : viewerCaution(viewed, [record], part);
  if (caution !== null) {
    const detail = 'One repeat, or a range that is selected in its timeline, makes a smaller file.';
    if (!(await mayGoOn(`${caution}.`, detail, 'Write it'))) return { status: 'cancelled' };
  }
  const path = await saveAs({
    title: `Export the spans of run ${record.number}`,
    name: `${runFileName(record.source.parameters, today())}${suffix}`,
    format: { name, extension },
    pieces: write([record], part),
  });
  return path === null ? { status: 'cancelled' } : { status: 'saved', path };
}
