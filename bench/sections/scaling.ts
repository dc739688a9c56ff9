import type { Engine } from '../../src/main/engine/index.js';
import type { Parameters } from '../../src/shared/parameters.js';
import { formatDuration } from '../../src/shared/units.js';
import { measurePairs, type Pair, type PairValues } from '../measure/pairs.js';
import { ratiosOf, spreadOf, type Spread } from '../measure/ratios.js';
import { firstRepeat, once, recordOf } from '../measure/runs.js';
import { timeOfAsync } from '../measure/timing.js';
import { spreadText } from '../markdown.js';
import { THREADS, type Section } from '../section.js';
import { BenchThread } from '../threads/bench-thread.js';
import type { MultiplyAddsData, MultiplyAddsQuestion } from '../threads/multiply-adds.js';

const WORK: Partial<Parameters> = { matrices: 64, size: 96 };

const SERIAL: Partial<Parameters> = { ...WORK, scheduler: 'serial' };

/** What is set against the serial run. */
const WAYS: readonly Pick<Parameters, 'scheduler' | 'lock'>[] = [
  { scheduler: 'static', lock: 'none' },
  { scheduler: 'dynamic', lock: 'none' },
  { scheduler: 'executor', lock: 'none' },
  { scheduler: 'executor', lock: 'gil-held' },
];

/** Multiply-adds of one thread, at full scale: about as long as a run. */
const TURNS = 1e8;

/** What two threads bring under each scheduler, and what a held lock takes. */
export const scaling: Section = {
  title: 'Scaling: one thread to two, 64 matrices of 96',
  async measure({ engine, pace, limits, threadFiles }) {
    const ways = WAYS.map((way) => ({
      way,
      serial: runOf(engine, SERIAL),
      shared: runOf(engine, { ...WORK, ...way }),
    }));
    await using machine = multiplyAdds(threadFiles.multiplyAdds, limits, TURNS * pace.scale);
    const pairs = [
      machine.pair,
      ...ways.map(({ serial, shared }) => ({ first: serial.measure, second: shared.measure })),
    ];
    await measurePairs(pairs, { rounds: 1 });
    const measured = await measurePairs(pairs, { rounds: pace.rounds });
    const [alone, ...walls] = measured;
    if (alone === undefined) throw new Error('the machine was measured too');
    const machineFigures = figuresOf(alone);
    const figures = ways.map(({ way, serial, shared }, index) => {
      const { first, second } = walls[index] ?? { first: [], second: [] };
      const computing = ratiosOf(shared.computeNs(pace.rounds), serial.computeNs(pace.rounds));
      const speedups = ratiosOf(first, second);
      return {
        ...way,
        ...figuresOf({ first, second }),
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

function figuresOf({ first, second }: PairValues): WallFigures {
  return {
    serialNs: spreadOf(first),
    wallNs: spreadOf(second),
    speedup: spreadOf(ratiosOf(first, second)),
  };
}

function cellsOf({ serialNs, wallNs, speedup }: WallFigures): string[] {
  return [formatDuration(serialNs.median), formatDuration(wallNs.median), spreadText(speedup)];
}

/** A run to measure again and again: its wall time, and what its lanes computed meanwhile. */
function runOf(engine: Engine, given: Partial<Parameters>) {
  const computeNs: number[] = [];
  return {
    /** Nanoseconds of wall time. */
    measure: async () => {
      const repeat = firstRepeat(await recordOf(engine, once(THREADS, given)));
      computeNs.push(repeat.timings.computeNs.reduce((sum, ns) => sum + ns, 0));
      return repeat.wallNs;
    },
    /** The time that all lanes together computed in each of the last `rounds`. */
    computeNs: (rounds: number) => computeNs.slice(-rounds),
  };
}

/** The same number of multiply-adds by one thread, and shared out to all. */
function multiplyAdds(
  file: URL,
  limits: MultiplyAddsData,
  turns: MultiplyAddsQuestion,
): AsyncDisposable & { readonly pair: Pair } {
  const threads = Array.from(
    { length: THREADS },
    () => new BenchThread<MultiplyAddsQuestion, number>(file, limits),
  );
  const timeOn = (working: typeof threads) => () =>
    timeOfAsync(async () => {
      const each = Math.round((turns * THREADS) / working.length);
      await Promise.all(working.map((thread) => thread.ask(each)));
    });
  return {
    pair: { first: timeOn(threads.slice(0, 1)), second: timeOn(threads) },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map((thread) => thread[Symbol.asyncDispose]()));
    },
  };
}
