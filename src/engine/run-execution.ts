import type { ExperimentRepeat, RunYield } from '../experiment/recording.js';
import { sumsByLane } from '../experiment/lane-totals.js';
import type { Progress } from '../experiment/progress.js';
import type { Parameters } from '../experiment/parameters.js';
import { copyResults, copyTimings, type TaskResults } from '../experiment/task-table.js';
import { systemClock, toNanoseconds } from '../base/units.js';
import type { Interruptions, Suspension } from '../recording/interruptions.js';
import type { TaskTimings } from '../recording/recording.js';
import { CpuWatch } from './cpu-watch.js';
import { Drain } from './drain.js';
import type { LanePool } from './lane-pool.js';
import type { PreparedRun } from './run-memory.js';
import { QueueWatch } from './queue-watch.js';
import { schedulers } from './schedulers.js';
import { SuspensionWatch } from './suspension-watch.js';

/** Events of a run, all on the thread that started it. */
export interface RunListener {
  /** The run has been laid out and begins. */
  onStarted?(run: number, parameters: Parameters): void;
  /** How far it is; about 30 times a second. */
  onProgress?(run: number, progress: Progress): void;
  /** The matrices were made, which took so long; they may have been in memory, and then nothing is said. */
  onGenerated?(run: number, generationNs: number): void;
  /** A repeat, or a warm-up, begins; the spans that follow are its own. */
  onTimeline?(run: number, repeat: number, lanes: number, warmup: boolean): void;
  /**
   * Spans of the running repeat, packed (spans.ts), as they were drained; no more than a record
   * keeps.
   */
  onSpans?(run: number, words: Float64Array<ArrayBuffer>): void;
  /** A counted repeat was completed, and all of its spans are out. */
  onTimelineEnd?(run: number, repeat: number, record: ExperimentRepeat): void;
}

/** A run that has been laid out and has its pool: all that its execution needs. */
export interface RunContext {
  readonly run: number;
  readonly parameters: Parameters;
  readonly prepared: PreparedRun;
  readonly pool: LanePool;
  readonly listener: RunListener;
  /** Spans that a lane may keep in a repeat. */
  readonly spansOfLane: number;
}

const PULSES_PER_SECOND = 30;

/** When the first pulse comes, in ms: what has just begun is to be seen at once. */
const FIRST_PULSE_MS = 8;

/** Calls `pulse` soon, and then at an even pace, for as long as the work goes on. */
export async function withPulse<T>(work: Promise<T>, pulse: () => void): Promise<T> {
  const first = setTimeout(pulse, FIRST_PULSE_MS);
  const timer = setInterval(pulse, 1000 / PULSES_PER_SECOND);
  try {
    return await work;
  } finally {
    clearTimeout(first);
    clearInterval(timer);
  }
}

/** Has all workers generate the matrices in place, each a part. */
export async function generateMatrices(context: RunContext): Promise<void> {
  const { run, parameters, prepared, pool, listener } = context;
  prepared.clearTallies();
  const parts = pool.size;
  pool.employ(parts);
  const jobs = Array.from(
    { length: parts },
    (_, part) => ({ do: 'generate', part, parts }) as const,
  );
  await withPulse(pool.runAll(jobs), () => {
    const tasksDone = prepared.tasksDone();
    const tasks = parameters.matrices;
    listener.onProgress?.(run, { phase: 'generating', repeat: 0, repeats: 1, tasksDone, tasks });
  });
}

/**
 * Warm-up, then the counted repeats, until all are done or the run is stopped.
 *
 * @returns the completed repeats and their results; undefined where there is none
 */
export async function executeRepeats(
  context: RunContext,
): Promise<Pick<RunYield, 'repeats' | 'results'> | undefined> {
  const { parameters, prepared, pool } = context;
  pool.employ(prepared.layout.lanes);
  for (let repeat = 0; repeat < parameters.warmup && !prepared.stopping; repeat += 1) {
    await executeRepeat(context, 'warming up', repeat);
  }
  const repeats: ExperimentRepeat[] = [];
  let results: TaskResults | undefined;
  for (let repeat = 0; repeat < parameters.repeats && !prepared.stopping; repeat += 1) {
    const record = await executeRepeat(context, 'repeating', repeat);
    if (record === undefined) break;
    repeats.push(record);
    results ??= copyResults(prepared.table);
  }
  return results === undefined ? undefined : { repeats, results };
}

/**
 * Executes all tasks once. Returns the repeat, or undefined where it was stopped before all were done,
 * and of a warm-up. A warm-up's spans are reported as they come, so that there is something to see at
 * once, and not kept.
 */
async function executeRepeat(
  context: RunContext,
  phase: 'warming up' | 'repeating',
  repeat: number,
): Promise<ExperimentRepeat | undefined> {
  const { run, parameters, prepared, pool, listener } = context;
  const counted = phase === 'repeating';
  const repeats = counted ? parameters.repeats : parameters.warmup;
  const spans: Float64Array<ArrayBuffer>[] = [];
  const drain = new Drain(prepared, context.spansOfLane, (words) => {
    if (words.length === 0) return;
    if (counted) spans.push(words);
    listener.onSpans?.(run, words);
  });
  listener.onTimeline?.(run, repeat, prepared.layout.lanes, !counted);
  prepared.clearRepeat();
  const cpuWatch = new CpuWatch();
  const queueWatch = new QueueWatch();
  const origin = systemClock();
  prepared.setOrigin(origin);
  const suspensionWatch = new SuspensionWatch(origin);
  const pulse = () => {
    suspensionWatch.beat(drain.drain());
    const tasksDone = prepared.tasksDone();
    listener.onProgress?.(run, { phase, repeat, repeats, tasksDone, tasks: parameters.matrices });
  };
  await withPulse(schedulers[parameters.scheduler](pool, prepared), pulse);
  const wallNs = toNanoseconds(systemClock() - origin);
  const otherCpuNs = cpuWatch.otherCpuNs();
  pulse();

  if (!counted || prepared.tasksDone() < parameters.matrices) return undefined;
  const timings = copyTimings(prepared.table);
  const { suspensions } = suspensionWatch;
  const record = {
    wallNs,
    handoffs: prepared.handoffs(),
    otherCpuNs,
    interruptions: interruptionsOf(prepared.threads(), timings, queueWatch, suspensions),
    ...drain.totals(),
    timings,
    spans,
  };
  listener.onTimelineEnd?.(run, repeat, record);
  return record;
}

function interruptionsOf(
  threads: readonly number[],
  timings: TaskTimings,
  queueWatch: QueueWatch,
  suspensions: readonly Suspension[],
): Interruptions {
  const computing = sumsByLane(timings.computeNs, timings.lane, threads.length);
  const lanes = threads.map((thread, lane) => ({ thread, computeNs: computing[lane] ?? 0 }));
  const stoodStillNs = suspensions.reduce((sum, each) => sum + each.endNs - each.startNs, 0);
  const without = queueWatch.timesWithoutCore(lanes, stoodStillNs);
  const queuedShares = lanes.map(({ computeNs }, lane) =>
    computeNs === 0 ? 0 : Math.min(1, (without[lane]?.inComputingNs ?? 0) / computeNs),
  );
  return { queuedNs: without.map(({ queuedNs }) => queuedNs), queuedShares, suspensions };
}
