import { afterEach, describe, expect, it, vi } from 'vitest';
import { perTurn } from '../../bench/measure/timing.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a measurement of a loop', () => {
  it('has as many turns as fill its time once the loop is as fast as it gets', () => {
    let nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    let turned = 0;
    const loop = (count: number) => {
      turned += count;
      nowMs += count * Math.max(0.01, 1 - turned / 100);
    };
    const measure = perTurn(loop, 10);
    const before = nowMs;
    expect(measure()).toBeCloseTo(1e4);
    expect(nowMs - before).toBeCloseTo(10);
  });
});
