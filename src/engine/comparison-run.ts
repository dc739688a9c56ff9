import type { ExperimentRecording } from '../experiment/recording.js';
import { mergeRecords } from '../experiment/comparison.js';
import {
  comparedParameters,
  comparisonOrder,
  mapCompared,
  VARIANTS,
  type Compared,
  type Variant,
} from '../experiment/variants.js';
import type { Progress } from '../experiment/progress.js';
import type { Parameters } from '../experiment/parameters.js';
import type { Engine } from './engine.js';

/** What a comparison needs from outside. */
export interface ComparisonOptions {
  /** Ends it where it aborts. */
  readonly signal: AbortSignal;
  readonly listener?: ComparisonListener;
}

/** Events of a running comparison. */
export interface ComparisonListener {
  /** A variant is about to be measured; `records` are those of the rounds so far. */
  onVariant?(
    variant: Variant,
    round: number,
    records: Compared<readonly ExperimentRecording[]>,
  ): void;
  /** How far the variant that is being measured has come. */
  onProgress?(variant: Variant, round: number, progress: Progress): void;
}

/**
 * How a comparison ended. Its records have the rounds that were completed; null where none was.
 * They are numbered from 1 in the order of VARIANTS, whichever was measured first.
 */
export interface ComparisonOutcome {
  readonly outcome: 'done' | 'stopped';
  readonly records: Compared<ExperimentRecording> | null;
}

/**
 * Measures the variants of a comparison by rounds, one repeat of each variant a round in random order, so
 * that a machine that slows down meanwhile does so for all alike. The order follows from the seed
 * (see comparisonOrder). The warm-ups are in the first round. Where it is stopped, what makes no whole round is left out.
 *
 * @throws EngineBusyError or WorkerError, and MemoryError before the first run if one does not fit;
 *   the engine stays usable
 */
export async function runComparison(
  engine: Pick<Engine, 'reserve' | 'run' | 'stop'>,
  parameters: Parameters,
  { signal, listener }: ComparisonOptions,
): Promise<ComparisonOutcome> {
  const variants = comparedParameters(parameters);
  const spanBytes =
    engine.reserve(Object.values(variants)) / (VARIANTS.length * parameters.repeats);
  const records = mapCompared(variants, () => new Array<ExperimentRecording>());
  const stop = () => {
    engine.stop();
  };
  signal.addEventListener('abort', stop);
  try {
    for (const [round, order] of comparisonOrder(parameters).entries()) {
      const warmup = round === 0 ? parameters.warmup : 0;
      for (const variant of order) {
        if (signal.aborted) return stopped(variants, records, round);
        listener?.onVariant?.(variant, round, records);
        const { record } = await engine.run(
          { ...variants[variant], repeats: 1, warmup },
          {
            onProgress: (_, progress) => {
              listener?.onProgress?.(variant, round, progress);
            },
          },
          spanBytes,
        );
        if (record !== null) records[variant].push(record);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) return stopped(variants, records, parameters.repeats);
  return { outcome: 'done', records: merged(variants, records) };
}

/** What is left of a comparison that was stopped: the rounds that each variant completed. */
function stopped(
  variants: Compared<Parameters>,
  records: Compared<readonly ExperimentRecording[]>,
  round: number,
): ComparisonOutcome {
  const rounds = Math.min(round, ...VARIANTS.map((variant) => records[variant].length));
  const whole = mapCompared(records, (ofVariant) => ofVariant.slice(0, rounds));
  return { outcome: 'stopped', records: merged(variants, whole) };
}

function merged(
  variants: Compared<Parameters>,
  records: Compared<readonly ExperimentRecording[]>,
): Compared<ExperimentRecording> | null {
  if (VARIANTS.some((variant) => records[variant].length === 0)) return null;
  return mapCompared(records, (ofVariant, variant) =>
    mergeRecords(VARIANTS.indexOf(variant) + 1, variants[variant], ofVariant),
  );
}
