import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/base/cooperative-task.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import type { Machine } from '../../src/recording/machine.js';
import { adviceOf, type Advice, type AdviceCode } from '../../src/sweep/advice.js';
import { curvesOf, type SweptCell } from '../../src/sweep/curves.js';
import { fitsOf } from '../../src/sweep/fits.js';
import { timeNs } from '../../src/sweep/fit/law.js';
import { lawWith, STEADY } from '../fixtures/scaling-laws.js';
import { sweptCell, type CellChanges, type LaneTimes } from '../fixtures/swept-cells.js';

function advise(cells: readonly SweptCell[]): Advice[] {
  const curves = curvesOf(cells);
  return adviceOf(curves, finish(fitsOf(curves)));
}

function adviceWith(code: AdviceCode, cells: readonly SweptCell[]): Advice | undefined {
  return advise(cells).find((advice) => advice.code === code);
}

/** A curve's cells by their numbers of threads, each with its wall time in ns, or more of it. */
function curve(
  walls: Readonly<Record<number, number | CellChanges>>,
  changes: { parameters?: Partial<Parameters>; machine?: Partial<Machine> } = {},
): SweptCell[] {
  return Object.entries(walls).map(([threads, of]) => {
    const own = typeof of === 'number' ? { walls: [of, of, of] } : of;
    const parameters = { matrices: 800, ...changes.parameters, threads: Number(threads) };
    return sweptCell({ machine: changes.machine ?? {}, ...own, parameters });
  });
}

/** So many lanes of the same times. */
const lanesOf = (count: number, times: LaneTimes) => Array.from({ length: count }, () => times);

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

describe('the number of tasks', () => {
  it('is too small where it bounds the efficiency', () => {
    const advice = adviceWith(
      'more-tasks',
      curve({ 1: 1000, 64: 30 }, { parameters: { matrices: 100 } }),
    );
    expect(advice?.figures).toEqual({
      ...{ threads: 64, tasks: 100, boundShare: 0.78125, wantedTasks: 512 },
    });
    expect(advice?.message).toBe(
      '100 equal tasks keep 64 lanes at an efficiency of at most 78 %, whatever the lock: take 512 or more.',
    );
  });

  it('is too small where lanes do not divide it, though more of them do', () => {
    const cells = curve({ 1: 640, 12: 60, 16: 40 }, { parameters: { matrices: 64 } });
    expect(adviceWith('more-tasks', cells)?.figures).toEqual({
      ...{ threads: 12, tasks: 64, boundShare: 64 / 72, wantedTasks: 128 },
    });
  });

  it.each([
    [128, 64],
    [512, 64],
    [513, 64],
  ])('is enough: %d tasks on %d lanes', (matrices, threads) => {
    const cells = curve({ 1: 1000, [threads]: 30 }, { parameters: { matrices } });
    expect(adviceWith('more-tasks', cells)).toBeUndefined();
  });
});

describe('computing that takes longer', () => {
  const slowed = (computeNs: number, turbo: boolean | null) =>
    adviceWith(
      'slower-computing',
      curve(
        { 1: 1000, 2: { walls: [800], lanes: lanesOf(2, { computeNs }) } },
        { machine: { turbo } },
      ),
    );

  it('is told from contention, by the machine', () => {
    expect(slowed(625, true)?.figures).toEqual({
      ...{ threads: 2, slowerRatio: 1.25, queuedShare: 0, turbo: 'on' },
    });
    expect(slowed(625, true)?.message).toContain('takes 1.25× as long on 2 threads');
    expect(slowed(625, true)?.message).toContain('turbo');
    expect(slowed(625, null)?.figures['turbo']).toBe('unknown');
    expect(slowed(625, false)?.message).not.toContain('turbo');
  });

  it('is told from lanes that had no core, as other processes had them', () => {
    const cells = curve({ 1: 1000, 2: { walls: [800], lanes: lanesOf(2, { computeNs: 625 }) } });
    const crowded = cells.map(({ cell, overview }) => {
      const summary = { ...overview.summary, queuedShare: 0.2 };
      return { cell, overview: { ...overview, summary } };
    });
    expect(adviceWith('slower-computing', crowded)?.message).toContain(
      'the lanes were ready and had no core for 20 % of their time',
    );
  });

  it('is let pass where it is little', () => {
    expect(slowed(520, true)).toBeUndefined();
    expect(slowed(500, true)).toBeUndefined();
  });

  it('is not looked for where lanes have to share cores', () => {
    const crowded = { walls: [1000], lanes: lanesOf(4, { computeNs: 1000 }) };
    const cells = curve({ 1: 1000, 2: 500, 4: crowded }, { machine: { usableCores: 2 } });
    expect(adviceWith('slower-computing', cells)).toBeUndefined();
  });
});

describe('the measuring itself', () => {
  const bent = [1, 2, 4, 8, 16].map((threads, point) =>
    sweptCell({
      parameters: { threads, matrices: 800 },
      walls: STEADY(point).map((error) => (error * 1e6) / (threads > 4 ? 1.5 : threads)),
    }),
  );

  it('says where no law describes the times', () => {
    const advice = adviceWith('no-law', bent);
    expect(Number(advice?.figures['p'])).toBeLessThan(0.01);
    expect(advice?.message).toContain('trust the points, and nothing beyond them');
    expect(adviceWith('no-law', curve({ 1: 1000, 2: 500, 4: 250, 8: 125 }))).toBeUndefined();
  });

  it('says what to measure next', () => {
    expect(adviceWith('measure-next', curve({ 1: 1000, 2: 500 }))).toMatchObject({
      figures: { threads: '4,8' },
      message: expect.stringMatching(
        /^Measure next, with --threads 4,8: Amdahl’s law takes 3 /,
      ) as string,
    });
  });
});

describe('the size of tasks', () => {
  /** A cell for each size on one thread and on four, where a task takes `cost + factor w` of a lane. */
  const sized = (cost: number, factor: number, parameters: Partial<Parameters> = {}) =>
    [16, 32, 64].flatMap((size) => {
      const taskNs = size ** 2;
      const walls = { 1: 800 * taskNs, 4: (800 * (cost + factor * taskNs)) / 4 };
      return curve(walls, { parameters: { ...parameters, size } });
    });

  it('is that from which on 80 % of the efficiency are kept', () => {
    const advice = adviceWith('task-size', sized(500, 1.05));
    expect(advice?.figures['threads']).toBe(4);
    expect(advice?.figures['leastTaskNs']).toBeCloseTo(2500, 3);
    expect(advice?.message).toBe(
      'Tasks of 2.50 µs or more on one thread, a matrix size of about 50, keep 4 threads at an efficiency of 80 %.',
    );
  });

  it('is more than was measured, or less', () => {
    expect(adviceWith('task-size', sized(5000, 1))?.message).toContain('more than was measured');
    expect(adviceWith('task-size', sized(1, 1))?.message).toContain('the least measured, 16');
  });

  it('does not matter where the lock is held throughout', () => {
    const advice = adviceWith('task-size', sized(0, 4, { lock: 'gil-held' }));
    expect(advice?.figures).not.toHaveProperty('leastTaskNs');
    expect(advice?.message).toBe(
      'No task size helps 4 threads to an efficiency of 80 %: the lock is held throughout.',
    );
  });

  it('does not matter where every task takes longer', () => {
    expect(adviceWith('task-size', sized(0, 2))?.message).toContain(
      'a task takes 2.00× as much of a lane’s time as alone',
    );
  });
});

describe('all advice', () => {
  it('names its curve where there are several, and has its values among the figures', () => {
    const advice = advise([
      ...curve({ 1: 1000, 2: 520 }),
      ...curve({ 1: 1000, 2: 990 }, { parameters: { lock: 'gil-held' } }),
    ]);
    const fewest = advice.filter(({ code }) => code === 'fewest-threads');
    expect(fewest.map(({ figures }) => [figures['lock'], figures['threads']])).toEqual([
      ['none', 2],
      ['gil-held', 1],
    ]);
    expect(fewest.map(({ message }) => message.split(':')[0])).toEqual([
      'Lock mode None',
      'Lock mode GIL held',
    ]);
  });

  it('has every figure that its sentence names', () => {
    const cells = [
      ...curve({ 1: 1000, 2: 520, 4: 300, 8: 290 }),
      ...curve(
        { 1: 1000, 4: { walls: [1000], lanes: lanesOf(4, { computeNs: 250, waitNs: 750 }) } },
        {
          parameters: { lock: 'gil-switching' },
        },
      ),
    ];
    for (const { message } of advise(cells)) expect(message).not.toMatch(/[{}]|undefined|NaN/);
  });
});
