import { describe, expect, it } from 'vitest';
import { conclusionOf, type ConclusionRow } from '../../src/experiment/conclusion.js';
import { smallRun } from '../fixtures/parameters.js';

/** Speed-ups of three rounds, the serial run of which took 1 ms each. */
type Rounds = readonly [number, number, number];

interface Measured {
  readonly static?: Rounds;
  readonly executor: Rounds;
  readonly held: Rounds;
  readonly threads?: number;
}

const steady = (speedUp: number): Rounds => [speedUp, speedUp, speedUp];

function conclusion({ executor, held, static: chunks = executor, threads = 4 }: Measured): string {
  const row = (speedUps: Rounds, lanes: number): ConclusionRow => ({
    params: smallRun({ threads: lanes }),
    repeats: speedUps.map((speedUp) => ({
      wallNs: Math.round(1e9 / speedUp),
      lanes: [],
      keptUntilNs: null,
    })),
    summary: { waitShare: 0.745 },
  });
  return conclusionOf({
    serial: row(steady(1), 1),
    static: row(chunks, threads),
    executor: row(executor, threads),
    gilHeld: row(held, threads),
  });
}

describe('the conclusion', () => {
  it('of one thread is that there is nothing to divide', () => {
    expect(conclusion({ executor: steady(2), held: steady(1), threads: 1 })).toBe(
      'With one thread there is nothing to divide, so the rows differ by overhead alone: compare two threads or more.',
    );
  });

  it('sets the executor with the GIL held beside the one without a lock', () => {
    expect(conclusion({ executor: steady(3.8), held: steady(0.98) })).toBe(
      'Without a lock 4 threads are 3.80 times as fast as one, with the GIL held 0.980 times, waiting 75 % of the time: the lock takes away what the threads gain.',
    );
  });

  const NOISY = 'too noisy to tell';
  const AGAIN = 'repeat more often, or on a quieter machine.';
  it.each<[string, Rounds, Rounds, string]>([
    // Gains without the lock:
    ['none left with it', steady(3), steady(1), ': the lock takes away what the threads gain.'],
    ['less with it', steady(3), steady(1.5), ': the lock costs a part of what the threads gain.'],
    [
      'less or none with it',
      steady(3),
      [1.0, 1.2, 1.4],
      ': the lock costs a part of what the threads gain, or all of it.',
    ],
    ['about the same with it', steady(2), steady(1.9), ': here the lock costs little.'],
    [
      'and with it one cannot tell',
      steady(2),
      [1.2, 1.9, 2.1],
      `: the threads gain; ${NOISY} what the lock costs: ${AGAIN}`,
    ],
    // No gain without the lock:
    [
      'slower still with it',
      steady(1.08),
      steady(0.601),
      ': threads do not help here, and the lock makes them slower still.',
    ],
    ['the same with it', steady(1.05), steady(1), ': threads do not help here, lock or not.'],
    [
      'and with it one cannot tell',
      steady(1.05),
      [0.6, 1.0, 1.05],
      `: threads do not help here; ${NOISY} what the lock costs: ${AGAIN}`,
    ],
    // One cannot tell without the lock:
    [
      'slower with it',
      [0.614, 1.08, 1.78],
      [0.3, 0.5, 0.52],
      `: ${NOISY} whether the threads gain, but the lock makes them slower: ${AGAIN}`,
    ],
    [
      'the same with it',
      [0.8, 1.08, 1.4],
      [0.79, 1.07, 1.39],
      `: ${NOISY} whether the threads gain; the lock costs little: ${AGAIN}`,
    ],
    [
      'nor with it',
      [0.614, 1.08, 1.78],
      [0.55, 0.601, 1.7],
      `: ${NOISY} whether the threads gain and what the lock costs: ${AGAIN}`,
    ],
    // Faster with the lock:
    ['faster with it', steady(1), steady(2), `: a lock makes nothing faster, so ${AGAIN}`],
    ['faster with it', [0.6, 1, 1.7], steady(2), `: a lock makes nothing faster, so ${AGAIN}`],
  ])('without a lock and %s: %j, %j', (_, executor, held, end) => {
    expect(conclusion({ executor, held }).slice(-end.length)).toBe(end);
  });

  it('says so where static chunks are faster than the executor', () => {
    expect(conclusion({ static: steady(3.9), executor: steady(1.2), held: steady(0.9) })).toContain(
      'Without a lock 4 threads are 1.20 times as fast as one (3.90 in static chunks), with the GIL held 0.900 times',
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
