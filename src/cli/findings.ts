import { comparisonMarkdown } from '../experiment/comparison-markdown.js';
import { comparisonOf, type Comparison } from '../experiment/comparison.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import { overviewOf, reportOf } from '../experiment/report.js';
import { jsonText } from '../formats/json.js';
import { spanCsv } from '../formats/span-csv.js';
import type { SpanPart } from '../formats/span-part.js';
import { speedscopeFile } from '../formats/speedscope.js';
import { taskCsv } from '../formats/task-csv.js';
import { traceEvents } from '../formats/trace-events.js';
import { viewerCaution, type ViewerFormat } from '../formats/viewer-limits.js';
import { recordingBytes, type ExperimentFile } from '../storage/recording-file.js';
import { comparisonText } from './comparison-text.js';
import type { ExportText, ExportTexts } from './exports.js';
import { checkPart } from './part-flags.js';
import { runText } from './run-text.js';

/** What a command found out, as text to read and as exports. Each is made when it is asked for. */
export interface Findings {
  readonly text: () => string;
  readonly exports: ExportTexts;
}

/** What a run or a comparison found out, just made or out of a file. */
export function findingsOf(file: ExperimentFile, part: SpanPart): Findings {
  const { kind, recordings } = file;
  const exports = {
    save: { pieces: () => recordingBytes(file) },
    ...recordExports(recordings, part),
  };
  if (kind === 'comparison') {
    const comparison = comparisonIn(recordings);
    return {
      text: () => comparisonText(comparison),
      exports: {
        json: { pieces: () => jsonText(comparison) },
        markdown: { pieces: () => [comparisonMarkdown(comparison)] },
        ...exports,
      },
    };
  }
  const [record] = recordings;
  if (record === undefined) throw new RangeError('there is no recording');
  return {
    text: () => runText(overviewOf(record)),
    exports: { json: { pieces: () => jsonText(reportOf(record)) }, ...exports },
  };
}

/** The comparison of recordings that stand in the order of its table. */
function comparisonIn(recordings: readonly ExperimentRecording[]): Comparison {
  const [serial, chunks, executor, gilHeld] = recordings;
  if (
    serial === undefined ||
    chunks === undefined ||
    executor === undefined ||
    gilHeld === undefined
  ) {
    throw new RangeError(`a comparison has four recordings, not ${recordings.length}`);
  }
  return comparisonOf({ serial, static: chunks, executor, gilHeld });
}

/** The exports that are made from the records as they are. */
function recordExports(records: readonly ExperimentRecording[], part: SpanPart): ExportTexts {
  const spans = (write: typeof spanCsv, viewed?: ViewerFormat): ExportText => ({
    pieces: () => {
      checkPart(part, records);
      return write(records, part);
    },
    caution: () => {
      const caution = viewed === undefined ? null : viewerCaution(viewed, records, part);
      return caution === null ? null : `${caution}; --repeat, --from and --to write a part`;
    },
  });
  return {
    csv: { pieces: () => taskCsv(records) },
    spans: spans(spanCsv),
    trace: spans(traceEvents, 'trace'),
    speedscope: spans(speedscopeFile, 'speedscope'),
  };
}
