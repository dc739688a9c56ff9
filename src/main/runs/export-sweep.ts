import { sweepFileName, today } from '../../experiment/file-name.js';
import type { ExperimentRecording } from '../../experiment/recording.js';
import { formatOf, type SweepFormatId } from '../../formats/registry.js';
import type { ResponseOf } from '../../ipc/index.js';
import type { Axes } from '../../sweep/axes.js';
import { sweepDocuments } from '../../sweep/sweep-documents.js';
import { sweepSteps } from '../../sweep/sweep.js';
import { saveAs } from '../save-as.js';
import { inSlices } from './in-slices.js';

/**
 * Asks where to, and exports a sweep there.
 *
 * @throws FileError if the system refuses: the old file, if any, is then untouched
 */
export async function exportSweep(
  axes: Axes,
  recordings: readonly ExperimentRecording[],
  format: SweepFormatId,
): Promise<ResponseOf<'exportSweep'>> {
  const { label, name, extension, suffix } = formatOf(format);
  const sweep = await inSlices(sweepSteps(axes, recordings));
  const path = await saveAs({
    title: `Export ${label}`,
    name: `${sweepFileName(recordings.length, today())}${suffix}`,
    format: { name, extension },
    pieces: sweepDocuments(() => sweep, recordings)[format](),
  });
  return path === null
    ? { status: 'cancelled' }
    : { status: 'saved', path, rows: rowsOf(recordings, format) };
}

/** How many rows a format has, where it is a table of cells or of their repeats. */
function rowsOf(recordings: readonly ExperimentRecording[], format: SweepFormatId): number | null {
  if (format === 'csv') return recordings.length;
  if (format !== 'walls') return null;
  return recordings.reduce((sum, { repeats }) => sum + repeats.length, 0);
}
