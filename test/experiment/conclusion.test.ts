import { describe, expect, it } from 'vitest';
import { conclusionOf, type ConclusionRow } from '../../src/experiment/conclusion.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { smallRun } from '../fixtures/parameters.js';
import { MACHINE } from '../fixtures/records.js';

/** Speed-ups of three rounds, the serial run of which took 1 ms each. */
type Rounds = readonly [number, number, number];

interface Measured {
  readonly static?: Rounds;
  readonly executor: Rounds;
  readonly held: Rounds;
  readonly threads?: number;
  /** The lock under which the last one really is. */
  readonly lock?: Parameters['lock'];
}

const steady = (speedUp: number): Rounds => [speedUp, speedUp, speedUp];

function conclusion({
  executor,
  held,
  static: chunks = executor,
  threads = 4,
  lock = 'none',
}: Measured): string {
  const row = (
    speedUps: Rounds,
    lanes: number,
    rowLock: Parameters['lock'] = 'none',
  ): ConclusionRow => ({
    params: smallRun({ threads: lanes, lock: rowLock }),
    machine: { ...MACHINE, usableCores: 4 },
    repeats: speedUps.map((speedUp) => ({
      wallNs: Math.round(1e9 / speedUp),
      lanes: [],
      keptUntilNs: null,
      suspensions: [],
    })),
    summary: { waitShare: 0.745 },
  });
  return conclusionOf({
    serial: row(steady(1), 1),
    static: row(chunks, threads),
    executor: row(executor, threads),
    gilHeld: row(held, threads, lock),
  });
}

describe('the conclusion', () => {
  it('of one thread is that there is nothing to divide', () => {
    expect(conclusion({ executor: steady(2), held: steady(1), threads: 1 })).toBe(
      'With one thread there is nothing to divide, so the rows differ by overhead alone: compare two threads or more.',
    );
  });

  it('explains no speed-up that cannot be', () => {
    const end = ' That is more than lanes, lock and cores allow. Repeat more often';
    const held = steady(1.7);
    expect(conclusion({ executor: steady(1.8), held, lock: 'gil-held' })).toContain(end);
    expect(
      conclusion({ executor: steady(1.8), held: steady(1.05), lock: 'gil-held' }),
    ).not.toContain(end);
    expect(conclusion({ executor: steady(4.5), held: steady(1) })).toContain(end);
    // Nothing is beyond what is possible where its interval is not.
    expect(conclusion({ executor: [3.9, 4.5, 5], held: steady(1) })).not.toContain(end);
  });

  it('sets the executor with the GIL held beside the one without a lock', () => {
    expect(conclusion({ executor: steady(3.8), held: steady(0.98) })).toBe(
      'Without a lock 4 threads are 3.80× as fast as one. With the GIL held they are 0.980× as fast as one, and wait 75 % of the time. The lock takes away what the threads gain.',
    );
  });

  it('says between what a speed-up lies where it is too uncertain, in place of a figure', () => {
    expect(conclusion({ executor: [0.614, 1.08, 1.78], held: [0.55, 0.601, 1.7] })).toBe(
      'Without a lock 4 threads are between 0.614× and 1.78× as fast as one. With the GIL held they are between 0.550× and 1.70× as fast as one, and wait 75 % of the time. Neither what the threads gain nor what the lock costs can be told: the times vary too much. Repeat more often, or on a quieter machine.',
    );
  });

  const VARY = 'cannot be told: the times vary too much.';
  const AGAIN = 'Repeat more often, or on a quieter machine.';
  const WRONG_WAY = 'A lock makes nothing faster, so something else disturbed the measurement.';
  it.each<[string, Rounds, Rounds, string]>([
    // Gains without the lock:
    ['none left with it', steady(3), steady(1), 'The lock takes away what the threads gain.'],
    ['less with it', steady(3), steady(1.5), 'The lock costs a part of what the threads gain.'],
    [
      'less or none with it',
      steady(3),
      [1.0, 1.2, 1.4],
      'The lock costs a part of what the threads gain, or all of it.',
    ],
    ['about the same with it', steady(2), steady(1.9), 'Here the lock costs little.'],
    [
      'and with it one cannot tell',
      steady(2),
      [1.2, 1.9, 2.1],
      `The threads help. What the lock costs ${VARY} ${AGAIN}`,
    ],
    // No gain without the lock:
    [
      'slower still with it',
      steady(1.08),
      steady(0.601),
      'Threads do not help here, and the lock makes them slower still.',
    ],
    [
      'the same with it',
      steady(1.05),
      steady(1),
      'Threads do not help here, with or without the lock.',
    ],
    [
      'and with it one cannot tell',
      steady(1.05),
      [0.6, 1.0, 1.05],
      `Threads do not help here. What the lock costs ${VARY} ${AGAIN}`,
    ],
    // One cannot tell without the lock:
    [
      'slower with it',
      [0.614, 1.08, 1.78],
      [0.3, 0.5, 0.52],
      `The lock makes the threads slower. Whether they help without it ${VARY} ${AGAIN}`,
    ],
    [
      'the same with it',
      [0.8, 1.08, 1.4],
      [0.79, 1.07, 1.39],
      `The lock costs little. Whether the threads help ${VARY} ${AGAIN}`,
    ],
    // Faster with the lock:
    ['faster with it', steady(1), steady(2), `${WRONG_WAY} ${AGAIN}`],
    ['faster with it', [0.6, 1, 1.7], steady(2), `${WRONG_WAY} ${AGAIN}`],
  ])('without a lock and %s: %j, %j', (_, executor, held, end) => {
    expect(conclusion({ executor, held }).slice(-end.length - 2)).toBe(`. ${end}`);
  });

  it('says so where static chunks are faster than the executor', () => {
    expect(conclusion({ static: steady(3.9), executor: steady(1.2), held: steady(0.9) })).toContain(
      'Without a lock 4 threads are 1.20× as fast as one, and 3.90× in static chunks. With the GIL held they are 0.900×',
    );
    expect(conclusion({ static: steady(2), executor: steady(1.9), held: steady(1) })).not.toContain(
      'static',
    );
  });

  it('goes by the figures alone where there are too few for an interval', () => {
    const one = (speedUp: number) => [speedUp] as unknown as Rounds;
    expect(conclusion({ executor: one(2), held: one(1) })).toContain('takes away');
  });
});
