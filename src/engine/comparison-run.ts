import {
  comparedParameters,
  comparisonOrder,
  VARIANTS,
  type Compared,
  type Variant,
} from '../experiment/variants.js';
import type { Parameters } from '../experiment/parameters.js';
import type { Progress } from '../experiment/progress.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import type { Engine } from './engine.js';
import { runRounds } from './rounds.js';

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
  /** How far the variant that is running is. */
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
 * Measures the variants of a comparison by rounds, each in random order that follows from the seed (see
 * comparisonOrder). Where it is stopped, what makes no whole round is left out.
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
  const order = comparisonOrder(parameters);
  const { outcome, records } = await runRounds(
    engine,
    {
      runs: VARIANTS.map((variant) => variants[variant]),
      nextRound: (round) => order[round]?.map((variant) => VARIANTS.indexOf(variant)) ?? null,
    },
    {
      signal,
      listener: {
        onRun: (run, round, soFar) => {
          listener?.onVariant?.(variantAt(run), round, comparedOf(soFar));
        },
        onProgress: (run, round, progress) => {
          listener?.onProgress?.(variantAt(run), round, progress);
        },
      },
    },
  );
  return { outcome, records: records && comparedOf(records) };
}

function variantAt(run: number): Variant {
  return VARIANTS[run] ?? 'serial';
}

/** A list in the order of VARIANTS by its variants. */
function comparedOf<Value>(values: readonly Value[]): Compared<Value> {
  const entries = VARIANTS.map((variant, run) => [variant, values[run]]);
  return Object.fromEntries(entries) as Compared<Value>;
}
