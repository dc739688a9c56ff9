import { mergeRecords } from '../experiment/comparison.js';
import type { Parameters } from '../experiment/parameters.js';
import type { Progress } from '../experiment/progress.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import type { Engine } from './engine.js';

/** Runs that are measured together, and what decides about their rounds. */
export interface RoundsPlan {
  /** Each with the repeats that it has at most: one a round. */
  readonly runs: readonly Parameters[];
  /**
   * Returns the places of the runs in the order in which a round, from 0, measures them, each once;
   * null ends the rounds. It may do something between the rounds that they wait for.
   */
  readonly nextRound: (round: number, records: RoundRecords) => RoundOrder | Promise<RoundOrder>;
  /** What others than the engine measure in each round; their places follow those of the runs. */
  readonly others?: readonly ((round: number) => Promise<void>)[];
}

/** The places of runs, or the end of the rounds. */
type RoundOrder = readonly number[] | null;

/** For each run, the records of its rounds so far, a repeat each. */
export type RoundRecords = readonly (readonly ExperimentRecording[])[];

/** What goes on while rounds are measured. */
export interface RoundsListener {
  /** A run is about to be measured. */
  onRun?(run: number, round: number, records: RoundRecords): void;
  /** How far the run is that is being measured. */
  onProgress?(run: number, round: number, progress: Progress): void;
  /** The matrices of a run had to be made, which took so long. */
  onGenerated?(run: number, round: number, generationNs: number): void;
}

/** What rounds need from outside. */
export interface RoundsOptions {
  /** Ends them where it aborts. */
  readonly signal: AbortSignal;
  readonly listener?: RoundsListener | undefined;
}

/**
 * How the rounds ended: for each run one recording of the rounds that all completed, numbered from 1
 * in the order of the runs; null where no round was completed.
 */
export interface RoundsOutcome {
  readonly outcome: 'done' | 'stopped';
  readonly records: readonly ExperimentRecording[] | null;
}

/**
 * Measures runs by rounds, one repeat of each a round, so that a machine that slows down meanwhile
 * does so for all alike. The warm-ups are in the first round. Where it is stopped, what makes no
 * whole round is left out.
 *
 * @throws EngineBusyError or WorkerError, and MemoryError before the first run if one does not fit;
 *   the engine stays usable
 */
export async function runRounds(
  engine: Pick<Engine, 'reserve' | 'run' | 'stop'>,
  { runs, nextRound, others = [] }: RoundsPlan,
  { signal, listener }: RoundsOptions,
): Promise<RoundsOutcome> {
  using reservation = engine.reserve(runs);
  const repeats = runs.reduce((sum, run) => sum + run.repeats, 0);
  const spanBytes = reservation.spanBytes / repeats;
  const records = runs.map(() => new Array<ExperimentRecording>());
  const stop = () => {
    engine.stop();
  };
  const isStopped = () => signal.aborted;
  signal.addEventListener('abort', stop);
  try {
    for (let round = 0; !isStopped(); round += 1) {
      const order = await nextRound(round, records);
      if (order === null) return { outcome: 'done', records: merged(runs, records) };
      for (const run of order) {
        await others[run - runs.length]?.(round);
        const parameters = runs[run];
        const ofRun = records[run];
        if (isStopped()) break;
        if (parameters === undefined || ofRun === undefined) continue;
        listener?.onRun?.(run, round, records);
        const { record } = await engine.run(
          { ...parameters, repeats: 1, warmup: round === 0 ? parameters.warmup : 0 },
          {
            onProgress: (_, progress) => {
              listener?.onProgress?.(run, round, progress);
            },
            onGenerated: (_, generationNs) => {
              listener?.onGenerated?.(run, round, generationNs);
            },
          },
          // Measuring the costs takes some 20 ms, of which a round of short repeats would be full.
          { spanBytes, takesKnownCosts: round > 0 },
        );
        if (record !== null) ofRun.push(sharing(ofRun[0], record));
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const rounds = Math.min(...records.map(({ length }) => length));
  return {
    outcome: 'stopped',
    records: merged(
      runs,
      records.map((ofRun) => ofRun.slice(0, rounds)),
    ),
  };
}

/** A record with the results of the first one, which are the same, so that they are kept once. */
function sharing(
  first: ExperimentRecording | undefined,
  record: ExperimentRecording,
): ExperimentRecording {
  if (first === undefined) return record;
  const { results } = first.source;
  return { ...record, tasks: first.tasks, source: { ...record.source, results } };
}

function merged(
  runs: readonly Parameters[],
  records: RoundRecords,
): readonly ExperimentRecording[] | null {
  if (records.some((ofRun) => ofRun.length === 0)) return null;
  return runs.map((parameters, run) => mergeRecords(run + 1, parameters, records[run] ?? []));
}
