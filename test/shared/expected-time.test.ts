import { describe, expect, it } from 'vitest';
import { longestRepeatNs } from '../../src/shared/expected-time.js';
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

  it('of sleeping needs no cores, but lanes', () => {
    const sleep = { workload: 'sleep', sleepMs: 1000, matrices: 10, threads: 10 } as const;
    expect(longest(sleep)).toBe(1e9);
    expect(longest({ ...sleep, threads: 4 })).toBe(3e9);
    expect(longest({ ...sleep, lock: 'gil-held' })).toBe(10e9);
  });
});
