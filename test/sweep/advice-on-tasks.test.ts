import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/experiment/parameters.js';
import { STEADY } from '../fixtures/scaling-laws.js';
import { sweptCell } from '../fixtures/swept-cells.js';
import { advise, adviceWith, curve, lanesOf } from '../fixtures/advice.js';

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
