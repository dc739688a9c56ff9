import { describe, expect, it } from 'vitest';
import { paceOf } from '../../src/main/pace.js';
import { smallRun } from '../fixtures/parameters.js';

describe('the pace of a run', () => {
  const run = { threads: 4, scheduler: 'dynamic', lock: 'none' } as const;

  it('is none while a core is free, and slow where the lanes keep all of them busy', () => {
    expect(paceOf(smallRun(run), 8)).toBe(0);
    expect(paceOf(smallRun(run), 5)).toBe(0);
    expect(paceOf(smallRun(run), 4)).toBeGreaterThan(0);
    expect(paceOf(smallRun({ ...run, scheduler: 'serial' }), 2)).toBe(0);
  });

  it('is the faster the more cores share what it costs, between a tenth of a second and one', () => {
    const pace = (cores: number) => paceOf(smallRun({ ...run, threads: cores }), cores);
    expect(pace(1)).toBe(1000);
    expect(pace(2)).toBe(1000);
    expect(pace(8)).toBe(250);
    expect(pace(16)).toBe(125);
    expect(pace(128)).toBe(100);
  });

  it('counts the lanes that can compute at the same time', () => {
    expect(paceOf(smallRun({ ...run, lock: 'gil-held' }), 2)).toBe(0);
    expect(paceOf(smallRun({ ...run, lock: 'gil-switching' }), 2)).toBe(0);
    expect(paceOf(smallRun({ ...run, lock: 'gil-released' }), 2)).toBeGreaterThan(0);
    expect(paceOf(smallRun({ ...run, workload: 'sleep' }), 2)).toBe(0);
  });
});
