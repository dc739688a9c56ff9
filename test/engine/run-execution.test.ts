import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withPulse } from '../../src/engine/run-execution.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('pulses soon after work has begun, then thirty times a second, and no more once it is done', async () => {
  let finish: () => void = () => undefined;
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let pulses = 0;
  const done = withPulse(work, () => (pulses += 1));
  vi.advanceTimersByTime(10);
  expect(pulses).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(pulses).toBeGreaterThanOrEqual(30);
  expect(pulses).toBeLessThanOrEqual(32);
  finish();
  await done;
  const atEnd = pulses;
  vi.advanceTimersByTime(1000);
  expect(pulses).toBe(atEnd);
});
