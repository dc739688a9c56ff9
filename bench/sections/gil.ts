import { setTimeout as sleep } from 'node:timers/promises';
import { shuffled } from '../../src/base/shuffle.js';
import { median } from '../../src/base/statistics.js';
import { formatNumber, formatShare } from '../../src/base/units.js';
import { decodeSpans } from '../../src/recording/spans.js';
import { createEngine, type Engine } from '../../src/engine/index.js';
import { spreadText } from '../markdown.js';
import { longestWaiterShare, runLengths, takeoversOf, type Takeover } from '../measure/holds.js';
import { ratioSpread, type Spread } from '../measure/ratios.js';
import { once } from '../measure/runs.js';
import { findPython } from '../python/child.js';
import { LoggingProgram } from '../python/logging-program.js';
import { skipped, type Findings, type Section } from '../section.js';

const THREAD_COUNTS = [2, 4, 10, 64, 256];
const INTERVALS_MS = [0.1, 1, 5, 20];

/** Tasks of about 0.1 ms each, far more than there is time for. */
const WORK = {
  matrices: 20_000,
  size: 16,
  maxIterations: 2000,
  epsilon: Number.MIN_VALUE,
} as const;

/** A round of one lock with so many threads. */
interface Round {
  /** Time over that of the same work on one thread. */
  readonly slowDown: number;
  readonly heldNs: number;
  /** Share of the hand-offs that go to whoever waits longest. */
  readonly inOrder: number;
}

/** The lock of gil-switching beside CPython's: the same work on ever more threads. */
export const gil: Section = {
  title: 'The lock that switches beside CPython’s: holds, their order, and what switching costs',
  async measure(context) {
    const python = findPython(context.pythons, []);
    if (python === undefined) return skipped('there is no Python.');
    const program = await LoggingProgram.start(python);
    const engine = await createEngine(context.builtFiles);
    const { contentionMs, rounds } = context.pace;
    const cases = THREAD_COUNTS.flatMap((threads) =>
      INTERVALS_MS.map((intervalMs) => ({
        ...{ threads, intervalMs },
        ours: new Array<Round>(),
        theirs: new Array<Round>(),
      })),
    );
    const us = (threads: number, intervalMs: number) =>
      contend(engine, threads, intervalMs, contentionMs);
    const them = (threads: number, intervalMs: number) =>
      program.contend(threads, intervalMs, contentionMs);
    for (let round = 0; round < rounds; round += 1) {
      const [ourAlone, theirAlone] = [await us(1, 5), await them(1, 5)];
      for (const { threads, intervalMs, ours, theirs } of shuffled(cases, Math.random)) {
        ours.push(roundOf(await us(threads, intervalMs), ourAlone));
        theirs.push(roundOf(await them(threads, intervalMs), theirAlone));
      }
    }
    await engine.close();
    await program.close();
    return findings(program.hello.python, cases);
  },
};

/** What was done in a while, in turns of CPython's loop or in tasks, and who took the lock when. */
interface Contention {
  readonly turns: number;
  readonly takeovers: readonly Takeover[];
}

/** Lanes that want the lock for a while. */
async function contend(
  engine: Engine,
  threads: number,
  switchIntervalMs: number,
  milliseconds: number,
): Promise<Contention> {
  const lock = { lock: 'gil-switching', switchIntervalMs, scheduler: 'dynamic' } as const;
  const spans: Float64Array[] = [];
  let began: Promise<void> | undefined;
  const { outcome } = await engine.run(once(threads, { ...WORK, ...lock }), {
    onTimeline() {
      began = sleep(milliseconds).then(() => {
        engine.stop();
      });
    },
    onSpans(_, words) {
      spans.push(words);
    },
  });
  await began;
  if (outcome !== 'stopped') throw new Error('the lanes ran out of work too early');
  const endNs = milliseconds * 1e6;
  const decoded = spans.flatMap((words) => [...decodeSpans(words)]);
  return {
    turns: decoded.filter(({ kind, endNs: end }) => kind === 'task' && end <= endNs).length,
    // At the stop every other lane has the lock once more, though it did not ask for it.
    takeovers: takeoversOf(spans).slice(0, 1 - threads || undefined),
  };
}

function roundOf({ turns, takeovers }: Contention, alone: Contention): Round {
  return {
    slowDown: alone.turns / turns,
    heldNs: median(runLengths(takeovers)),
    inOrder: longestWaiterShare(takeovers),
  };
}

interface Case {
  readonly threads: number;
  readonly intervalMs: number;
  readonly ours: readonly Round[];
  readonly theirs: readonly Round[];
}

function findings(python: string, cases: readonly Case[]): Findings {
  const figures = cases.map(({ threads, intervalMs, ours, theirs }) => {
    const of = (rounds: readonly Round[], figure: keyof Round) =>
      rounds.map((round) => round[figure]);
    const typical = (rounds: readonly Round[]) => ({
      heldMs: median(of(rounds, 'heldNs')) / 1e6,
      slowDown: median(of(rounds, 'slowDown')),
      inOrder: median(of(rounds, 'inOrder')),
    });
    const ratio = (figure: keyof Round): Spread =>
      ratioSpread(of(ours, figure), of(theirs, figure));
    return {
      ...{ threads, intervalMs, ours: typical(ours), theirs: typical(theirs) },
      held: ratio('heldNs'),
      slowDown: ratio('slowDown'),
    };
  });
  const headings = [
    ...['Threads', 'interval ms', 'held ms: ours', 'CPython', 'over CPython', 'time: ours'],
    ...['CPython', 'over CPython', 'in order: ours', 'CPython'],
  ];
  const rows = figures.map(({ threads, intervalMs, ours, theirs, held, slowDown }) => [
    ...[
      String(threads),
      String(intervalMs),
      formatNumber(ours.heldMs),
      formatNumber(theirs.heldMs),
    ],
    ...[spreadText(held), formatNumber(ours.slowDown), formatNumber(theirs.slowDown)],
    ...[spreadText(slowDown), formatShare(ours.inOrder), formatShare(theirs.inOrder)],
  ]);
  const notes = [
    `CPython ${python}. Held: from one takeover to the next, the median. Time: over that of the same work on one`,
    'thread. In order: the share of the hand-offs that go to whoever waits longest. Over CPython, within 5 % of 1, counts.',
  ];
  return { figures: { python, cases: figures }, tables: [{ headings, rows }], notes };
}
