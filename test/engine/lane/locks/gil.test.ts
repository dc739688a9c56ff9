import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTROL, layoutOf } from '../../../../src/memory/layout.js';
import { defaultParameters } from '../../../../src/experiment/parameters.js';
import { median } from '../../../../src/base/statistics.js';
import type { Clock } from '../../../../src/base/units.js';
import { Gil, type GilOptions } from '../../../../src/engine/lane/locks/gil.js';
import { GIL, gilWord } from '../../../../src/engine/lane/locks/lock-mode.js';
import { Threads, exploreAll, exploreOne, simulate } from '../../../fixtures/threads.js';

const parameters = { ...defaultParameters(2), matrices: 1, size: 1 };
const layout = layoutOf(parameters);
const words = new Int32Array(new SharedArrayBuffer(layout.totalBytes));
const SWITCHES = gilWord(layout) + GIL.switches;
/** A word that the lock does not use: how many are inside. */
const INSIDE = CONTROL.nextTask;

/** Lanes that use one lock, each in the same way. */
function lanesOf(
  count: number,
  options: GilOptions,
  use: (gil: Gil, threads: Threads, lane: number) => void,
): Threads {
  const program = (lane: number) => {
    const clock = threads.clock as Clock;
    use(new Gil({ words, layout, parameters, lane, clock }, options), threads, lane);
  };
  const threads = new Threads(Array.from({ length: count }, () => program));
  return threads;
}

/** A lane that holds the lock some times over and then gives it up; it throws where that fails. */
function holding(turns: number) {
  return (gil: Gil) => {
    gil.hold();
    for (let turn = 1; turn < turns; turn += 1) {
      passThrough();
      const before = Atomics.load(words, SWITCHES);
      const had = gil.hold();
      const switches = Atomics.load(words, SWITCHES) - before;
      if (switches !== 0 && switches < 2) throw new Error('its own switch alone');
      if ((had === 'kept') !== (switches === 0))
        throw new Error(`${had} after ${switches} switches`);
    }
    passThrough();
    gil.drop();
  };
}

/** Where one may be at a time. */
function passThrough() {
  if (Atomics.add(words, INSIDE, 1) !== 0) throw new Error('two are inside');
  Atomics.add(words, INSIDE, -1);
}

describe('whatever the order of steps, one has the lock, all get it, and who is asked passes it on', () => {
  it.each([
    { interrupts: false, turns: [2, 2] },
    // More steps make many more orders: one lane is asked, and the other asks.
    { interrupts: true, turns: [2, 1] },
  ])('in every order, for two lanes: %j', ({ interrupts, turns }) => {
    const threads = lanesOf(2, { intervalMs: 1, interrupts }, (gil, _, lane) => {
      holding(turns[lane] ?? 0)(gil);
    });
    expect(exploreAll(threads, { timeouts: 1 })).toBeGreaterThan(1000);
  });

  it('in every order, for three lanes that wait for as long as it takes', () => {
    const threads = lanesOf(3, { intervalMs: Infinity, interrupts: false }, holding(1));
    expect(exploreAll(threads, { timeouts: 0 })).toBeGreaterThan(1000);
  });

  it.each([false, true])('in many orders, for four lanes (interrupts: %s)', (interrupts) => {
    const threads = lanesOf(4, { intervalMs: 1, interrupts }, holding(3));
    const start = threads.state;
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        threads.state = start;
        exploreOne(threads, choices, { timeouts: 2 });
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

const INTERVAL_MS = 5;
const TASK_MS = 0.3;

interface Takeover {
  readonly lane: number;
  readonly atMs: number;
}

/** Runs lanes with 100 short tasks each; who took the lock over from another lane, in order. */
function takeoversOf(
  threads: Threads,
  takeovers: readonly Takeover[][],
  wakeMs: number,
): Takeover[] {
  simulate(threads, { stepMs: 1e-4, wakeMs: () => wakeMs });
  const inOrder = takeovers.flat().sort((a, b) => a.atMs - b.atMs);
  return inOrder.filter(({ lane }, index) => lane !== inOrder[index - 1]?.lane);
}

/** Lanes with so many short tasks each, and where they note when they took the lock. */
function withShortTasks(
  lanes: number,
  tasks: number,
  atEnd: 'keeps' | 'drops',
): [Threads, Takeover[][]] {
  const takeovers: Takeover[][] = [];
  const options = { intervalMs: INTERVAL_MS, interrupts: false };
  const threads = lanesOf(lanes, options, (gil, { clock, work }, lane) => {
    const own: Takeover[] = (takeovers[lane] = []);
    for (let task = 0; task < tasks; task += 1) {
      if (gil.hold() !== 'kept') own.push({ lane, atMs: clock() });
      work(TASK_MS);
      if (atEnd === 'drops') gil.drop();
    }
    gil.drop();
  });
  return [threads, takeovers];
}

describe('tasks shorter than the interval', () => {
  it.each([
    { lanes: 2, atEnd: 'keeps' },
    { lanes: 2, atEnd: 'drops' },
    { lanes: 4, atEnd: 'keeps' },
    { lanes: 4, atEnd: 'drops' },
  ] as const)('let a waiter have the lock after an interval: %j', ({ lanes, atEnd }) => {
    const takeovers = takeoversOf(...withShortTasks(lanes, 100, atEnd), 0.05);
    const tenures = takeovers.slice(1).map(({ atMs }, i) => atMs - (takeovers[i]?.atMs ?? NaN));
    expect(tenures.length).toBeGreaterThan((lanes * 100 * TASK_MS) / INTERVAL_MS / 2);
    for (const tenure of tenures) expect(tenure).toBeLessThan(INTERVAL_MS + 2 * TASK_MS);
    expect(median(tenures)).toBeGreaterThan(INTERVAL_MS);
  });
});

describe('lanes that all want the lock', () => {
  const LANES = 6;
  const TASKS = 40;
  const [threads, had] = withShortTasks(LANES, TASKS, 'keeps');
  const takeovers = takeoversOf(threads, had, 0.05);

  it('have it in turn', () => {
    const first = takeovers.slice(0, LANES).map(({ lane }) => lane);
    expect([...first].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    takeovers.slice(0, -LANES).forEach(({ lane }, index) => {
      expect(lane).toBe(first[index % LANES]);
    });
  });

  it('are awake in turn: one of them asks for all', () => {
    const ends = threads.state.logs.flat().filter((answer) => answer === 'timed-out');
    // The ends of tasks are among them.
    const timeouts = ends.length - LANES * TASKS;
    expect(takeovers.length).toBeGreaterThan(2 * LANES);
    expect(timeouts).toBeLessThanOrEqual(takeovers.length);
  });
});
