import { formatNumber, formatShare } from '../../src/base/units.js';
import type { ProcessRecording } from '../../src/process/recording.js';
import { recordDuring } from '../../src/sampling/record-during.js';
import { spreadText } from '../markdown.js';
import { measurePairs } from '../measure/pairs.js';
import { ratiosOf, spreadOf, type Spread } from '../measure/ratios.js';
import { mixAgreement, pureAgreement, type PureAgreement } from '../measure/recording-truth.js';
import { findPython } from '../python/child.js';
import { LoggingProgram } from '../python/logging-program.js';
import { skipped, type BenchContext, type Findings, type Section } from '../section.js';

/** Samples a second: the default of `record`. */
const RATE = 4000;

const THREAD_COUNTS = [2, 4, 10];

/** Beats of all threads together, at the full scale: about two seconds. */
const BEATS = 400_000;

/** How long a mix goes on at the full scale, in seconds. */
const MIX_SECONDS = 2;

/** The program that is slowed down: so many threads that want the lock for so long, with CPython's own interval. */
const COST_THREADS = 4;
const COST_MS = 2000;
const INTERVAL_MS = 5;

/** What recordings of programs say, against what the programs log themselves, and what recording costs. */
export const recording: Section = {
  title: `Recording: against programs’ own logs, ${RATE.toLocaleString('en-GB')} samples a second`,
  async measure(context) {
    const python = findPython(context.pythons, []);
    if (python === undefined) return skipped('there is no Python.');
    const pure: PureFigures[] = [];
    const program = await LoggingProgram.start(python);
    for (const threads of THREAD_COUNTS) pure.push(await measurePure(program, threads, context));
    const slowDown = await measureSlowDown(program, context);
    await program.close();
    const mixPython = findPython(context.pythons, ['numpy']);
    const mix = mixPython === undefined ? null : await measureMix(mixPython, context);
    return findings(program.hello.python, pure, slowDown, mix);
  },
};

/** What recording a number of threads of pure Python comes to, round by round. */
interface PureFigures {
  readonly threads: number;
  readonly agreement: Readonly<Record<keyof PureAgreement, Spread>>;
  /** Processor time of sampling over the time that was recorded. */
  readonly cost: Spread;
}

function beatsOf(threads: number, { pace }: BenchContext): number {
  return Math.round((BEATS * pace.scale) / threads);
}

function record<Result>(
  program: LoggingProgram,
  { engine, sampler }: BenchContext,
  work: () => Promise<Result>,
): Promise<{ readonly recording: ProcessRecording; readonly result: Result }> {
  const { machine } = engine;
  return recordDuring({ pid: program.pid, command: null, sampler, rate: RATE, machine }, work);
}

async function measurePure(
  program: LoggingProgram,
  threads: number,
  context: BenchContext,
): Promise<PureFigures> {
  const rounds: (PureAgreement & { readonly cost: number })[] = [];
  while (rounds.length < context.pace.rounds) {
    const work = () => program.pure(threads, beatsOf(threads, context));
    const { recording, result } = await record(program, context, work);
    const durationNs = recording.repeats[0]?.wallNs ?? NaN;
    const cost = recording.source.samplerCpuNs / durationNs;
    rounds.push({ ...pureAgreement(recording, result), cost });
  }
  const spreadFor = (figure: keyof PureAgreement | 'cost') =>
    spreadOf(rounds.map((round) => round[figure]));
  return {
    threads,
    agreement: {
      holdPoints: spreadFor('holdPoints'),
      waitPoints: spreadFor('waitPoints'),
      wrongHolderShare: spreadFor('wrongHolderShare'),
      functionPoints: spreadFor('functionPoints'),
    },
    cost: spreadFor('cost'),
  };
}

/** What a program does in a while while it is not recorded over that while it is. */
async function measureSlowDown(program: LoggingProgram, context: BenchContext): Promise<Spread> {
  const milliseconds = COST_MS * context.pace.scale;
  const work = () => program.contend(COST_THREADS, INTERVAL_MS, milliseconds);
  const [pair] = await measurePairs(
    [
      {
        first: async () => (await work()).turns,
        second: async () => (await record(program, context, work)).result.turns,
      },
    ],
    { rounds: context.pace.rounds },
  );
  return spreadOf(ratiosOf(pair?.first ?? [], pair?.second ?? []));
}

/** A mix of work, and how much of its time is recorded as what it was. */
interface MixFigures {
  readonly numba: boolean;
  readonly right: Spread;
}

async function measureMix(python: string, context: BenchContext): Promise<MixFigures> {
  const program = await LoggingProgram.start(python);
  const seconds = MIX_SECONDS * context.pace.scale;
  const shares: number[] = [];
  while (shares.length < context.pace.rounds) {
    const work = () => program.mix(seconds);
    const { recording, result } = await record(program, context, work);
    shares.push(mixAgreement(recording, result));
  }
  await program.close();
  return { numba: program.hello.numba, right: spreadOf(shares) };
}

function findings(
  python: string,
  pure: readonly PureFigures[],
  slowDown: Spread,
  mix: MixFigures | null,
): Findings {
  const headings = [
    ...['Threads of pure Python', 'holds off by, points', 'waits off by', 'wrong holder'],
    ...['functions off by', 'sampling, of a core'],
  ];
  const share = (value: number) => formatShare(value);
  const rows = pure.map(({ threads, agreement, cost }) => [
    String(threads),
    spreadText(agreement.holdPoints),
    spreadText(agreement.waitPoints),
    spreadText(agreement.wrongHolderShare, (value) => `${formatNumber(100 * value)} %`),
    spreadText(agreement.functionPoints),
    spreadText(cost, share),
  ]);
  const work = mix?.numba === true ? 'NumPy products, Numba without the lock' : 'NumPy products';
  const notes = [
    `Python ${python}. Off by: the thread or function that differs most from the log, in points of its share; a wrong holder`,
    `counts further than two samples from an edge. ${COST_THREADS} threads take ${spreadText(slowDown)} as long for their work recorded as not.`,
    mix === null
      ? 'A mix of work was not measured: there is no Python with NumPy.'
      : `Of a mix of pure Python, ${work}, sleeps and a lock, ${spreadText(mix.right, share)} of the time is recorded as what it was.`,
  ];
  return { figures: { python, pure, slowDown, mix }, tables: [{ headings, rows }], notes };
}
