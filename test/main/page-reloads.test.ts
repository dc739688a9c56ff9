import { expect, it } from 'vitest';
import { PageReloads } from '../../src/main/page-reloads.js';

/** Whether a page that is lost at each of these times, in ms, is reloaded. */
function reloads(...timesMs: readonly number[]): boolean[] {
  let nowMs = 0;
  const counted = new PageReloads(() => nowMs);
  return timesMs.map((timeMs) => {
    nowMs = timeMs;
    return counted.next();
  });
}

it('a page that is lost at each load is reloaded three times within a minute, then no more', () => {
  expect(reloads(0, 1000, 2000, 3000)).toEqual([true, true, true, false]);
  expect(reloads(0, 20_000, 40_000, 59_999)).toEqual([true, true, true, false]);
});

it('a page that is lost now and then is always reloaded', () => {
  expect(reloads(0, 20_000, 40_000, 60_000, 80_000, 100_000)).not.toContain(false);
  expect(reloads(0, 1000, 2000, 62_000, 63_000)).not.toContain(false);
});

it('a page that is tried again after that has as many reloads again', () => {
  expect(reloads(0, 1, 2, 3, 4, 5, 6, 7)).toEqual([
    true,
    true,
    true,
    false,
    true,
    true,
    true,
    false,
  ]);
});
