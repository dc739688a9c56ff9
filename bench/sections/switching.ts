import { setTimeout as sleep } from 'node:timers/promises';
import { shuffled } from '../../src/base/shuffle.js';
import { median } from '../../src/base/statistics.js';
import { formatNumber } from '../../src/base/units.js';
import { spreadText } from '../markdown.js';
import { runLengths, takeoversOf, type Takeover } from '../measure/holds.js';
import { quantileOf, ratioSpread, spreadOf, type Spread } from '../measure/ratios.js';
import { once } from '../measure/runs.js';
import { CPythonGil } from '../python/gil.js';
import type { BenchContext, Findings, Section } from '../section.js';

type Case = Pick<Contenders, 'threads' | 'intervalMs'>;

/** What is measured of either lock: thread counts at CPython's own interval, and other intervals. */
const CASES: readonly Case[] = [
  ...[2, 4, 10].map((threads) => ({ threads, intervalMs: 5 })),
  ...[0.1, 0.5, 1, 2, 20].map((intervalMs) => ({ threads: 2, intervalMs })),
];

/** Whose lock ours is, in the table. */
const OURS = 'Gilscope';

/** Threads that contend for one lock, ours or CPython's. */
interface Contenders {
  readonly whose: string;
  readonly threads: number;
  readonly intervalMs: number;
  contend(this: void): Promise<readonly Takeover[]>;
  /** In each round, how long the lock was had from one takeover to the next, in ms. */
  readonly rounds: number[][];
}

/** How long the lock is held where lanes ask for it, against the interval and against CPython. */
export const switching: Section = {
  title: 'Switching: how long the lock is held where all lanes want it',
  async measure(context) {
    const { rounds, contentionMs } = context.pace;
    const cpython = await CPythonGil.start(context.pythons);
    const contenders = CASES.map((one) => ours(one, context));
    if (cpython instanceof CPythonGil) {
      contenders.push(...CASES.map((one) => theirs(one, cpython, contentionMs)));
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const { contend, rounds: measured } of shuffled(contenders, Math.random)) {
        measured.push(runLengths(await contend()).map((length) => length / 1e6));
      }
    }
    if (!(cpython instanceof CPythonGil)) return findings(contenders, cpython.skipped);
    cpython.close();
    return findings(contenders);
  },
};

/** Our lanes. The run has far more work than it is given time for. */
function ours({ threads, intervalMs }: Case, { engine, pace }: BenchContext): Contenders {
  const work = { matrices: 40 * threads, size: 256, maxIterations: 100_000, epsilon: 1e-300 };
  const lock = { lock: 'gil-switching', switchIntervalMs: intervalMs } as const;
  const parameters = once(threads, { ...work, ...lock, scheduler: 'dynamic' });
  return {
    ...{ whose: OURS, threads, intervalMs, rounds: [] },
    async contend() {
      const spans: Float64Array[] = [];
      let began: Promise<void> | undefined;
      const { outcome } = await engine.run(parameters, {
        onTimeline() {
          began = sleep(pace.contentionMs).then(() => {
            engine.stop();
          });
        },
        onSpans(_, words) {
          spans.push(words);
        },
      });
      // A run that ended by itself must not have its stop reach the next one.
      await began;
      if (outcome !== 'stopped') throw new Error('the lanes ran out of work too early');
      // At the stop every other lane has the lock once more, though it did not ask for it.
      return takeoversOf(spans).slice(0, 1 - threads);
    },
  };
}

function theirs(
  { threads, intervalMs }: Case,
  cpython: CPythonGil,
  milliseconds: number,
): Contenders {
  return {
    ...{ whose: `CPython ${cpython.python}`, threads, intervalMs, rounds: [] },
    contend: () => cpython.contend(threads, intervalMs, milliseconds),
  };
}

/** Lengths of holds in ms, and how many there were. */
interface Holds {
  readonly whose: string;
  readonly threads: number;
  readonly intervalMs: number;
  readonly count: number;
  readonly medianMs: number;
  readonly p5Ms: number;
  readonly p95Ms: number;
  /** The medians of the rounds over the interval. */
  readonly overInterval: Spread;
}

function holdsOf({ whose, threads, intervalMs, rounds }: Contenders): Holds {
  const lengths = rounds.flat();
  return {
    ...{ whose, threads, intervalMs, count: lengths.length },
    medianMs: median(lengths),
    p5Ms: quantileOf(lengths, 0.05),
    p95Ms: quantileOf(lengths, 0.95),
    overInterval: spreadOf(rounds.map((round) => median(round) / intervalMs)),
  };
}

function findings(contenders: readonly Contenders[], skipped?: string): Findings {
  const holds = contenders.map(holdsOf);
  const notes = [
    'From one takeover to the next, in turn. Over CPython: our round’s median over that of CPython’s',
    'in the same round, which counts: within 5 % of 1. Short intervals are held longer than asked',
    'in both, as a waiter’s timed wait ends late.',
  ];
  if (skipped !== undefined) notes.push(`CPython skipped: ${skipped}.`);
  const headings = [
    ...['Lock of', 'threads', 'interval ms', 'holds', 'median ms', 'p5', 'p95'],
    ...['over interval', 'over CPython'],
  ];
  const overCPython = contenders.map((one) => ratioToCPython(one, contenders));
  const rows = holds.map((hold, index) => {
    const { whose, threads, intervalMs, count, medianMs, p5Ms, p95Ms, overInterval } = hold;
    const lengths = [medianMs, p5Ms, p95Ms].map((length) => formatNumber(length));
    const ratio = overCPython[index];
    return [
      ...[whose, String(threads), String(intervalMs), String(count), ...lengths],
      ...[spreadText(overInterval), ratio === undefined ? '' : spreadText(ratio)],
    ];
  });
  const figures = holds.map((hold, index) => ({ ...hold, overCPython: overCPython[index] }));
  return { figures: { holds: figures, skipped }, tables: [{ headings, rows }], notes };
}

/** Our holds over CPython's of as many threads with the same interval; undefined of CPython's own. */
function ratioToCPython(one: Contenders, all: readonly Contenders[]): Spread | undefined {
  const { whose, threads, intervalMs } = one;
  const other = all.find(
    (candidate) =>
      candidate.whose !== whose &&
      candidate.threads === threads &&
      candidate.intervalMs === intervalMs,
  );
  if (whose !== OURS || other === undefined) return undefined;
  return ratioSpread(one.rounds.map(median), other.rounds.map(median));
}
