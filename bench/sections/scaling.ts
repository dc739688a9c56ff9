import type { Engine } from '../../src/engine/index.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { formatDuration } from '../../src/base/units.js';
import { measurePairs, type Pair, type PairValues } from '../measure/pairs.js';
import { ratiosOf, spreadOf, type Spread } from '../measure/ratios.js';
import { firstRepeat, once, recordOf } from '../measure/runs.js';
import { timeOfAsync } from '../measure/timing.js';
import type { Cores } from '../measure/whole-cores.js';
import { spreadText } from '../markdown.js';
import { THREADS, type Section } from '../section.js';
import { BenchThread } from '../threads/bench-thread.js';
import type { MultiplyAddsData, MultiplyAddsQuestion } from '../threads/multiply-adds.js';

/**
 * Equal tasks, as an epsilon that no error is below has each reach its last iteration. All of them
 * take a few tenths of a second, in which cores that are whole mostly stay so.
 */
const TASK: Partial<Parameters> = {
  size: 96,
  maxIterations: 5000,
  epsilon: Number.MIN_VALUE,
};

/** So many of them, at full scale. */
const TASKS = 64;

/** What is set against the serial run. */
const WAYS: readonly Pick<Parameters, 'scheduler' | 'lock'>[] = [
  { scheduler: 'static', lock: 'none' },
  { scheduler: 'dynamic', lock: 'none' },
  { scheduler: 'executor', lock: 'none' },
  { scheduler: 'executor', lock: 'gil-held' },
];

/** Multiply-adds of one thread, at full scale: about as long as a run. */
const TURNS = 6e7;

/** More rounds than others have: what else is on the cores distorts a ratio of this kind most. */
const ROUNDS_FACTOR = 3;

/** What two threads bring under each scheduler, and what a held lock takes. */
export const scaling: Section = {
  title: 'Scaling: one thread to two, equal tasks at size 96',
  async measure({ engine, cores, pace, limits, threadFiles }) {
    await using machine = multiplyAdds(threadFiles.multiplyAdds, limits, TURNS * pace.scale);
    const work = { ...TASK, matrices: Math.round(TASKS * pace.scale) };
    const pairs: Pair<Times>[] = [
      machine.pair,
      ...WAYS.map((way) => ({
        first: timesOf(engine, cores.all, { ...work, scheduler: 'serial' }),
        second: timesOf(engine, cores.all, { ...work, ...way }),
      })),
    ];
    await measurePairs(pairs, { rounds: 1 });
    const rounds = ROUNDS_FACTOR * pace.rounds;
    const [alone, ...ways] = await measurePairs(pairs, { rounds, cores: cores.all });
    if (alone === undefined) throw new Error('the machine was measured too');
    const machineFigures = figuresOf(alone);
    const figures = WAYS.map((way, index) => {
      const values = ways[index] ?? { first: [], second: [] };
      const computing = ratiosOf(values.second.map(computeNsOf), values.first.map(computeNsOf));
      const speedups = ratiosOf(values.first.map(wallNsOf), values.second.map(wallNsOf));
      return {
        ...way,
        ...figuresOf(values),
        computing: spreadOf(computing),
        evenSpeedup: spreadOf(
          speedups.map((speedup, round) => speedup * (computing[round] ?? NaN)),
        ),
      };
    });
    const rows = [
      ['multiply-adds alone', ...cellsOf(machineFigures), '', ''],
      ...figures.map((row) => [
        `${row.scheduler}, ${row.lock}`,
        ...cellsOf(row),
        spreadText(row.computing),
        spreadText(row.evenSpeedup),
      ]),
    ];
    const headings = [
      ...['Scheduler, lock', 'serial', 'two threads', 'serial over it'],
      ...['its computing over serial’s', 'serial over it, computing alike'],
    ];
    const notes = [
      'The multiply-adds meet no lock, no pool and no memory: they gain what a second core of this',
      'machine brought at most in those minutes. Computing is what all lanes took for their tasks,',
      'waiting left out; above 1, the cores were slower at the same work. Computing alike, what',
      'is left of the loss is Gilscope’s own: its pool, its hand-offs, and lanes that end early.',
    ];
    const tables = [{ headings, rows }];
    return { figures: { machine: machineFigures, ways: figures }, tables, notes };
  },
};

interface WallFigures {
  readonly serialNs: Spread;
  readonly wallNs: Spread;
  readonly speedup: Spread;
}

function figuresOf({ first, second }: PairValues<Times>): WallFigures {
  const [serial, shared] = [first.map(wallNsOf), second.map(wallNsOf)];
  return {
    serialNs: spreadOf(serial),
    wallNs: spreadOf(shared),
    speedup: spreadOf(ratiosOf(serial, shared)),
  };
}

function cellsOf({ serialNs, wallNs, speedup }: WallFigures): string[] {
  return [formatDuration(serialNs.median), formatDuration(wallNs.median), spreadText(speedup)];
}

/** What a run took, and what its lanes together computed meanwhile. */
interface Times {
  readonly wallNs: number;
  readonly computeNs: number;
}

function wallNsOf({ wallNs }: Times): number {
  return wallNs;
}

function computeNsOf({ computeNs }: Times): number {
  return computeNs;
}

/** A run's times, given that a core was still whole right after it. */
function timesOf(engine: Engine, cores: Cores, given: Partial<Parameters>): () => Promise<Times> {
  return async () => {
    const { wallNs, timings } = firstRepeat(await recordOf(engine, once(THREADS, given)));
    await cores.confirm();
    return { wallNs, computeNs: timings.computeNs.reduce((sum, ns) => sum + ns, 0) };
  };
}

/** The same number of multiply-adds by one thread, and shared out to all. */
function multiplyAdds(
  file: URL,
  limits: MultiplyAddsData,
  turns: MultiplyAddsQuestion,
): AsyncDisposable & { readonly pair: Pair<Times> } {
  const threads = Array.from(
    { length: THREADS },
    () => new BenchThread<MultiplyAddsQuestion, number>(file, limits),
  );
  const timeOn = (working: typeof threads) => async () => {
    const each = Math.round((turns * THREADS) / working.length);
    const wallNs = await timeOfAsync(async () => {
      await Promise.all(working.map((thread) => thread.ask(each)));
    });
    // They do nothing else.
    return { wallNs, computeNs: wallNs * working.length };
  };
  return {
    pair: { first: timeOn(threads.slice(0, 1)), second: timeOn(threads) },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map((thread) => thread[Symbol.asyncDispose]()));
    },
  };
}
