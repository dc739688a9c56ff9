import type { ExperimentRecording } from '../experiment/recording.js';
import { runComparison, type Engine } from '../engine/index.js';
import { comparedParameters, comparisonOf } from '../experiment/comparison.js';
import { comparisonMarkdown } from '../experiment/comparison-markdown.js';
import { jsonText } from '../formats/json.js';
import { spanCsv } from '../formats/span-csv.js';
import { speedscopeFile } from '../formats/speedscope.js';
import { taskCsv } from '../formats/task-csv.js';
import { traceEvents } from '../formats/trace-events.js';
import type { Parameters } from '../experiment/parameters.js';
import { overviewOf, reportOf } from '../experiment/report.js';
import { configurationLabel } from '../experiment/labels.js';
import type { SpanPart } from '../formats/span-part.js';
import { viewerCaution, type ViewerFormat } from '../formats/viewer-limits.js';
import { comparisonText } from './comparison-text.js';
import type { ExportText, ExportTexts } from './exports.js';
import { checkPart } from './part-flags.js';
import type { ProgressLine } from './progress-line.js';
import { runText } from './run-text.js';

/** What a command works with. */
export interface CommandContext {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
  /** The part of the spans that is exported. */
  readonly part: SpanPart;
}

/** What a command found out, as text to read and as exports. Each is made when it is asked for. */
export interface Findings {
  readonly text: () => string;
  readonly exports: ExportTexts;
}

/** Runs experiments with a set of parameters. Throws the signal's reason where that aborts it. */
export type CommandAction = (parameters: Parameters, context: CommandContext) => Promise<Findings>;

/** `run`: one run and its report. */
export const run: CommandAction = async (parameters, context) => {
  const record = await measure(parameters, context);
  return {
    text: () => runText(overviewOf(record)),
    exports: {
      json: { pieces: () => jsonText(reportOf(record)) },
      ...recordExports([record], context.part),
    },
  };
};

/**
 * `compare`: the same matrices in four ways, interleaved.
 *
 * @throws MemoryError before the first run, if one of them does not fit
 */
export const compare: CommandAction = async (parameters, { engine, signal, progress, part }) => {
  const ways = comparedParameters(parameters);
  try {
    const { records } = await runComparison(engine, parameters, {
      signal,
      listener: {
        onProgress(way, round, now) {
          const label = `round ${round + 1} of ${parameters.repeats}, ${configurationLabel(ways[way])}: `;
          progress.show(now, label);
        },
      },
    });
    signal.throwIfAborted();
    if (records === null) throw new Error('the comparison ended without a round');
    const comparison = comparisonOf(records);
    return {
      text: () => comparisonText(comparison),
      exports: {
        json: { pieces: () => jsonText(comparison) },
        markdown: { pieces: () => [comparisonMarkdown(comparison)] },
        ...recordExports(Object.values(records), part),
      },
    };
  } finally {
    progress.clear();
  }
};

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

/** One run on the engine, with its progress on the terminal. */
async function measure(
  parameters: Parameters,
  { engine, signal, progress }: CommandContext,
): Promise<ExperimentRecording> {
  signal.throwIfAborted();
  const stop = () => {
    engine.stop();
  };
  signal.addEventListener('abort', stop);
  try {
    const { record } = await engine.run(parameters, {
      onProgress: (_, now) => {
        progress.show(now);
      },
    });
    signal.throwIfAborted();
    if (record === null) throw new Error('the run ended without a repeat');
    return record;
  } finally {
    signal.removeEventListener('abort', stop);
    progress.clear();
  }
}
