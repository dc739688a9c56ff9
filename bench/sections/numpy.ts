import type { Parameters } from '../../src/experiment/parameters.js';
import { median } from '../../src/base/statistics.js';
import { formatDuration, formatNumber } from '../../src/base/units.js';
import { spreadText } from '../markdown.js';
import { measurePairs, type Pair, type PairValues } from '../measure/pairs.js';
import { ratiosOf, spreadOf, type Spread } from '../measure/ratios.js';
import { roundsOf } from '../measure/rounds.js';
import { once, wallOf } from '../measure/runs.js';
import { startNumpy, type Numpy } from '../python/numpy.js';
import { skipped, type BenchContext, type Findings, type Section } from '../section.js';

/** Sizes, each with so much work that a serial run takes about half a second in NumPy. */
const WORK: readonly Pick<Parameters, 'size' | 'matrices' | 'maxIterations'>[] = [
  { size: 32, matrices: 40, maxIterations: 1000 },
  { size: 64, matrices: 40, maxIterations: 1000 },
  { size: 128, matrices: 40, maxIterations: 800 },
  { size: 256, matrices: 32, maxIterations: 800 },
  { size: 512, matrices: 24, maxIterations: 500 },
  { size: 1024, matrices: 16, maxIterations: 200 },
];

const THREAD_COUNTS = [2, 4];

/** As many matrices for each thread, whatever the count. */
const MULTIPLE = Math.max(...THREAD_COUNTS);

/** Matrices so small that an iteration in NumPy is the interpreter's time alone. */
const INTERPRETER_WORK = { size: 4, matrices: 20, maxIterations: 1000 } as const;

/** No error but 0 is below it, so that nearly all tasks end at the cap on both sides. */
const EPSILON = Number.MIN_VALUE;

/** In which threads that have waited fall asleep. */
const REST_MS = 30;

/** What threads gain in NumPy's pool and in ours, with the interpreter's time that NumPy has. */
export const numpy: Section = {
  title: 'Against NumPy’s pool: what threads gain where the lock is released for the products',
  async measure(context) {
    const numpy = await startNumpy(context.pythons);
    if (numpy === undefined) return skipped('there is no Python with NumPy.');
    const interpreter = await interpreterTime(numpy, context);
    const cases = WORK.flatMap((work) => THREAD_COUNTS.map((threads) => ({ work, threads })));
    const figures: CaseFigures[] = [];
    for (const { work, threads } of cases) {
      figures.push(await measureCase(work, threads, interpreter.median / 1000, numpy, context));
    }
    numpy.close();
    return findings(figures, interpreter, numpy);
  },
};

/** Nanoseconds that the interpreter takes in each iteration. */
async function interpreterTime(numpy: Numpy, { cores, pace }: BenchContext): Promise<Spread> {
  const parameters = once(1, { ...INTERPRETER_WORK, epsilon: EPSILON });
  const times = await roundsOf(pace.rounds, cores.all, async () => {
    const { seconds, iterations } = await numpy.run('serial', parameters);
    return (seconds / iterations) * 1e9;
  });
  return spreadOf(times);
}

/** One size and number of threads. */
interface CaseFigures extends Pick<Parameters, 'size' | 'threads'> {
  readonly numpySerialNs: number;
  readonly serialNs: number;
  /** Serial over the pool. */
  readonly numpySpeedup: Spread;
  readonly speedup: Spread;
  /** Our speed-up over NumPy's, round by round. */
  readonly ratio: Spread;
}

async function measureCase(
  work: (typeof WORK)[number],
  threads: number,
  interpreterUs: number,
  numpy: Numpy,
  { engine, cores, pace }: BenchContext,
): Promise<CaseFigures> {
  const matrices = MULTIPLE * Math.max(1, Math.round((work.matrices * pace.scale) / MULTIPLE));
  const parameters = once(threads, { ...work, matrices, interpreterUs, epsilon: EPSILON });
  const pairs: Pair[] = [
    { first: numpy.timeOf('serial', parameters), second: numpy.timeOf('pool', parameters) },
    {
      first: wallOf(engine, { ...parameters, scheduler: 'serial', lock: 'gil-released' }),
      second: wallOf(engine, { ...parameters, scheduler: 'executor', lock: 'gil-released' }),
    },
  ];
  await measurePairs(pairs, { rounds: 1, restMs: REST_MS });
  const measured = await measurePairs(pairs, {
    rounds: pace.rounds,
    cores: cores.all,
    restMs: REST_MS,
  });
  const [theirs = NO_VALUES, ours = NO_VALUES] = measured;
  const numpySpeedups = ratiosOf(theirs.first, theirs.second);
  const speedups = ratiosOf(ours.first, ours.second);
  return {
    ...{ size: work.size, threads },
    numpySerialNs: median(theirs.first),
    serialNs: median(ours.first),
    numpySpeedup: spreadOf(numpySpeedups),
    speedup: spreadOf(speedups),
    ratio: spreadOf(ratiosOf(speedups, numpySpeedups)),
  };
}

const NO_VALUES: PairValues = { first: [], second: [] };

function findings(
  figures: readonly CaseFigures[],
  interpreter: Spread,
  { hello: { python, numpy, blas } }: Numpy,
): Findings {
  const headings = [
    ...['Size', 'threads', 'NumPy serial', 'our serial'],
    ...['NumPy: serial over pool', 'ours: serial over pool', 'ours over NumPy’s'],
  ];
  const rows = figures.map(
    ({ size, threads, numpySerialNs, serialNs, numpySpeedup, speedup, ratio }) => [
      ...[String(size), String(threads), formatDuration(numpySerialNs), formatDuration(serialNs)],
      ...[numpySpeedup, speedup, ratio].map((spread) => spreadText(spread)),
    ],
  );
  const interpreterUs = interpreter.median / 1000;
  const notes = [
    `NumPy ${numpy}, Python ${python}, ${blas}, on the thread that calls it; ours is executor under`,
    `gil-released with the ${formatNumber(interpreterUs)} µs of interpreter time that an iteration takes in this Python.`,
    'Above 1 threads pay. Ours over NumPy’s, round by round, is what counts: within 10 % of 1.',
  ];
  return {
    figures: { python, numpy, blas, interpreterNs: interpreter, cases: figures },
    tables: [{ headings, rows }],
    notes,
  };
}
