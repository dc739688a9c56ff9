import { setTimeout as sleep } from 'node:timers/promises';
import { shuffled } from '../../src/base/shuffle.js';
import { median } from '../../src/base/statistics.js';
import { formatNumber } from '../../src/base/units.js';
import { spreadText } from '../markdown.js';
import { runLengths, takeoversOf, type Takeover } from '../measure/holds.js';
import { quantileOf, spreadOf, type Spread } from '../measure/ratios.js';
import { once } from '../measure/runs.js';
import { CPythonGil } from '../python/gil.js';
import type { BenchContext, Findings, Section } from '../section.js';

const THREAD_COUNTS = [2, 4, 10];

const INTERVAL_MS = 5;

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
  title: `Switching: how long the lock is held, with an interval of ${INTERVAL_MS} ms`,
  async measure(context) {
    const { rounds, contentionMs } = context.pace;
    const cpython = await CPythonGil.start();
    const contenders = THREAD_COUNTS.map((threads) => ours(threads, context));
    if (cpython instanceof CPythonGil) {
      contenders.push(...THREAD_COUNTS.map((threads) => theirs(threads, cpython, contentionMs)));
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
function ours(threads: number, { engine, pace }: BenchContext): Contenders {
  const work = { matrices: 40 * threads, size: 256, maxIterations: 100_000, epsilon: 1e-300 };
  const lock = { lock: 'gil-switching', switchIntervalMs: INTERVAL_MS } as const;
  const parameters = once(threads, { ...work, ...lock, scheduler: 'dynamic' });
  return {
    ...{ whose: 'Gilscope', threads, intervalMs: INTERVAL_MS, rounds: [] },
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

function theirs(threads: number, cpython: CPythonGil, milliseconds: number): Contenders {
  const { python, intervalMs } = cpython;
  return {
    ...{ whose: `CPython ${python}`, threads, intervalMs, rounds: [] },
    contend: () => cpython.contend(threads, milliseconds),
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
    'From one takeover to the next, in turn; a round’s median over the interval is what counts: within 5 % of 1.',
  ];
  if (skipped !== undefined) notes.push(`CPython skipped: ${skipped}.`);
  const headings = ['Lock of', 'threads', 'holds', 'median ms', 'p5', 'p95', 'over interval'];
  const rows = holds.map(({ whose, threads, count, medianMs, p5Ms, p95Ms, overInterval }) => {
    const lengths = [medianMs, p5Ms, p95Ms].map(formatNumber);
    return [whose, String(threads), String(count), ...lengths, spreadText(overInterval)];
  });
  return { figures: { holds, skipped }, tables: [{ headings, rows }], notes };
}
