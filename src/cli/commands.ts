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
import { comparisonText } from './comparison-text.js';
import type { ExportTexts } from './exports.js';
import type { ProgressLine } from './progress-line.js';
import { runText } from './run-text.js';

/** What a command works with. */
export interface CommandContext {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
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
    exports: { json: () => jsonText(reportOf(record)), ...recordExports([record]) },
  };
};

/**
 * `compare`: the same matrices in four ways, interleaved.
 *
 * @throws MemoryError before the first run, if one of them does not fit
 */
export const compare: CommandAction = async (parameters, { engine, signal, progress }) => {
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
        json: () => jsonText(comparison),
        markdown: () => [comparisonMarkdown(comparison)],
        ...recordExports(Object.values(records)),
      },
    };
  } finally {
    progress.clear();
  }
};

/** The exports that are made from the records as they are. */
function recordExports(records: readonly ExperimentRecording[]): ExportTexts {
  return {
    csv: () => taskCsv(records),
    spans: () => spanCsv(records),
    trace: () => traceEvents(records),
    speedscope: () => speedscopeFile(records),
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
