import { describe, expect, it } from 'vitest';
import { expectedTime, longestRepeatNs } from '../../src/experiment/expected-time.js';
import { overviewOf, type Overview } from '../../src/experiment/report.js';
import { smallRun } from '../fixtures/parameters.js';
import { recordOf, type RecordChanges } from '../fixtures/records.js';

describe('the longest time of a repeat', () => {
  const longest = (changes: Parameters<typeof smallRun>[0]) =>
    longestRepeatNs(smallRun(changes), 2);

  it('is shared by the cores there are, unless one lock holds the threads back', () => {
    const one = longest({ threads: 1 });
    expect(longest({ threads: 2 })).toBeCloseTo(one / 2);
    expect(longest({ threads: 64 })).toBeCloseTo(one / 2);
    expect(longest({ threads: 2, lock: 'gil-held' })).toBeGreaterThan(0.9 * one);
    expect(longest({ threads: 2, scheduler: 'serial' })).toBeCloseTo(one);
  });

  it('has the interpreter’s time, which one lock keeps the lanes from sharing', () => {
    const added = (changes: Parameters<typeof smallRun>[0]) =>
      longest({ ...changes, interpreterUs: 10 }) - longest(changes);
    const all = 12 * 201 * 10_000;
    expect(added({ threads: 1 })).toBeCloseTo(all);
    for (const lock of ['none', 'per-object'] as const) {
      expect(added({ threads: 2, lock })).toBeCloseTo(all / 2);
    }
    for (const lock of ['gil-held', 'gil-released', 'gil-switching'] as const) {
      expect(added({ threads: 2, lock })).toBeCloseTo(all);
    }
    expect(added({ workload: 'sleep' })).toBe(0);
  });

  it('of sleeping needs no cores, but lanes', () => {
    const sleep = { workload: 'sleep', sleepMs: 1000, matrices: 10, threads: 10 } as const;
    expect(longest(sleep)).toBe(1e9);
    expect(longest({ ...sleep, threads: 4 })).toBe(3e9);
    expect(longest({ ...sleep, lock: 'gil-held' })).toBe(10e9);
  });
});

describe('the expected time of a run', () => {
  type Changes = Parameters<typeof smallRun>[0];
  const ran = (changes: RecordChanges): Overview => overviewOf(recordOf(changes));
  const expected = (changes: Changes, measured: readonly Overview[] = []) =>
    expectedTime(smallRun({ repeats: 1, warmup: 0, ...changes }), 2, measured);

  it('is measured where the same was run, of however many repeats', () => {
    const before = [ran({ walls: [1000, 3000, 2000] }), ran({ parameters: { seed: 7 } })];
    expect(expected({}, before)).toEqual({ runNs: 2000, isMeasured: true });
    expect(expected({ repeats: 5, warmup: 2 }, before)).toEqual({
      runNs: 14_000,
      isMeasured: true,
    });
    // What has no effect may differ.
    expect(expected({ switchIntervalMs: 9 }, before).isMeasured).toBe(true);
    const serial = ran({ parameters: { scheduler: 'serial', threads: 2 } });
    expect(expected({ scheduler: 'serial', threads: 9 }, [serial]).isMeasured).toBe(true);
  });

  it('is that of the newest of several that are the same', () => {
    const before = [ran({ walls: [1000] }), ran({ walls: [5000] })];
    expect(expected({}, before).runNs).toBe(5000);
  });

  it.each<Changes>([
    { seed: 7 },
    { matrices: 13 },
    { size: 25 },
    { threads: 3 },
    { scheduler: 'dynamic' },
    { lock: 'gil-held' },
    { convergence: 'sign-aware' },
    { maxIterations: 201 },
    { epsilon: 1e-9 },
    { interpreterUs: 1 },
    { workload: 'sleep' },
  ])('is estimated where anything else differs: %o', (changes) => {
    expect(expected(changes, [ran({})]).isMeasured).toBe(false);
  });

  it('is corrected by a run of the same kind of work under the same lock', () => {
    const large = { matrices: 120 };
    const estimate = expected(large).runNs;
    const asEstimated = expected({}).runNs;
    const slow = ran({ walls: [3 * asEstimated] });
    expect(expected(large, [slow]).runNs / estimate).toBeCloseTo(3, 1);
    const otherLock = ran({ walls: [3 * asEstimated], parameters: { lock: 'per-object' } });
    expect(expected(large, [otherLock]).runNs).toBe(estimate);
  });

  it('grows with the work and the repeats, and shrinks with the cores that may be used', () => {
    const one = expected({}).runNs;
    expect(expected({ repeats: 4, warmup: 2 }).runNs).toBeGreaterThan(5 * one);
    expect(expected({ matrices: 24 }).runNs).toBeCloseTo(2 * one);
    expect(expected({ size: 48 }).runNs).toBeGreaterThan(one);
    expect(expected({ convergence: 'sign-aware' }).runNs).toBeLessThanOrEqual(one);
    expect(expected({ threads: 1 }).runNs).toBeGreaterThan(1.9 * one);
    expect(expected({ lock: 'gil-held' }).runNs).toBeGreaterThan(1.9 * one);
    expect(expected({ lock: 'gil-released' }).runNs).toBeGreaterThan(one);
  });

  it('is no more than the longest, a repeat', () => {
    const changes = [
      {},
      { size: 512 },
      { lock: 'gil-held' },
      { lock: 'gil-released' },
      { convergence: 'sign-aware' },
    ] as const;
    for (const change of changes) {
      expect(expected(change).runNs).toBeLessThanOrEqual(longestRepeatNs(smallRun(change), 2));
    }
  });

  it('of sleeping is what the sleeps take', () => {
    const sleep = { workload: 'sleep', sleepMs: 1000, matrices: 10, threads: 4 } as const;
    expect(expected({ ...sleep, repeats: 2 })).toEqual({ runNs: 6e9, isMeasured: false });
    const none = ran({ parameters: { ...sleep, sleepMs: 0 } });
    expect(expected(sleep, [none]).runNs).toBe(3e9);
  });
});
