import { version } from '../../package.json';
import { runComparison, type Engine } from '../engine/index.js';
import { comparedParameters, VARIANTS } from '../experiment/variants.js';
import { configurationLabel } from '../experiment/labels.js';
import type { Parameters } from '../experiment/parameters.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import type { SpanPart } from '../formats/span-part.js';
import type { ExperimentFile } from '../storage/recording-file.js';
import type { Findings } from './exports.js';
import { findingsOf } from './findings.js';
import type { ProgressLine } from './progress-line.js';

/** What a command works with. */
export interface CommandContext {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly progress: ProgressLine;
  /** The part of the spans that is exported. */
  readonly part: SpanPart;
}

/** Runs experiments with a set of parameters. Throws the signal's reason where that aborts it. */
export type CommandAction = (parameters: Parameters, context: CommandContext) => Promise<Findings>;

/** `run`: one run and its report. */
export const run: CommandAction = async (parameters, context) => {
  const record = await measure(parameters, context);
  return findingsOf({ ...aboutNow(), kind: 'run', recordings: [record] }, context.part);
};

/**
 * `compare`: the same matrices in four variants, interleaved.
 *
 * @throws MemoryError before the first run, if one of them does not fit
 */
export const compare: CommandAction = async (parameters, { engine, signal, progress, part }) => {
  const variants = comparedParameters(parameters);
  try {
    const { records } = await runComparison(engine, parameters, {
      signal,
      listener: {
        onProgress(variant, round, now) {
          const label = `round ${round + 1} of ${parameters.repeats}, ${configurationLabel(variants[variant])}: `;
          progress.show(now, label);
        },
      },
    });
    signal.throwIfAborted();
    if (records === null) throw new Error('the comparison ended without a round');
    const recordings = VARIANTS.map((variant) => records[variant]);
    return findingsOf({ ...aboutNow(), kind: 'comparison', recordings }, part);
  } finally {
    progress.clear();
  }
};

/** What a saved recording says of when and by what it was made. */
function aboutNow(): Pick<ExperimentFile, 'created' | 'note' | 'version'> {
  return { created: new Date().toISOString(), note: '', version };
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
