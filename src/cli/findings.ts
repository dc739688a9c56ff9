import { comparisonInOrder } from '../experiment/comparison.js';
import { pythonComparisonMarkdown } from '../experiment/python-comparison-markdown.js';
import { pythonComparisonOf } from '../experiment/python-comparison.js';
import { isExperiment } from '../experiment/recording.js';
import { documentsOf } from '../experiment/documents.js';
import { overviewOf } from '../experiment/report.js';
import { formatOf, TEXT_FORMATS } from '../formats/registry.js';
import type { SpanPart } from '../formats/span-part.js';
import { contentsOf, WRITERS, type Subject } from '../formats/writers.js';
import { processFindings } from '../process/report.js';
import {
  recordingBytes,
  type ProcessFile,
  type PythonComparisonFile,
  type RecordingFile,
  type RunsFile,
  type SweepFile,
} from '../storage/recording-file.js';
import { comparisonText } from './comparison-text.js';
import type { ExportText, ExportTexts, Findings } from './exports.js';
import { checkPart } from './part-flags.js';
import { pythonComparisonText } from './python-comparison-text.js';
import { processText } from './process-text.js';
import { runText } from './run-text.js';
import { sweepFindings } from './sweep-findings.js';

/** What was found out, just now or out of a file. */
export function findingsOf(file: RecordingFile, part: SpanPart): Findings {
  switch (file.kind) {
    case 'process':
      return programFindings(file, part);
    case 'python-comparison':
      return besideFindings(file, part);
    case 'sweep':
      return sweptFindings(file, part);
    case 'run':
    case 'comparison':
      return runFindings(file, part);
  }
}

/** What recording a program found out. */
function programFindings(file: ProcessFile, part: SpanPart): Findings {
  const { recordings } = file;
  const found = () => processFindings(recordings[0]);
  return {
    text: () => processText(recordings[0], found()),
    exports: {
      save: { pieces: () => recordingBytes(file) },
      ...exportTexts({ recordings, part, report: () => found().report, table: null }),
    },
  };
}

/** What a comparison with a Python found out. */
function besideFindings(file: PythonComparisonFile, part: SpanPart): Findings {
  const { recordings, python } = file;
  const found = () => pythonComparisonOf(recordings.filter(isExperiment), python);
  return {
    text: () => pythonComparisonText(found()),
    exports: {
      save: { pieces: () => recordingBytes(file) },
      ...exportTexts({
        recordings,
        part,
        report: found,
        table: () => pythonComparisonMarkdown(found()),
      }),
    },
  };
}

function sweptFindings(file: SweepFile, part: SpanPart): Findings {
  const { text, exports } = sweepFindings(file);
  const { recordings } = file;
  // Its own report and tables take the place of those of its recordings.
  const ofRecordings = exportTexts({ recordings, part, report: () => ({}), table: null });
  return { text, exports: { ...ofRecordings, ...exports } };
}

/** What a run or a comparison found out. */
function runFindings(file: RunsFile, part: SpanPart): Findings {
  const { kind, recordings } = file;
  const [first] = recordings;
  if (first === undefined) throw new RangeError('there is no recording');
  return {
    text: () =>
      kind === 'comparison'
        ? comparisonText(comparisonInOrder(recordings))
        : runText(overviewOf(first)),
    exports: {
      save: { pieces: () => recordingBytes(file) },
      ...exportTexts({ recordings, part, ...documentsOf(recordings) }),
    },
  };
}

/** The exports of what there is in recordings. */
export function exportTexts(subject: Subject): ExportTexts {
  const contents = contentsOf(subject);
  const offered = TEXT_FORMATS.filter((id) => contents.includes(formatOf(id).content));
  return Object.fromEntries(offered.map((id) => [id, exportText(id, subject)]));
}

function exportText(id: (typeof TEXT_FORMATS)[number], subject: Subject): ExportText {
  const { write, caution } = WRITERS[id];
  return {
    pieces: () => {
      if (formatOf(id).content === 'spans') checkPart(subject.part, subject.recordings);
      return write(subject);
    },
    caution: () => {
      const text = caution?.(subject) ?? null;
      return text === null ? null : `${text}; --repeat, --from and --to write a part`;
    },
  };
}
