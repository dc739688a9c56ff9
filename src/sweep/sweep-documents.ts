import type { ExperimentRecording } from '../experiment/recording.js';
import type { SweepFormatId } from '../formats/registry.js';
import { jsonText } from '../formats/json.js';
import { sweepCsv, wallsCsv } from './sweep-csv.js';
import { sweepMarkdown } from './sweep-markdown.js';
import { sweepReport, type Sweep } from './sweep.js';

/** Returns what makes each text that a sweep is exported as, in pieces. */
export function sweepDocuments(
  found: () => Sweep,
  recordings: readonly ExperimentRecording[],
): Readonly<Record<SweepFormatId, () => Iterable<string>>> {
  return {
    json: () => jsonText(sweepReport(found(), recordings)),
    csv: () => sweepCsv(found()),
    walls: () => wallsCsv(found()),
    markdown: () => [sweepMarkdown(found())],
  };
}
