import type { ExperimentRecording } from '../experiment/recording.js';
import {
  comparedParameters,
  comparisonOrder,
  mapCompared,
  mergeRecords,
  WAYS,
  type Compared,
  type Way,
} from '../experiment/comparison.js';
import type { Progress } from '../experiment/progress.js';
import type { Parameters } from '../experiment/parameters.js';
import type { Engine } from './engine.js';

/** What a comparison needs from outside. */
export interface ComparisonOptions {
  /** Ends it where it aborts. */
  readonly signal: AbortSignal;
  readonly listener?: ComparisonListener;
}

/** What a comparison tells while it is on. */
export interface ComparisonListener {
  /** A way is about to be measured; `records` are those of the rounds so far. */
  onWay?(way: Way, round: number, records: Compared<readonly ExperimentRecording[]>): void;
  /** How far the way that is on is. */
  onProgress?(way: Way, round: number, progress: Progress): void;
}

/**
 * How a comparison ended. Its records have the rounds that were completed; null where none was.
 * They are numbered from 1 in the order of WAYS, whichever was measured first.
 */
export interface ComparisonOutcome {
  readonly outcome: 'done' | 'stopped';
  readonly records: Compared<ExperimentRecording> | null;
}

/**
 * Measures the ways of a comparison by rounds, one repeat of each way a round in random order, so
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
  const ways = comparedParameters(parameters);
  const spanBytes = engine.reserve(Object.values(ways)) / (WAYS.length * parameters.repeats);
  const records = mapCompared(ways, () => new Array<ExperimentRecording>());
  const stop = () => {
    engine.stop();
  };
  signal.addEventListener('abort', stop);
  try {
    for (const [round, order] of comparisonOrder(parameters).entries()) {
      const warmup = round === 0 ? parameters.warmup : 0;
      for (const way of order) {
        if (signal.aborted) return stopped(ways, records, round);
        listener?.onWay?.(way, round, records);
        const { record } = await engine.run(
          { ...ways[way], repeats: 1, warmup },
          {
            onProgress: (_, progress) => {
              listener?.onProgress?.(way, round, progress);
            },
          },
          spanBytes,
        );
        if (record !== null) records[way].push(record);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) return stopped(ways, records, parameters.repeats);
  return { outcome: 'done', records: merged(ways, records) };
}

/** What is left of a comparison that was stopped: the rounds that each way completed. */
function stopped(
  ways: Compared<Parameters>,
  records: Compared<readonly ExperimentRecording[]>,
  round: number,
): ComparisonOutcome {
  const rounds = Math.min(round, ...WAYS.map((way) => records[way].length));
  const whole = mapCompared(records, (ofWay) => ofWay.slice(0, rounds));
  return { outcome: 'stopped', records: merged(ways, whole) };
}

function merged(
  ways: Compared<Parameters>,
  records: Compared<readonly ExperimentRecording[]>,
): Compared<ExperimentRecording> | null {
  if (WAYS.some((way) => records[way].length === 0)) return null;
  return mapCompared(records, (ofWay, way) =>
    mergeRecords(WAYS.indexOf(way) + 1, ways[way], ofWay),
  );
}
