import type { ExperimentRecording } from '../experiment/recording.js';
import { isLikeMachine } from '../sweep/machines.js';
import { warmupOf, type Shard, type SweepPlan } from '../sweep/plan.js';
import { portionOf } from '../sweep/shards.js';
import type { Engine } from './engine.js';
import { runRounds } from './rounds.js';
import { SweepRounds, type SweepEnd, type SweepOptions } from './sweep-rounds.js';

/** What of a sweep is to be measured. */
export interface SweepTask {
  readonly plan: SweepPlan;
  readonly shard: Shard;
  /** What was measured of it before, a recording for each cell; empty where nothing was. */
  readonly done: readonly ExperimentRecording[];
}

/** What a sweep measured. */
export interface SweepOutcome {
  readonly end: SweepEnd;
  /** For each cell all whole rounds, earlier ones included; empty where there is none. */
  readonly recordings: readonly ExperimentRecording[];
}

/** What is to be measured goes on where another machine began. */
export class OtherMachineError extends Error {
  override readonly name = 'OtherMachineError';

  constructor(cpu: string) {
    super(
      `it was begun on another machine or runtime (${cpu}), whose times do not go with those of this one`,
    );
  }
}

/**
 * Measures a part of a sweep by rounds in random order, from where earlier recordings end. Where it is
 * stopped, what makes no whole round is left out.
 *
 * @throws OtherMachineError where the earlier recordings are of one; EngineBusyError or WorkerError, and
 *   MemoryError before the first run if one does not fit
 */
export async function runSweep(
  engine: Pick<Engine, 'machine' | 'reserve' | 'run' | 'stop'>,
  task: SweepTask,
  options: SweepOptions,
): Promise<SweepOutcome> {
  const { plan, shard, done } = task;
  const [first] = done;
  if (first !== undefined && !isLikeMachine(first.machine, engine.machine)) {
    throw new OtherMachineError(first.machine.cpu);
  }
  const portion = portionOf(plan, shard);
  const rounds = new SweepRounds(plan, portion, done, options);
  if (rounds.left === 0) return { end: 'done', recordings: done };
  const warmup = warmupOf(plan.axes);
  const { outcome, records } = await runRounds(
    engine,
    {
      runs: portion.cells.map(({ parameters }) => ({
        ...parameters,
        repeats: rounds.left,
        warmup,
      })),
      nextRound: (round, soFar) => rounds.next(round, soFar),
    },
    { signal: options.signal, listener: rounds },
  );
  const end = outcome === 'stopped' ? 'stopped' : rounds.end;
  return {
    end,
    recordings:
      records === null
        ? done
        : rounds.joined(
            records.map((record) => [record]),
            end,
          ),
  };
}
