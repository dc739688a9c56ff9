import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/recording/machine.js';
import { timeNs } from '../../src/sweep/fit/law.js';
import { lawWith, STEADY } from '../fixtures/scaling-laws.js';
import { sweptCell, type LaneTimes } from '../fixtures/swept-cells.js';
import { advise, adviceWith, curve, lanesOf } from '../fixtures/advice.js';

describe('the fewest threads', () => {
  it('are those within 5 % of the fastest', () => {
    const advice = adviceWith('fewest-threads', curve({ 1: 1000, 2: 520, 4: 300, 8: 290 }));
    const ratio = 1000 / 300;
    expect(advice?.figures).toEqual({
      ...{ threads: 4, bestThreads: 8 },
      ...{ speedUpRatio: ratio, lowRatio: ratio, highRatio: ratio },
    });
    expect(advice?.message).toBe(
      'Take 4 threads: they are within 5 % of the fastest, 8, 3.33× as fast as one.',
    );
  });

  it('are the fastest where fewer are slower', () => {
    const advice = adviceWith('fewest-threads', curve({ 1: 1000, 2: 520, 4: 300, 8: 330 }));
    expect(advice?.message).toBe(
      'Take 4 threads: they are the fastest measured, 3.33× as fast as one.',
    );
  });

  it('are not named where it is not sure that they are faster than one', () => {
    const cells = curve({ 1: { walls: [1000, 1500, 900] }, 2: { walls: [800, 1600, 700] } });
    expect(adviceWith('fewest-threads', cells)?.message).toMatch(
      /^What threads gain cannot be told: 2 are the best measured, 1\.25× as fast as one \(.*\)\. Repeat more often/,
    );
    const codes = advise(cells).map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('gain-'))).toEqual([]);
  });

  it('are one where more do not help', () => {
    expect(adviceWith('fewest-threads', curve({ 1: 1000, 2: 980 }))?.message).toBe(
      'More threads do not help here: one is within 5 % of the fastest, 2.',
    );
    expect(adviceWith('fewest-threads', curve({ 1: 1000, 2: 1100 }))?.message).toBe(
      'More threads do not help here: one is the fastest.',
    );
  });

  it('are not named of one number of threads', () => {
    expect(adviceWith('fewest-threads', curve({ 4: 1000 }))).toBeUndefined();
  });

  it('are so few that any fewer are more than 5 % slower than the fastest', () => {
    const anyWalls = fc.uniqueArray(
      fc.record({
        threads: fc.integer({ min: 1, max: 64 }),
        wall: fc.integer({ min: 1, max: 1e6 }),
      }),
      { selector: ({ threads }) => threads, minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(anyWalls, (walls) => {
        const cells = curve(Object.fromEntries(walls.map(({ threads, wall }) => [threads, wall])));
        const { threads } = adviceWith('fewest-threads', cells)?.figures ?? {};
        const least = Math.min(...walls.map(({ wall }) => wall));
        for (const { threads: count, wall } of walls) {
          if (count === threads) expect(wall).toBeLessThanOrEqual(1.05 * least);
          if (count < Number(threads)) expect(wall).toBeGreaterThan(1.05 * least);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('where the gain ends', () => {
  const ended = (lanes: readonly LaneTimes[], machine: Partial<Machine> = {}) =>
    adviceWith('gain-ends', [
      ...curve(
        { 1: 1000, 2: { walls: [600], lanes: lanesOf(2, { computeNs: 500 }) } },
        { machine },
      ),
      ...curve({ 4: { walls: [600], lanes } }, { machine }),
    ]);

  it.each([
    ['lock', lanesOf(4, { computeNs: 250, waitNs: 350 }), 'waiting for the lock takes 58 %'],
    [
      'imbalance',
      [{ computeNs: 600 }, ...lanesOf(3, { computeNs: 100 })],
      'lanes that end before others take 63 %',
    ],
    ['handout', lanesOf(4, { computeNs: 250 }), 'handing out tasks, starting and ending take 58 %'],
    [
      'computing',
      lanesOf(4, { computeNs: 600 }),
      'computing itself takes longer, which takes 58 %',
    ],
  ])('what ends it is told by the next point: %s', (cause, lanes, words) => {
    const advice = ended(lanes);
    expect(advice?.figures).toMatchObject({ threads: 2, nextThreads: 4, cause });
    expect(advice?.message).toBe(
      `Beyond 2 threads nothing is gained: on 4, ${words} of the efficiency.`,
    );
  });

  it('is at the cores where lanes would have to share them', () => {
    const advice = ended(lanesOf(4, { computeNs: 300 }), { usableCores: 2 });
    expect(advice?.figures['cause']).toBe('cores');
    expect(advice?.message).toBe('Beyond 2 threads nothing is gained: 4 would share 2 cores.');
  });

  it('is told with the law’s peak where the data bear one', () => {
    const law = lawWith(0.02, 0.02);
    const cells = [1, 2, 4, 8, 16, 32].map((threads, point) =>
      sweptCell({
        parameters: { threads, matrices: 800 },
        walls: STEADY(point).map((error) => error * timeNs(law, threads)),
        lanes: 0.5,
      }),
    );
    const advice = adviceWith('gain-ends', cells);
    expect(advice?.figures).toMatchObject({ threads: 8, peakThreads: 7 });
    expect(advice?.message).toContain('The law has its peak at 7.');
  });

  it('is not within what was measured, where the most threads are the fastest', () => {
    const cells = curve({ 1: 1000, 2: 520, 4: 270 });
    expect(adviceWith('gain-ends', cells)).toBeUndefined();
    expect(adviceWith('gain-goes-on', cells)?.message).toBe('The gain has not ended by 4 threads.');
  });

  it('is told as one of the two of every curve of several points whose times are sure', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 2, maxLength: 6 }),
        (walls) => {
          const cells = curve(Object.fromEntries(walls.map((wall, index) => [index + 1, wall])));
          const codes = advise(cells).map(({ code }) => code);
          expect(codes.filter((code) => code.startsWith('gain-'))).toHaveLength(1);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('what releasing the lock would give', () => {
  const held = (walls: readonly number[], lanes: readonly LaneTimes[] | number = 1) =>
    curve({ 1: 1000, 4: { walls, lanes } }, { parameters: { lock: 'gil-held' } });
  const free = (walls: readonly number[]) => curve({ 1: 1000, 4: { walls } });

  it('is what it gave, where that was measured', () => {
    const advice = adviceWith('release-lock', [
      ...held([1000, 1010, 1020]),
      ...free([250, 260, 255]),
    ]);
    expect(advice?.figures).toMatchObject({ threads: 4, lock: 'gil-held' });
    expect(advice?.figures['gainRatio']).toBeCloseTo(1010 / 255, 12);
    expect(advice?.message).toMatch(
      /^Lock mode GIL held: Without the lock 4 threads are 3\.96× as fast \([\d.]+× to [\d.]+×\), as measured\.$/,
    );
  });

  it('is little where the times are alike', () => {
    const advice = adviceWith('release-lock', [...held([255, 260, 258]), ...free([250, 255, 253])]);
    expect(advice?.message).toContain('Releasing the lock gives little');
  });

  it('cannot be told where the interval has both', () => {
    const advice = adviceWith('release-lock', [...held([250, 400, 251]), ...free([250, 255, 253])]);
    expect(advice?.message).toContain('cannot be told');
  });

  it('is looked for on several threads, though one was the fastest without a lock', () => {
    const slower = curve({ 1: 1000, 4: { walls: [1200, 1210, 1190] } });
    const advice = adviceWith('release-lock', [...held([1800, 1810, 1820]), ...slower]);
    expect(advice?.figures['threads']).toBe(4);
    expect(
      adviceWith('release-lock', curve({ 1: 1000 }, { parameters: { lock: 'gil-held' } })),
    ).toBeUndefined();
  });

  it('is about what the waiting leaves room for, where it was not measured', () => {
    const turns = lanesOf(4, { computeNs: 250, waitNs: 750 });
    const advice = adviceWith('release-lock', held([1000], turns));
    expect(advice?.figures).toMatchObject({ threads: 4, aboutRatio: 4 });
    expect(advice?.message).toBe(
      'Without the lock 4 threads would be about 4.00× as fast; add lock none to the sweep to measure it.',
    );
  });

  it('is no more than there are cores for', () => {
    const turns = { walls: [1000], lanes: lanesOf(4, { computeNs: 250, waitNs: 750 }) };
    const cells = curve(
      { 1: 1000, 4: turns },
      {
        parameters: { lock: 'gil-held' },
        machine: { usableCores: 2 },
      },
    );
    expect(adviceWith('release-lock', cells)?.figures['aboutRatio']).toBe(2);
  });

  it('is nothing to a lane that hardly waits, and is not said without a lock', () => {
    const busy = lanesOf(4, { computeNs: 990, waitNs: 10 });
    expect(adviceWith('release-lock', held([1000], busy))?.message).toContain('hardly wait');
    expect(adviceWith('release-lock', free([1000]))).toBeUndefined();
  });
});
