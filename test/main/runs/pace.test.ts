import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetOf, busyLanes, firstPace, nextPace } from '../../../src/main/runs/pace.js';
import type { Pace } from '../../../src/ipc/index.js';
import { smallRun } from '../../fixtures/parameters.js';
import { CROWDED, FREE } from '../../fixtures/paces.js';

const RUN = { threads: 4, scheduler: 'dynamic', lock: 'none' } as const;

describe('what the window may take', () => {
  it('is 1.2 % of all cores’ time, and more of those that no lane needs', () => {
    expect(budgetOf(busyLanes(smallRun(RUN)), 4)).toBeCloseTo(4 * 0.012);
    expect(budgetOf(busyLanes(smallRun(RUN)), 2)).toBeCloseTo(2 * 0.012);
    expect(budgetOf(busyLanes(smallRun(RUN)), 6)).toBeCloseTo(6 * 0.012 + 2 * 0.08);
  });

  it('counts the lanes that can compute at the same time', () => {
    const free = (changes: Parameters<typeof smallRun>[0]) =>
      (budgetOf(busyLanes(smallRun({ ...RUN, ...changes })), 4) - 4 * 0.012) / 0.08;
    expect(free({ scheduler: 'serial' })).toBeCloseTo(3);
    expect(free({ lock: 'gil-held' })).toBeCloseTo(3);
    expect(free({ lock: 'gil-switching' })).toBeCloseTo(3);
    expect(free({ lock: 'gil-released' })).toBeCloseTo(0);
    expect(free({ workload: 'sleep' })).toBeCloseTo(4);
  });
});

describe('the pace that a run begins with', () => {
  it('says whether the lanes need every core', () => {
    expect(firstPace(busyLanes(smallRun(RUN)), 4).crowded).toBe(true);
    expect(firstPace(busyLanes(smallRun(RUN)), 5).crowded).toBe(false);
  });

  it('has everything the oftener the more cores share what it costs', () => {
    const pace = (cores: number) =>
      firstPace(busyLanes(smallRun({ ...RUN, threads: cores })), cores);
    expect(pace(1)).toEqual({ crowded: true, beatMs: 500, newsMs: 3000, wholeMs: 6000 });
    expect(pace(4).beatMs).toBeCloseTo(125);
    expect(pace(4).newsMs).toBeCloseTo(833, 0);
    expect(pace(128)).toEqual({ crowded: true, beatMs: 25, newsMs: 250, wholeMs: 1000 });
  });

  it('sends spans with every second drain at least where a core is free', () => {
    const { beatMs } = firstPace(busyLanes(smallRun({ ...RUN, threads: 1 })), 2);
    expect(beatMs).toBeLessThanOrEqual(50);
  });
});

describe('the pace that a run goes on with', () => {
  it('stays where the window takes what it may', () => {
    expect(nextPace(CROWDED, 1)).toEqual(CROWDED);
    expect(nextPace(FREE, 1)).toEqual(FREE);
  });

  it('makes whole pictures rarer first, then news, and spans only where that is not enough', () => {
    const paces = [FREE];
    for (let turn = 0; turn < 9; turn += 1) paces.push(nextPace(paces.at(-1) ?? FREE, 9));
    expect(paces.map(({ wholeMs }) => wholeMs).slice(0, 5)).toEqual([1000, 2000, 4000, 6000, 6000]);
    expect(paces.at(4)).toMatchObject({ wholeMs: 6000, newsMs: 500, beatMs: 25 });
    expect(paces.at(8)).toMatchObject({ wholeMs: 6000, newsMs: 3000, beatMs: 50 });
    // Spans are seen within 100 ms where a core is free, whatever that takes.
    expect(nextPace(paces.at(8) ?? FREE, 9)).toEqual(paces.at(8));
    expect(nextPace({ ...CROWDED, newsMs: 3000 }, 1.5).beatMs).toBe(75);
  });

  it('makes spans quicker first, and then news', () => {
    expect(nextPace(CROWDED, 0.5)).toEqual({ ...CROWDED, beatMs: 25 });
    expect(nextPace({ ...CROWDED, beatMs: 25 }, 0.5)).toEqual({
      ...CROWDED,
      beatMs: 25,
      newsMs: 250,
    });
  });

  it('changes by no more than twice at once, and stays within its bounds whatever is measured', () => {
    const taken = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(taken, { maxLength: 30 }), (shares) => {
        let now = CROWDED;
        for (const share of shares) {
          const next = nextPace(now, share);
          for (const period of ['beatMs', 'newsMs', 'wholeMs'] as const) {
            expect(next[period]).toBeGreaterThanOrEqual(now[period] / 2);
            expect(next[period]).toBeLessThanOrEqual(now[period] * 2);
          }
          expect(next.beatMs).toBeGreaterThanOrEqual(25);
          expect(next.beatMs).toBeLessThanOrEqual(3000);
          expect(next.newsMs).toBeLessThanOrEqual(3000);
          expect(next.wholeMs).toBeLessThanOrEqual(6000);
          now = next;
        }
      }),
    );
  });

  it('comes to rest where all together take what they may', () => {
    const takenOf = ({ beatMs, newsMs, wholeMs }: Pace) =>
      (2.4 / beatMs + 5 / newsMs + 30 / wholeMs) / 0.03;
    let now = CROWDED;
    for (let turn = 0; turn < 40; turn += 1) now = nextPace(now, takenOf(now));
    expect(takenOf(now)).toBeGreaterThan(0.9);
    expect(takenOf(now)).toBeLessThan(1.1);
  });
});
