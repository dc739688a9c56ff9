import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/experiment/parameters.js';
import { implausibleSpeedUp, mostSpeedUp } from '../../src/experiment/plausibility.js';
import { smallRun } from '../fixtures/parameters.js';
import { MACHINE } from '../fixtures/records.js';

const run = (parameters: Partial<Parameters>, usableCores = 4) => ({
  params: smallRun({ threads: 8, ...parameters }),
  machine: { ...MACHINE, usableCores },
});

describe('the most that a run can be faster than serially', () => {
  it.each<[string, Partial<Parameters>, number, number]>([
    ['its cores', { lock: 'none' }, 4, 4],
    ['a part of a core, of which the serial run has no more', { lock: 'none' }, 0.5, 1],
    ['its quota', { lock: 'none' }, 1.5, 1.5],
    ['its lanes', { lock: 'none', threads: 2 }, 4, 2],
    ['its one lane', { scheduler: 'serial' }, 4, 1],
    ['the lock that it holds', { lock: 'gil-held' }, 4, 1],
    ['the lock that it hands over', { lock: 'gil-switching' }, 4, 1],
    ['its lanes where these sleep', { workload: 'sleep', lock: 'none' }, 2, 8],
    ['the lock that it sleeps with', { workload: 'sleep', lock: 'gil-held' }, 2, 1],
  ])('is that of %s', (_, parameters, cores, expected) => {
    expect(mostSpeedUp(run(parameters, cores))).toBe(expected);
  });
});

describe('a speed-up', () => {
  const held = run({ lock: 'gil-held' }, 2);

  it('that cannot be is warned of', () => {
    expect(implausibleSpeedUp(held, { ratio: 1.7, ci95: null, repeats: 1 })).toEqual({
      code: 'implausible-speed-up',
      message:
        'A speed-up of 1.70× cannot be: the lanes, the lock and the cores allow 1.00×. The machine was slower ' +
        'while it ran serially, or faster since: measure both again, on a quieter machine.',
      figures: { speedUpRatio: 1.7, mostRatio: 1 },
    });
    expect(implausibleSpeedUp(held, { ratio: 1.7, ci95: [1.2, 2], repeats: 6 })).not.toBeNull();
  });

  it('that can be within its interval is not', () => {
    expect(implausibleSpeedUp(held, { ratio: 1.7, ci95: [1.05, 2], repeats: 6 })).toBeNull();
    expect(implausibleSpeedUp(held, { ratio: 1.05, ci95: null, repeats: 1 })).toBeNull();
    expect(implausibleSpeedUp(run({}), { ratio: 4, ci95: [3.9, 4.1], repeats: 6 })).toBeNull();
  });
});
