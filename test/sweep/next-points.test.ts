import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LockModeName } from '../../src/experiment/parameters.js';
import type { Law } from '../../src/sweep/fit/law.js';
import { nextPoints } from '../../src/sweep/next-points.js';
import { fitCurve } from '../../src/sweep/fit/fitted-curve.js';
import { smallRun } from '../fixtures/parameters.js';
import { lawWith, pointsOf, STEADY } from '../fixtures/scaling-laws.js';

/** What may differ from one question to another. */
interface NextChanges {
  readonly law?: Law;
  readonly cores?: number;
  readonly bent?: (threads: number) => number;
  readonly lock?: LockModeName;
}

/** What to measure next of a law, or of times that each is so many times as long as the law's. */
function nextOf(threads: readonly number[], changes: NextChanges = {}) {
  const { law = lawWith(0.1, 0), cores = 64, bent = () => 1, lock = 'none' } = changes;
  const points = pointsOf(law, threads, (point) =>
    STEADY(point).map((error) => error * bent(threads[point] ?? NaN)),
  );
  return nextPoints(threads, fitCurve(points), smallRun({ lock }), { usableCores: cores });
}

const countsOf = (next: ReturnType<typeof nextOf>) => next.map(({ threads }) => threads);

describe('what to measure next', () => {
  it('is one thread where that is missing', () => {
    const [first] = nextOf([2, 4, 8, 16]);
    expect(first).toEqual({ threads: 1, reason: 'speed-ups are over one thread' });
  });

  it('is what a whole law takes, of powers of two first', () => {
    expect(countsOf(nextOf([1]))).toEqual([2, 4, 8]);
    expect(countsOf(nextOf([1, 2]))).toEqual([4, 8]);
    expect(countsOf(nextOf([1, 2, 4]))).toEqual([8]);
    expect(countsOf(nextOf([1, 2], { cores: 4 }))).toEqual([3, 4]);
  });

  it('is what another machine has cores for, where this one has too few', () => {
    const next = nextOf([1, 2], { cores: 2 });
    expect(countsOf(next)).toEqual([4, 8]);
    for (const { reason } of next) {
      expect(reason).toContain('that takes a machine with 8 cores, and this one has 2 cores');
    }
  });

  it('needs no cores where lanes take turns', () => {
    const next = nextOf([1, 2], { cores: 2, lock: 'gil-held' });
    expect(countsOf(next)).toEqual([4, 8]);
    expect(next[0]?.reason).not.toContain('machine');
  });

  it('is further out where no peak is known, as far as there are cores', () => {
    expect(countsOf(nextOf([1, 2, 4, 8]))).toEqual([16]);
    expect(countsOf(nextOf([1, 2, 4, 8], { cores: 12 }))).toEqual([12]);
    expect(nextOf([1, 2, 4, 8], { cores: 8 })).toEqual([]);
  });

  it('is not further out where the law gains nothing there', () => {
    expect(nextOf([1, 2, 4, 8], { law: lawWith(1, 0), lock: 'gil-held' })).toEqual([]);
    expect(nextOf([1, 2, 4, 8, 64], { law: lawWith(0.3, 0), lock: 'gil-held' })).toEqual([]);
  });

  it('is the peak where nothing was measured near it', () => {
    const law = lawWith(0.05, 0.01);
    expect(countsOf(nextOf([1, 2, 4, 16], { law }))).toEqual([10]);
    expect(nextOf([1, 2, 4, 9, 16], { law })).toEqual([]);
  });

  it('is within the widest gap where the law does not describe the points', () => {
    const bent = (threads: number) => (threads > 2 ? 1.5 : 1);
    const [next] = nextOf([1, 2, 8, 16, 32], { bent });
    expect(next?.threads).toBe(4);
    expect(next?.reason).toContain('between 2 and 8 threads');
  });

  it('is nothing that was measured, and nothing twice', () => {
    const anyThreads = fc.uniqueArray(fc.integer({ min: 1, max: 64 }), { maxLength: 8 });
    const anyLaw = fc.constantFrom(lawWith(0.1, 0), lawWith(0, 0), lawWith(0.05, 0.01));
    fc.assert(
      fc.property(anyThreads, anyLaw, fc.integer({ min: 1, max: 64 }), (threads, law, cores) => {
        const sorted = [...threads].sort((a, b) => a - b);
        const next = countsOf(nextOf(sorted, { law, cores }));
        expect(next.filter((count) => threads.includes(count))).toEqual([]);
        expect(new Set(next).size).toBe(next.length);
      }),
    );
  });
});
