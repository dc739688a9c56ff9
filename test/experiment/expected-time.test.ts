import { describe, expect, it } from 'vitest';
import { longestRepeatNs } from '../../src/experiment/expected-time.js';
import { smallRun } from '../fixtures/parameters.js';

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
