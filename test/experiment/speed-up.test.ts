import { describe, expect, it } from 'vitest';
import { overviewOf } from '../../src/experiment/report.js';
import {
  isSameWork,
  serialBaseline,
  speedUp,
  speedUpByRounds,
} from '../../src/experiment/speed-up.js';
import { smallRun } from '../fixtures/parameters.js';
import { recordOf, type RecordChanges } from '../fixtures/records.js';

const overview = (changes: RecordChanges) => overviewOf(recordOf(changes));

describe('the same work', () => {
  it.each(['threads', 'repeats', 'warmup'] as const)('is done with other %s', (name) => {
    expect(isSameWork(smallRun(), smallRun({ [name]: 7 }))).toBe(true);
  });

  it('is done under another scheduler and lock', () => {
    expect(isSameWork(smallRun(), smallRun({ scheduler: 'serial', lock: 'gil-held' }))).toBe(true);
  });

  it.each(['matrices', 'size', 'seed', 'interpreterUs', 'epsilon', 'maxIterations'] as const)(
    'is not done with another %s',
    (name) => {
      expect(isSameWork(smallRun(), smallRun({ [name]: 7 }))).toBe(false);
    },
  );

  it('does not depend on what has no effect', () => {
    expect(isSameWork(smallRun({ sleepMs: 1 }), smallRun({ sleepMs: 2 }))).toBe(true);
    const sleep = { workload: 'sleep' } as const;
    expect(isSameWork(smallRun({ ...sleep, size: 1 }), smallRun({ ...sleep, size: 2 }))).toBe(true);
    expect(isSameWork(smallRun(sleep), smallRun())).toBe(false);
  });
});

describe('the serial baseline', () => {
  it('is the newest serial run of the same work without a lock', () => {
    const serial = { scheduler: 'serial', lock: 'none' } as const;
    const runs = [
      { name: 'older', overview: overview({ parameters: serial }) },
      { name: 'newer', overview: overview({ parameters: serial }) },
      { name: 'locked', overview: overview({ parameters: { ...serial, lock: 'gil-held' } }) },
      { name: 'larger', overview: overview({ parameters: { ...serial, size: 17 } }) },
      { name: 'spread', overview: overview({}) },
    ];
    expect(serialBaseline(runs, smallRun())?.name).toBe('newer');
    expect(serialBaseline(runs, smallRun({ seed: 1 }))).toBeUndefined();
  });
});

describe('the speed-up', () => {
  it('is the baseline’s median over the run’s', () => {
    const { ratio, ci95, repeats } = speedUp(
      overview({ walls: [100, 200, 150] }),
      overview({ walls: [300, 310, 290, 300] }),
    );
    expect(ratio).toBe(2);
    expect(repeats).toBe(3);
    expect(ci95?.[0]).toBeLessThanOrEqual(2);
    expect(ci95?.[1]).toBeGreaterThanOrEqual(2);
  });

  it('has no interval with fewer than three repeats', () => {
    expect(speedUp(overview({ walls: [1, 1] }), overview({ walls: [2, 2, 2] })).ci95).toBeNull();
  });
});

describe('the speed-up by rounds', () => {
  it('is the same ratio, and cancels out what befell whole rounds', () => {
    const serial = [300, 900, 420, 320];
    const walls = serial.map((wall) => wall / 2);
    expect(speedUpByRounds(walls, serial)).toEqual({ ratio: 2, ci95: [2, 2], repeats: 4 });
    const [low, high] =
      speedUp(overview({ walls }), overview({ walls: serial })).ci95 ?? ([NaN, NaN] as const);
    expect(high - low).toBeGreaterThan(1);
  });

  it('of a run over itself is 1', () => {
    const walls = [100, 200, 400];
    expect(speedUpByRounds(walls, walls)).toEqual({ ratio: 1, ci95: [1, 1], repeats: 3 });
  });

  it('has no interval with fewer than three rounds, and leaves out those of one side', () => {
    expect(speedUpByRounds([10, 10], [20, 20, 20])).toEqual({ ratio: 2, ci95: null, repeats: 2 });
  });
});
