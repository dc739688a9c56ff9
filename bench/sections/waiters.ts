import { median } from '../../src/base/statistics.js';
import { formatDuration, formatNumber } from '../../src/base/units.js';
import { createEngine, type Engine } from '../../src/engine/index.js';
import type { LockModeName } from '../../src/experiment/parameters.js';
import { spreadText } from '../markdown.js';
import { runLengths, takeoversOf } from '../measure/holds.js';
import { measurePairs, type Pair, type PairValues } from '../measure/pairs.js';
import { ratioSpread, type Spread } from '../measure/ratios.js';
import { firstRepeat, once, recordOf } from '../measure/runs.js';
import type { Numba } from '../python/numba.js';
import type { BenchContext, Findings, Section } from '../section.js';

/** Threads that want one lock, each count set against the fewest that can. */
const CROWDS = [10, 64, 256];
const FEWEST = 2;

const LOCKS: readonly LockModeName[] = ['gil-held', 'gil-switching'];

const WORK = { matrices: 300, size: 64 };

/** In which threads fall asleep, in ms. */
const REST_MS = 30;

/** How one run went. */
interface Run {
  readonly wallNs: number;
  readonly handoffs: number;
  /** Median time from one takeover of the lock to the next. */
  readonly heldNs: number;
}

/** What is measured: a crowd of threads beside the fewest, under one lock. */
interface Crowd {
  readonly lock: string;
  readonly threads: number;
  readonly pair: Pair<Run>;
}

/** A lock that many threads wait for: the time of a crowd of them over that of two. */
export const waiters: Section = {
  title: `Waiters: ${WORK.matrices} matrices of ${WORK.size} under one lock, many threads over two`,
  async measure(context) {
    const engines = await enginesFor([FEWEST, ...CROWDS], context);
    const numba = await context.numba();
    const crowds = LOCKS.flatMap((lock) => CROWDS.map((threads) => ours(lock, threads, engines)));
    if (numba !== undefined) crowds.push(theirs(Math.max(...CROWDS), numba));
    const pairs = crowds.map(({ pair }) => pair);
    await measurePairs(pairs, { rounds: 1, restMs: REST_MS });
    const measured = await measurePairs(pairs, {
      rounds: context.pace.rounds,
      cores: context.cores.all,
      restMs: REST_MS,
    });
    for (const engine of engines.values()) await engine.close();
    return findings(crowds, measured);
  },
};

/** An engine for each number of threads, with its workers: a pool of more has other sizes of hand. */
async function enginesFor(
  counts: readonly number[],
  { builtFiles }: BenchContext,
): Promise<ReadonlyMap<number, Engine>> {
  const engines = new Map<number, Engine>();
  for (const threads of counts) {
    const engine = await createEngine(builtFiles);
    await engine.warm(threads);
    engines.set(threads, engine);
  }
  return engines;
}

function ours(lock: LockModeName, threads: number, engines: ReadonlyMap<number, Engine>): Crowd {
  const runOf = (count: number) => async (): Promise<Run> => {
    const engine = engines.get(count);
    if (engine === undefined) throw new Error(`there is no engine for ${count} threads`);
    // A warm-up in the same run: each lane makes its state for the run with its first task.
    const parameters = once(count, { ...WORK, lock, scheduler: 'executor', warmup: 1 });
    const { wallNs, handoffs, spans } = firstRepeat(await recordOf(engine, parameters));
    return { wallNs, handoffs, heldNs: median(runLengths(takeoversOf(spans))) };
  };
  return { lock, threads, pair: { first: runOf(threads), second: runOf(FEWEST) } };
}

function theirs(threads: number, numba: Numba): Crowd {
  const runOf = (count: number) => async (): Promise<Run> => {
    const { seconds } = await numba.run('pool-gil', once(count, WORK));
    return { wallNs: seconds * 1e9, handoffs: NaN, heldNs: NaN };
  };
  const lock = `Numba ${numba.hello.numba}, nogil=False`;
  return { lock, threads, pair: { first: runOf(threads), second: runOf(FEWEST) } };
}

function findings(crowds: readonly Crowd[], measured: readonly PairValues<Run>[]): Findings {
  const figures = crowds.map(({ lock, threads }, index) => {
    const { first, second } = measured[index] ?? { first: [], second: [] };
    const of = (runs: readonly Run[], figure: keyof Run) => runs.map((run) => run[figure]);
    return {
      ...{ lock, threads },
      wallNs: median(of(first, 'wallNs')),
      ratio: ratioSpread(of(first, 'wallNs'), of(second, 'wallNs')) satisfies Spread,
      handoffs: median(of(first, 'handoffs')),
      heldMs: median(of(first, 'heldNs')) / 1e6,
    };
  });
  const rows = figures.map(({ lock, threads, wallNs, ratio, handoffs, heldMs }) => [
    ...[lock, String(threads), formatDuration(wallNs), spreadText(ratio)],
    ...[handoffs, heldMs].map((value) => (Number.isNaN(value) ? '' : formatNumber(value))),
  ]);
  const headings = ['Lock', 'threads', 'time', 'over 2 threads', 'hand-offs', 'held, median ms'];
  return { figures: { work: WORK, crowds: figures }, tables: [{ headings, rows }], notes: [] };
}
