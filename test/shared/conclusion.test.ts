import { describe, expect, it } from 'vitest';
import { conclusionOf, type ConclusionRow } from '../../src/shared/conclusion.js';
import type { Interval } from '../../src/shared/statistics.js';
import { smallRun } from '../fixtures/parameters.js';

function row(speedup: number, speedupCi95: Interval | null, threads: number): ConclusionRow {
  return {
    params: smallRun({ threads }),
    speedup,
    speedupCi95,
    summary: { waitShare: 0.745 },
  };
}

interface Speedups {
  readonly static?: number;
  readonly executor: number;
  readonly held: number;
  readonly heldCi95?: Interval;
  readonly threads?: number;
}

function conclusion({ static: chunks, executor, held, heldCi95, threads = 4 }: Speedups): string {
  return conclusionOf({
    serial: row(1, [1, 1], 1),
    static: row(chunks ?? 1, null, threads),
    executor: row(executor, null, threads),
    gilHeld: row(held, heldCi95 ?? null, threads),
  });
}

describe('the conclusion', () => {
  it('of one thread is that there is nothing to divide', () => {
    expect(conclusion({ executor: 2, held: 1, threads: 1 })).toBe(
      'With one thread there is nothing to divide, so the rows differ by overhead alone: compare two threads or more.',
    );
  });

  it('where only the unlocked gain: the lock takes it away', () => {
    expect(conclusion({ executor: 3.8, held: 0.98 })).toBe(
      'Without a lock 4 threads are 3.80 times as fast as one, with the GIL held 0.980 times, waiting 75 % of the time: the lock takes away what the threads gain.',
    );
  });

  it('counts the faster of the two without a lock', () => {
    expect(conclusion({ static: 3.9, executor: 3.1, held: 1 })).toContain('are 3.90 times');
  });

  it('where both gain as much: the lock costs little', () => {
    expect(conclusion({ executor: 2, held: 1.8 })).toBe(
      'Without a lock 4 threads are 2.00 times as fast as one, with the GIL held 1.80 times: here the lock costs little.',
    );
  });

  it('where both gain, one less: the lock costs a part', () => {
    expect(conclusion({ executor: 3, held: 1.5 })).toContain(
      'the lock costs a part of what the threads gain.',
    );
  });

  it('where none gains: it is not the lock', () => {
    expect(conclusion({ executor: 1.05, held: 1 })).toBe(
      'Even without a lock 4 threads are only 1.05 times as fast as one: the tasks are too short or the cores too few, and the lock changes little.',
    );
  });

  it('where only the locked gain: the figures contradict each other', () => {
    expect(conclusion({ executor: 1, held: 2 })).toContain('The figures contradict each other');
  });

  it('takes a gain for one only if the interval’s lower end is', () => {
    expect(conclusion({ executor: 3, held: 1.2, heldCi95: [1.02, 1.4] })).toContain('takes away');
    expect(conclusion({ executor: 3, held: 1.2, heldCi95: [1.15, 1.4] })).toContain('a part');
  });
});
