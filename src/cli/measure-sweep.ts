import { stat } from 'node:fs/promises';
import { version } from '../../package.json';
import { formatLongTime } from '../base/long-times.js';
import { systemClock } from '../base/units.js';
import {
  OtherMachineError,
  runSweep,
  type Engine,
  type SweepOutcome,
  type SweepProgress,
} from '../engine/index.js';
import { configurationLabel } from '../experiment/labels.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import { writePieces } from '../files/files.js';
import { HostLockedError, lockHost } from '../files/host-lock.js';
import { recordingBytes, type SweepFile } from '../storage/recording-file.js';
import { roundsOf, type Portion, type Shard, type SweepPlan } from '../sweep/plan.js';
import type { Exports } from './exports.js';
import { InterruptedError, takeAll } from './failures.js';
import { beforeEachStop, isInForeground } from './job-control.js';
import { ProgressLine } from './progress-line.js';
import { writeToStream } from './standard-streams.js';
import { sweepFindings } from './sweep-findings.js';

/** What measuring a sweep needs from outside. */
export interface MeasureContext {
  readonly createEngine: () => Promise<Engine>;
  /** Aborts where the user ends the command. */
  readonly signal: AbortSignal;
  /** Says a line on standard error. */
  readonly say: (line: string) => void;
}

/** What is to be measured, and what was measured of it before. */
export interface AskedSweep {
  readonly plan: SweepPlan;
  readonly shard: Shard;
  readonly portion: Portion;
  readonly done: readonly ExperimentRecording[];
  /** When it was begun, as ISO 8601. */
  readonly created: string;
}

/** How a sweep is measured, beside what is. */
export interface MeasureOptions {
  readonly budgetNs: number | null;
  readonly exports: Exports;
  /** Whether other sweeps may be running on this machine. */
  readonly isBeside: boolean;
  /** The estimate, shown before the sweep starts. */
  readonly estimate: string;
}

/**
 * Measures a sweep, reports on it and writes its exports. Where it is stopped, that is done of the
 * rounds that are whole.
 *
 * @throws InterruptedError once all of that is done, where it was stopped
 */
export async function measureSweep(
  asked: AskedSweep,
  options: MeasureOptions,
  { createEngine, signal, say }: MeasureContext,
): Promise<void> {
  const lock = options.isBeside ? undefined : await lockSweeps();
  const engine = await createEngine();
  const progress = new ProgressLine(process.stderr, isInForeground);
  beforeEachStop(() => {
    progress.clear();
  });
  try {
    progress.note(options.estimate);
    const outcome = await measured(engine, asked, options, progress, signal);
    progress.clear();
    sayEnd(outcome, asked, say);
    await report(fileOf(asked, engine, outcome.recordings), options.exports, say);
    if (outcome.end === 'stopped') throw new InterruptedError();
  } finally {
    progress.clear();
    await engine.close();
    await lock?.[Symbol.asyncDispose]();
  }
}

/** @throws Error where another sweep is running on this machine */
async function lockSweeps(): Promise<AsyncDisposable> {
  try {
    return await lockHost('gilscope-sweep');
  } catch (error) {
    if (!(error instanceof HostLockedError)) throw error;
    const { pid } = error;
    throw new Error(
      `another sweep is running on this machine${pid === null ? '' : ` (process ${pid})`}, and each would ` +
        'disturb the other; wait until it ends, or insist with --beside',
      { cause: error },
    );
  }
}

async function measured(
  engine: Engine,
  asked: AskedSweep,
  { budgetNs, exports }: MeasureOptions,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<SweepOutcome> {
  const checkpoint = await checkpointsOf(exports, (recordings) =>
    fileOf(asked, engine, recordings),
  );
  try {
    return await runSweep(engine, asked, {
      signal,
      budgetNs,
      listener: {
        onProgress: (now, ofCell) => {
          progress.show(ofCell, progressLabel(now));
        },
        onRound: checkpoint,
      },
    });
  } catch (error) {
    if (!(error instanceof OtherMachineError)) throw error;
    throw new Error(`cannot go on with the sweep: ${error.message}`, { cause: error });
  }
}

/** What stands before the progress of a cell: `round 2 of 3, cell 5 of 8, 1 min left (…): `. */
function progressLabel({ cell, round, rounds, place, cells, leftNs }: SweepProgress): string {
  const left = leftNs === null ? '' : `, ${formatLongTime(leftNs)} left`;
  const label = configurationLabel(cell.parameters);
  return `round ${round} of ${rounds}, cell ${place} of ${cells}${left} (${label}): `;
}

/** A sweep is saved no more often than that, and in at most a 50th of its time. */
const CHECKPOINT_MS = 30_000;
const CHECKPOINT_SHARE = 1 / 50;

/** Returns what saves the rounds so far, so that little is lost with the process. */
async function checkpointsOf(
  exports: Exports,
  fileOf: (recordings: readonly ExperimentRecording[]) => SweepFile,
): Promise<(recordings: () => readonly ExperimentRecording[]) => Promise<void>> {
  const path = exports.fileOf('save');
  const old = path === undefined ? undefined : await stat(path).catch(() => null);
  // A pipe or a device takes the sweep once, as a whole.
  if (path === undefined || old?.isFile() === false) return () => Promise.resolve();
  let dueMs = systemClock() + CHECKPOINT_MS;
  return async (recordings) => {
    const beganMs = systemClock();
    if (beganMs < dueMs) return;
    await writePieces(path, recordingBytes(fileOf(recordings())));
    const tookMs = systemClock() - beganMs;
    dueMs = systemClock() + Math.max(CHECKPOINT_MS, tookMs / CHECKPOINT_SHARE);
  };
}

/** The file of a sweep, with what was measured of it. */
function fileOf(
  { plan, shard, created }: AskedSweep,
  { machine }: Engine,
  recordings: readonly ExperimentRecording[],
): SweepFile {
  const sweep = { plan, parts: [shard] };
  return { kind: 'sweep', recordings, machine, sweep, created, note: '', version };
}

function sayEnd(
  { end, recordings }: SweepOutcome,
  { plan, portion }: AskedSweep,
  say: (line: string) => void,
): void {
  const rounds = recordings[0]?.repeats.length ?? 0;
  if (end === 'budget') {
    say(
      `ended after ${rounds} of ${portion.rounds.length} rounds: the next one would exceed the budget`,
    );
  }
  if (end === 'done' && plan.untilShare !== null && rounds === roundsOf(plan)) {
    say(`ended after ${rounds} rounds, the most there may be; some intervals may still be wider`);
  }
}

/** Reports and writes the exports. It is not stopped: what was measured is not to be lost. */
async function report(
  file: SweepFile,
  exports: Exports,
  say: (line: string) => void,
): Promise<void> {
  const signal = new AbortController().signal;
  const { text, exports: texts } = sweepFindings(file);
  const writers = exports.existing(texts).writers(texts, signal, say);
  if (!exports.takeStandardOutput) {
    writers.unshift(() => writeToStream('standard output', [text()], signal));
  }
  await takeAll(writers);
}
