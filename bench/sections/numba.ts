import type { Parameters } from '../../src/experiment/parameters.js';
import { formatDuration } from '../../src/base/units.js';
import { agreementOf, type Agreement } from '../measure/agreement.js';
import { measurePairs, type PairValues } from '../measure/pairs.js';
import { ratioSpread, spreadOf, type Spread } from '../measure/ratios.js';
import { once, recordOf, wallOf } from '../measure/runs.js';
import { spreadText } from '../markdown.js';
import type { Numba } from '../python/numba.js';
import type { NumbaMethod } from '../python/protocol.js';
import { THREADS, skipped, type BenchContext, type Findings, type Section } from '../section.js';

/** Sizes, each with so many matrices that a run takes about 0.1 to 0.5 s at full scale. */
const WORK: readonly Pick<Parameters, 'size' | 'matrices'>[] = [
  { size: 16, matrices: 1000 },
  { size: 32, matrices: 700 },
  { size: 64, matrices: 500 },
  { size: 128, matrices: 160 },
  { size: 256, matrices: 40 },
  { size: 512, matrices: 12 },
];

/** The sizes that there are. */
export const NUMBA_SIZES = WORK.map(({ size }) => size);

const MAX_ITERATIONS = 1000;

/** In which the threads of what was measured, which may spin for a while, fall asleep. */
const REST_MS = 30;

/** What is set against what: a way of Gilscope's and a method of Numba's. */
const MATCHES = {
  serial: { way: { scheduler: 'serial', lock: 'none' }, method: 'serial' },
  prange: { way: { scheduler: 'executor', lock: 'none' }, method: 'prange' },
  pool: { way: { scheduler: 'executor', lock: 'none' }, method: 'pool' },
  gilHeld: { way: { scheduler: 'executor', lock: 'gil-held' }, method: 'pool-gil' },
} as const satisfies Record<
  string,
  { readonly way: Partial<Parameters>; readonly method: NumbaMethod }
>;

type MatchName = keyof typeof MATCHES;

/** How one match came out. */
interface MatchFigures {
  readonly gilscopeNs: Spread;
  readonly numbaNs: Spread;
  /** Numba's time over Gilscope's, pair by pair. */
  readonly ratio: Spread;
}

interface SizeFigures extends Pick<Parameters, 'size' | 'matrices'> {
  readonly matches: Readonly<Record<MatchName, MatchFigures>>;
  /** The better of Numba's two ways to use threads: the one with the lower median. */
  readonly better: 'prange' | 'pool';
  readonly agreement: Agreement;
}

/** The same matrices in Numba, run by run in turn. */
export const numba: Section = {
  title: 'Against Numba: its time over ours, on the same matrices',
  async measure(context) {
    const numba = await context.numba();
    if (numba === undefined) return skipped('there is no Python with Numba and SciPy.');
    const figures: SizeFigures[] = [];
    for (const { size, matrices } of WORK) {
      if (!context.numbaSizes.includes(size)) continue;
      const scaled = Math.max(THREADS, Math.round(matrices * context.pace.scale));
      figures.push(await measureSize({ size, matrices: scaled }, numba, context));
    }
    return findings(figures, numba);
  },
};

async function measureSize(
  work: Pick<Parameters, 'size' | 'matrices'>,
  numba: Numba,
  { engine, cores, pace }: BenchContext,
): Promise<SizeFigures> {
  const parameters = once(THREADS, { ...work, maxIterations: MAX_ITERATIONS });
  const names = Object.keys(MATCHES) as MatchName[];
  const pairs = names.map((name) => ({
    first: numba.timeOf(MATCHES[name].method, parameters),
    second: wallOf(engine, { ...parameters, ...MATCHES[name].way }),
  }));
  const agreement = agreementOf(
    (await recordOf(engine, parameters)).source.results,
    await numba.run('serial', parameters, true),
  );
  await measurePairs(pairs, { rounds: 1, restMs: REST_MS });
  const measured = await measurePairs(pairs, {
    rounds: pace.rounds,
    cores: cores.all,
    restMs: REST_MS,
  });
  const matches = Object.fromEntries(
    measured.map((values, index) => [names[index], matchFigures(values)]),
  ) as Record<MatchName, MatchFigures>;
  const isPrangeBetter = matches.prange.numbaNs.median <= matches.pool.numbaNs.median;
  return { ...work, matches, better: isPrangeBetter ? 'prange' : 'pool', agreement };
}

function matchFigures({ first, second }: PairValues): MatchFigures {
  return {
    gilscopeNs: spreadOf(second),
    numbaNs: spreadOf(first),
    ratio: ratioSpread(first, second),
  };
}

function findings(figures: readonly SizeFigures[], { hello }: Numba): Findings {
  const ratios = figures.map(({ size, matrices, matches, better }) => [
    String(size),
    String(matrices),
    spreadText(matches.serial.ratio),
    `${spreadText(matches[better].ratio)} ${better}`,
    spreadText(matches.gilHeld.ratio),
  ]);
  const times = figures.map(({ size, matches }) => [
    String(size),
    ...[matches.serial, matches.prange].map(({ gilscopeNs }) => formatDuration(gilscopeNs.median)),
    ...Object.values(matches).map(({ numbaNs }) => formatDuration(numbaNs.median)),
  ]);
  const worst = (value: (agreement: Agreement) => number) =>
    Math.max(...figures.map(({ agreement }) => value(agreement)));
  return {
    figures: { ...hello, threads: THREADS, maxIterations: MAX_ITERATIONS, sizes: figures },
    tables: [
      {
        headings: ['Size', 'matrices', 'serial', 'executor, two threads', 'held lock'],
        rows: ratios,
      },
      {
        headings: [
          ...['Size', 'our serial', 'our executor'],
          ...['Numba serial', 'prange', 'pool', 'pool, lock held'],
        ],
        rows: times,
      },
    ],
    notes: [
      `Numba ${hello.numba}, NumPy ${hello.numpy}, Python ${hello.python}, threads by ` +
        `${hello.threadingLayer}, compiled before; ${hello.blas}, on the thread that calls it.`,
      `Executor is set against the better of prange and pool, which is named; at most ` +
        `${MAX_ITERATIONS} iterations.`,
      `Both sides agree: iterations of converged tasks to ${worst((a) => a.iterationsApart)}, ` +
        `their eigenvalues to ${worst((a) => a.eigenvaluesApart).toExponential(1)}.`,
    ],
  };
}
