import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstPace, nextPace, type Pace } from '../../src/main/pace.js';
import { smallRun } from '../fixtures/parameters.js';

const RUN = { threads: 4, scheduler: 'dynamic', lock: 'none' } as const;

describe('the pace that a run begins with', () => {
  it('is none while a core is free, and some where the lanes keep all of them busy', () => {
    expect(firstPace(smallRun(RUN), 8)).toBeNull();
    expect(firstPace(smallRun(RUN), 5)).toBeNull();
    expect(firstPace(smallRun(RUN), 4)).not.toBeNull();
    expect(firstPace(smallRun({ ...RUN, scheduler: 'serial' }), 2)).toBeNull();
  });

  it('has news the oftener the more cores share what they cost', () => {
    const newsMs = (cores: number) =>
      firstPace(smallRun({ ...RUN, threads: cores }), cores)?.newsMs;
    expect(newsMs(1)).toBe(1000);
    expect(newsMs(2)).toBeCloseTo(667, 0);
    expect(newsMs(4)).toBeCloseTo(333, 0);
    expect(newsMs(128)).toBe(250);
  });

  it('counts the lanes that can compute at the same time', () => {
    expect(firstPace(smallRun({ ...RUN, lock: 'gil-held' }), 2)).toBeNull();
    expect(firstPace(smallRun({ ...RUN, lock: 'gil-switching' }), 2)).toBeNull();
    expect(firstPace(smallRun({ ...RUN, lock: 'gil-released' }), 2)).not.toBeNull();
    expect(firstPace(smallRun({ ...RUN, workload: 'sleep' }), 2)).toBeNull();
  });
});

describe('the pace that a run goes on with', () => {
  const pace: Pace = { beatMs: 50, newsMs: 500 };

  it('stays where the window takes what it may, 1.5 % of all cores’ time', () => {
    expect(nextPace(pace, 30, 1000, 2)).toEqual(pace);
    expect(nextPace(pace, 240, 2000, 8)).toEqual(pace);
  });

  it('makes news rarer first, and spans only where that is not enough', () => {
    expect(nextPace(pace, 45, 1000, 2)).toEqual({ beatMs: 50, newsMs: 750 });
    expect(nextPace({ beatMs: 50, newsMs: 1000 }, 45, 1000, 2)).toEqual({
      beatMs: 75,
      newsMs: 1000,
    });
  });

  it('makes spans quicker first, and then news', () => {
    expect(nextPace({ beatMs: 80, newsMs: 1000 }, 15, 1000, 2)).toEqual({
      beatMs: 50,
      newsMs: 1000,
    });
    expect(nextPace(pace, 15, 1000, 2)).toEqual({ beatMs: 50, newsMs: 250 });
  });

  it('changes by no more than twice at once, and stays within its bounds whatever is measured', () => {
    const times = fc.double({ min: 0, max: 1e6, noNaN: true });
    const cores = fc.integer({ min: 1, max: 256 });
    fc.assert(
      fc.property(fc.array(times, { maxLength: 30 }), cores, (costs, count) => {
        let now = pace;
        for (const cost of costs) {
          const next = nextPace(now, cost, 1000, count);
          expect(next.beatMs).toBeGreaterThanOrEqual(Math.max(50, now.beatMs / 2));
          expect(next.beatMs).toBeLessThanOrEqual(Math.min(1000, now.beatMs * 2));
          expect(next.newsMs).toBeGreaterThanOrEqual(Math.max(250, now.newsMs / 2));
          expect(next.newsMs).toBeLessThanOrEqual(Math.min(1000, now.newsMs * 2));
          now = next;
        }
      }),
    );
  });

  it('comes to rest where beats and news together take what they may', () => {
    const costOf = ({ beatMs, newsMs }: Pace) => 1000 * (1.2 / beatMs + 5 / newsMs);
    let now = pace;
    for (let turn = 0; turn < 40; turn += 1) now = nextPace(now, costOf(now), 1000, 2);
    expect(costOf(now)).toBeGreaterThan(27);
    expect(costOf(now)).toBeLessThan(33);
    expect(now.beatMs).toBeLessThan(60);
  });
});
