import { FlagChecks } from './flag-checks.js';
import { Option, type Command } from 'commander';
import { version } from '../../package.json';
import { formatCount } from '../base/units.js';
import { describeMachine } from '../engine/index.js';
import type { FormatId } from '../formats/registry.js';
import { ALL_SPANS } from '../formats/span-part.js';
import { refuseOtherSystems } from '../python/open-python.js';
import { RATE } from '../process/rate.js';
import type { ProcessRecording } from '../process/recording.js';
import { ProcessRecorder } from '../sampling/record-process.js';
import type { ProgramEnd } from '../sampling/started-program.js';
import { Exports, exportOptions } from './exports.js';
import { EXIT, RefusedError, failureOf, takeAll } from './failures.js';
import { findingsOf } from './findings.js';
import { strictNumber, type FlagValues } from './flags.js';
import { passOn, startInForeground } from './foreground-program.js';
import type { Interruptions } from './interruptions.js';
import { writeToStream } from './standard-streams.js';

/** What `record` needs from outside. */
export interface RecordContext {
  readonly interruptions: Interruptions;
  /** Says a line on standard error. */
  readonly say: (line: string) => void;
  /** The built sampler. */
  readonly sampler: URL;
  /** Takes the status that this process is to end with. */
  readonly onEnd: (end: ProgramEnd) => void;
}

/** How much later than a program this process may get a signal that is for both. */
const LATE_SIGNAL_MS = 300;

const RATE_RANGE = `${formatCount(RATE.least)} to ${formatCount(RATE.most)}`;

const KINDS = ['json', 'spans', 'trace', 'speedscope', 'save'] as const satisfies FormatId[];

/** Adds `record`, which records a Python program. */
export function addRecordCommand(program: Command, context: RecordContext): void {
  const command = program
    .command('record [command...]')
    .usage('[flags] -- COMMAND [ARG...]\n       gilscope record [flags] --pid PID')
    .description('record which thread of a Python program holds the lock, and who waits')
    .passThroughOptions()
    .action(async (words: string[], values: FlagValues) => {
      const asked = askedFor(words, values);
      refuseOtherSystems(process.platform, process.arch);
      const exports = await Exports.prepare(values);
      const recorder = await ProcessRecorder.create({
        sampler: context.sampler,
        rate: asked.rate,
        waits: asked.pid === null,
      });
      const recording = { ...asked, recorder, exports, context };
      await (asked.pid === null ? recordCommand(recording) : recordRunning(recording, asked.pid));
    });
  const options = [
    new Option('--pid <number>', 'record a process that runs already').argParser(strictNumber),
    new Option('--rate <number>', `samples a second, ${RATE_RANGE}`)
      .default(RATE.usual)
      .argParser(strictNumber),
    new Option('--duration <seconds>', 'record for so long, in place of until the end').argParser(
      strictNumber,
    ),
  ];
  for (const option of [...options, ...exportOptions(KINDS)]) command.addOption(option);
}

/** What is to be recorded, and how. */
interface Asked {
  /** Null where a command is to be started. */
  readonly pid: number | null;
  readonly words: readonly string[];
  readonly rate: number;
  /** Null for until the end. */
  readonly durationMs: number | null;
}

interface Recording extends Asked {
  readonly recorder: ProcessRecorder;
  readonly exports: Exports;
  readonly context: RecordContext;
}

/** @throws RefusedError where there is nothing to record, or a flag is out of range */
function askedFor(words: readonly string[], values: FlagValues): Asked {
  const { pid, rate, duration } = values;
  const checks = new FlagChecks();
  checks.number(
    'pid',
    pid,
    (value) => Number.isInteger(value) && value > 0,
    'the number of a process',
  );
  checks.number(
    'rate',
    rate,
    (value) => value >= RATE.least && value <= RATE.most,
    `a number from ${RATE_RANGE}`,
  );
  const longest = 7 * 24 * 3600;
  checks.number(
    'duration',
    duration,
    (value) => value > 0 && value <= longest,
    'seconds, more than 0, up to a week',
  );
  if ((pid === undefined) === (words.length === 0)) {
    checks.problems.push('give a command to record, after --, or else a process that runs (--pid)');
  }
  if (checks.problems.length > 0) throw new RefusedError(checks.problems);
  return {
    pid: typeof pid === 'number' ? pid : null,
    words,
    rate: Number(rate),
    durationMs: typeof duration === 'number' ? duration * 1000 : null,
  };
}

/** Starts a command, records it, and ends as it ends. */
async function recordCommand(recording: Recording): Promise<void> {
  const { recorder, context, words } = recording;
  const program = await startInForeground(words).catch((error: unknown) => {
    recorder.stop();
    throw error;
  });
  recorder.begin(program.pid);
  const restore = context.interruptions.divert((signal) => {
    passOn(program, signal);
  });
  const isOver = stopAfter(recording);
  const end = program.end.finally(() => {
    clearTimeout(isOver);
    recorder.stop();
    // A signal that is for all may reach this process a little later than the program.
    setTimeout(restore, LATE_SIGNAL_MS).unref();
  });
  try {
    await report(recording);
  } catch (error) {
    // A command that failed by itself says more than that there was nothing to record.
    if ((await end) === EXIT.done) throw error;
    for (const line of failureOf(error).lines) context.say(line);
  }
  context.onEnd(await end);
}

/** Records a process that runs already, until it ends, the time is over or the user has enough. */
async function recordRunning(recording: Recording, pid: number): Promise<void> {
  const { recorder, context } = recording;
  recorder.begin(pid);
  const restore = context.interruptions.divert(() => {
    recorder.stop();
  });
  const isOver = stopAfter(recording);
  try {
    await report(recording, restore);
  } finally {
    clearTimeout(isOver);
    restore();
  }
}

function stopAfter({ recorder, durationMs }: Recording): NodeJS.Timeout | undefined {
  if (durationMs === null) return undefined;
  return setTimeout(() => {
    recorder.stop();
  }, durationMs);
}

/** Waits for the recording, reports on it and writes what was asked for. */
async function report(
  { recorder, exports, context, pid, words }: Recording,
  onRecorded?: () => void,
): Promise<void> {
  const { signal } = context.interruptions;
  const machine = describeMachine('none');
  const recording: ProcessRecording = await recorder.result(pid === null ? words : null, machine);
  onRecorded?.();
  const created = new Date().toISOString();
  const findings = findingsOf(
    { kind: 'process', recordings: [recording], created, note: '', version },
    ALL_SPANS,
  );
  const writers = exports.writers(findings.exports, signal, context.say);
  if (!exports.takeStandardOutput) {
    writers.unshift(() => writeToStream('standard output', [findings.text()], signal));
  }
  await takeAll(writers, signal);
}
