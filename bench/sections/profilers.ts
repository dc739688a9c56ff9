import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatShare } from '../../src/base/units.js';
import { recordDuring } from '../../src/sampling/record-during.js';
import { spreadText } from '../markdown.js';
import { spreadOf, type Spread } from '../measure/ratios.js';
import { functionTimes, recordedFunctionTimes, sharesApart } from '../measure/recording-truth.js';
import { findPython } from '../python/child.js';
import { LoggingProgram, type PureLog } from '../python/logging-program.js';
import { AttachedProfiler, findProfilers, type Profiler } from '../python/profilers.js';
import { skipped, type BenchContext, type Findings, type Section } from '../section.js';

/** Samples a second, of each that samples. */
const RATE = 4000;

const THREADS = 4;

/** Beats of each thread, at the full scale: about two seconds of all of them. */
const BEATS = 100_000;

/** In which a profiler has attached. */
const ATTACH_MS = 1500;

const MOST_ROUNDS = 3;

/** Recordings beside other profilers, on the same program at the same rate. */
export const profilers: Section = {
  title: `Other profilers: ${THREADS} threads of pure Python, ${RATE.toLocaleString('en-GB')} samples a second`,
  async measure(context) {
    const python = findPython(context.pythons, []);
    if (python === undefined) return skipped('there is no Python.');
    const { found, missing } = findProfilers(context.pythons);
    const gilscope = await measured(context, python, () => withGilscope(python, context));
    const rows: Row[] = [
      {
        name: 'Gilscope',
        holds: 'spans, with function and line',
        waits: 'spans, with whose function kept them',
        ...gilscope,
      },
    ];
    for (const profiler of found) {
      const { name, holds, waits } = profiler;
      const figures = await measured(context, profiler.python, () =>
        withProfiler(profiler, context),
      );
      rows.push({ name, holds, waits, ...figures });
    }
    return findings(rows, missing);
  },
};

/** One run of the program under a profiler. */
interface Profiled {
  readonly log: PureLog;
  /** Processor time of the profiler over the program's; null where it is part of the program. */
  readonly cost: number | null;
  readonly functions: ReadonlyMap<string, number>;
}

interface Figures {
  /** The program's time over that of one that is not looked at. */
  readonly slowDown: Spread;
  /** Of a core; null where the program itself pays. */
  readonly cost: Spread | null;
  /** Of the function whose share differs most from the log, in points. */
  readonly functionPoints: Spread;
}

interface Row extends Figures {
  readonly name: string;
  readonly holds: string;
  readonly waits: string;
}

async function measured(
  context: BenchContext,
  python: string,
  profile: () => Promise<Profiled>,
): Promise<Figures> {
  const slowDowns: number[] = [];
  const costs: number[] = [];
  const points: number[] = [];
  for (let round = 0; round < Math.min(MOST_ROUNDS, context.pace.rounds); round += 1) {
    const alone = await LoggingProgram.start(python);
    const { wallNs } = await work(alone, context);
    await alone.close();
    const { log, cost, functions } = await profile();
    slowDowns.push(log.wallNs / wallNs);
    if (cost !== null) costs.push(cost);
    points.push(sharesApart(functionTimes(log), functions));
  }
  return {
    slowDown: spreadOf(slowDowns),
    cost: costs.length === 0 ? null : spreadOf(costs),
    functionPoints: spreadOf(points),
  };
}

function work(program: LoggingProgram, { pace }: BenchContext): Promise<PureLog> {
  return program.pure(THREADS, Math.round(BEATS * pace.scale));
}

async function withGilscope(python: string, context: BenchContext): Promise<Profiled> {
  const program = await LoggingProgram.start(python);
  const { recording, result } = await recordDuring(
    {
      ...{ pid: program.pid, command: null, rate: RATE },
      ...{ sampler: context.sampler, machine: context.engine.machine },
    },
    () => work(program, context),
  );
  await program.close();
  return {
    log: result,
    cost: recording.source.samplerCpuNs / (recording.repeats[0]?.wallNs ?? NaN),
    functions: recordedFunctionTimes(recording),
  };
}

async function withProfiler(profiler: Profiler, context: BenchContext): Promise<Profiled> {
  const folder = mkdtempSync(join(tmpdir(), 'gilscope-bench-'));
  const output = join(folder, 'profile.json');
  try {
    const program = await LoggingProgram.start(profiler.python, profiler.before(output));
    const attached =
      profiler.attach === null
        ? null
        : new AttachedProfiler(profiler.attach(program.pid, RATE, output));
    await sleep(ATTACH_MS);
    const before = attached?.cpuNs ?? 0;
    const log = await work(program, context);
    const cost = attached === null ? null : (attached.cpuNs - before) / log.wallNs;
    await program.close();
    await attached?.ended();
    return { log, cost, functions: profiler.read(readFileSync(output, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function findings(rows: readonly Row[], missing: readonly string[]): Findings {
  const headings = [
    ...['Profiler', 'of holds it shows', 'of waits', 'of a core', 'the program takes'],
    'functions off by, points',
  ];
  const share = (value: number) => formatShare(value);
  const cells = rows.map(({ name, holds, waits, cost, slowDown, functionPoints }) => [
    ...[name, holds, waits, cost === null ? 'the program’s own' : spreadText(cost, share)],
    ...[spreadText(slowDown), spreadText(functionPoints)],
  ]);
  const notes = [
    'The program takes so many times as long as one that is not looked at, in the same Python. Off by: the function whose',
    'share differs most from the program’s own log.',
  ];
  if (missing.length > 0) notes.push(`Not found: ${missing.join(', ')}.`);
  return { figures: { rows, missing }, tables: [{ headings, rows: cells }], notes };
}
