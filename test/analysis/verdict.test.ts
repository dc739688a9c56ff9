import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MS,
  work,
  judge,
  repeat,
  sentence,
  mostWithout,
  lockedTurns,
} from '../fixtures/verdicts.js';

describe('the verdict', () => {
  it('is lock-bound where most time lost is waited', () => {
    const lanes = [
      ...work(0, 0, 50),
      ...work(0, 50, 100, { waits: 1 }),
      ...work(1, 0, 100, { waits: 50 }),
    ];
    const verdict = judge(2, lanes, 2, repeat(100));
    expect(verdict.kind).toBe('lock-bound');
    expect(verdict.gain).toBeCloseTo(100 / (149 / 2), 9);
    expect(sentence(verdict)).toBe(
      'Lock-bound: 26 % of thread time waits for the lock. Releasing it would gain about 1.34× on these 2 cores.',
    );
  });

  it('takes the cores for the limit, not the lanes, and says so', () => {
    // All wait in turn: 45 of 100 lane times; those that had their turn are idle for 45 more.
    const verdict = judge(10, lockedTurns, 2, repeat(100));
    expect(verdict.kind).toBe('lock-bound');
    expect(verdict.gain).toBe(2);
    expect(verdict.time).toMatchObject({ waitNs: 450 * MS, heldUpNs: 450 * MS, tailNs: 0 });
    expect(sentence(verdict)).toContain('about 2.00× on these 2 cores');
  });

  it('takes the lanes for the limit of what sleeps under the lock', () => {
    const spans = [
      ...work(0, 0, 50, { does: 'sleep' }),
      ...work(1, 0, 100, { does: 'sleep', waits: 50 }),
      ...work(0, 50, 150, { does: 'sleep', waits: 50 }),
      ...work(1, 100, 200, { does: 'sleep', waits: 50 }),
    ];
    const verdict = judge(2, spans, 1, repeat(200));
    expect(verdict.kind).toBe('lock-bound');
    expect(verdict.gain).toBe(2);
    expect(sentence(verdict)).toContain('about 2.00× on these 2 lanes');
  });

  it('is imbalanced where lanes have nothing more to do', () => {
    const spans = [
      ...work(0, 0, 20),
      ...work(1, 0, 20),
      ...work(1, 20, 40),
      ...work(1, 40, 60),
      ...work(1, 60, 80),
      ...work(1, 80, 100),
    ];
    const verdict = judge(2, spans, 2, repeat(100));
    expect(sentence(verdict)).toBe(
      'Imbalanced: 40 % of thread time is idle after a lane’s last task. An even load would gain at most 1.67× on these 2 cores.',
    );
  });

  it('does not promise more than the longest task allows', () => {
    const verdict = judge(
      2,
      [...work(0, 0, 10), ...work(1, 0, 10), ...work(1, 10, 100)],
      2,
      repeat(100),
    );
    expect(verdict.bound).toEqual({ leastNs: 90 * MS, by: 'longest task' });
    expect(verdict.gain).toBeCloseTo(100 / 90, 9);
  });

  it('lays to the lock no time in which nobody computes, such as hand-overs', () => {
    // Two lanes take turns with the lock, with 1 ms between two holds in which nobody has it.
    const turns = Array.from({ length: 25 }, (_, turn) =>
      work(turn % 2, 4 * turn - (turn < 2 ? 0 : 5), 4 * turn + 3, { waits: turn < 2 ? 0 : 5 }),
    ).flat();
    const verdict = judge(2, turns, 2, repeat(99));
    expect(verdict.kind).toBe('lock-bound');
    // 75 ms are computed, on two cores in 37.5; the 24 between are there with or without a lock.
    expect(verdict.gain).toBeCloseTo(99 / (75 / 2 + 24), 9);
  });

  it('says what the longest task has to do with it', () => {
    const long = [...work(0, 0, 20), ...work(1, 0, 100, { waits: 20 })];
    expect(sentence(judge(2, long, 2, repeat(100)))).toContain(
      'would gain about 1.25×: the longest task alone takes 80.0 ms.',
    );
  });

  it('is overhead-bound where time passes between tasks', () => {
    const spans = [0, 1].flatMap((lane) =>
      [0, 1, 2, 3].flatMap((turn) => work(lane, 25 * turn, 25 * turn + 12)),
    );
    expect(sentence(judge(2, spans, 2, repeat(87)))).toBe(
      'Overhead-bound: 45 % of thread time goes into handing tasks out and in, 9.75 ms a task. Doing without it would gain at most 1.82× on these 2 cores.',
    );
  });

  it('names the loss without which most is gained, not the one that takes most time', () => {
    // Three lanes take turns with the lock, which is hardly ever free.
    const turns = [1, 2, 3, 4, 5].flatMap((turn) =>
      work(turn % 3, 10 * turn - 7, 10 * turn + 10, { waits: 7 }),
    );
    turns.unshift(...work(0, 0, 10));
    const verdict = judge(3, turns, 2, repeat(60));
    expect(verdict.time.overheadNs).toBeGreaterThan(verdict.time.waitNs);
    expect(verdict.kind).toBe('lock-bound');
  });

  it('is not imbalanced for what comes after the range, or after all lanes’ tasks', () => {
    const spans = [...work(0, 0, 10), ...work(0, 90, 100), ...work(1, 0, 40), ...work(1, 90, 100)];
    const inside = judge(2, spans, 2, repeat(50));
    expect([inside.kind, inside.time.tailNs]).toEqual(['overhead-bound', 0]);
    const after = judge(2, [...work(0, 0, 50), ...work(1, 0, 50)], 2, repeat(100));
    expect([after.kind, after.time.tailNs]).toEqual(['start-bound', 0]);
  });

  it('lays to the start what passes before the first task and after the last, not to handing out', () => {
    // Of a single task the other lane's idling is none that an even load would mend.
    expect(judge(2, work(1, 0.5, 9.5), 2, repeat(11)).kind).toBe('start-bound');
    // One task of 3 ms, for which a lane has to be woken, and whose end has to be heard of.
    const [early, late] = [
      judge(1, work(0, 1, 4), 2, repeat(5)),
      judge(2, work(1, 1, 4), 2, repeat(5)),
    ];
    for (const verdict of [early, late]) {
      expect(verdict.kind).toBe('start-bound');
      expect(verdict.time.overheadNs).toBe(0);
    }
    expect(late.time).toMatchObject({ startNs: 4 * MS, tailNs: 3 * MS });
    expect(sentence(late)).toBe(
      'Start-bound: 40 % of thread time lies before a lane’s first task or after the last of all. More work makes it matter less; doing without it would gain at most 1.67×: the longest task alone takes 3.00 ms.',
    );
  });

  it.each([
    ['Start-bound', 50, 55, 'doing without it would gain about 2.00×.'],
    ['Overhead-bound', 30, 35, 'Doing without it would gain about 2.50×.'],
  ])(
    'promises no more without the %s loss than the other losses leave',
    (lead, start, end, gain) => {
      const spans = [0, 1].flatMap((lane) => [...work(lane, start, end), ...work(lane, 95, 100)]);
      const verdict = judge(2, spans, 2, repeat(100));
      expect(verdict.bound.by).toBe('other losses');
      expect(verdict.isBound).toBe(false);
      expect(sentence(verdict)).toMatch(new RegExp(`^${lead}.*${gain}$`));
    },
  );

  it('promises no more of an even load than the other losses leave', () => {
    // The first lane spends 20 ms between its tasks, while the other one computes.
    const turns = Array.from({ length: 9 }, (_, turn) => work(1, 10 * turn + 10, 10 * turn + 20));
    const spans = [...work(0, 10, 15), ...work(0, 35, 40), ...turns.flat()];
    const verdict = judge(2, spans, 2, repeat(100));
    expect(verdict).toMatchObject({ kind: 'imbalanced', bound: { by: 'other losses' } });
    expect(verdict.gain).toBeCloseTo(200 / (200 - verdict.time.tailNs / MS), 9);
  });

  it('promises no more of a released lock than the other losses leave', () => {
    // The first lane spends 30 ms between its tasks, while the other one has the lock.
    const spans = [
      ...work(0, 0, 30),
      ...work(0, 60, 90),
      ...[30, 90].flatMap((at) => work(1, at - 30, at + 30, { waits: 30 })),
    ];
    const verdict = judge(2, spans, 2, repeat(120));
    expect(verdict).toMatchObject({ kind: 'lock-bound', bound: { by: 'other losses' } });
    expect(verdict.gain).toBeCloseTo(120 / ((120 + 30) / 2), 9);
  });

  it('takes a part of a repeat to have no start', () => {
    const spans = [0, 1].flatMap((lane) => [...work(lane, 0, 10), ...work(lane, 50, 90)]);
    expect(judge(2, spans, 2, { startNs: 20 * MS, endNs: 70 * MS }).kind).toBe('overhead-bound');
  });

  it('is serial where one lane is busy and there are more cores', () => {
    const spans = [0, 1, 2, 3].flatMap((turn) => work(0, 25 * turn, 25 * turn + 24));
    expect(sentence(judge(1, spans, 2, repeat(100)))).toBe(
      'Serial: one lane does all tasks and is busy 96 % of the time. As many lanes as cores would gain at most 1.93× on these 2 cores.',
    );
    expect(judge(1, spans, 1, repeat(100)).kind).toBe('well-used');
  });

  it('is oversubscribed where more lanes compute than there are cores', () => {
    const spans = [0, 1, 2, 3, 4].flatMap((lane) => work(lane, 0, 100));
    const verdict = judge(5, spans, 2, repeat(100));
    expect(verdict.time).toMatchObject({ coreNs: 200 * MS, crowdedNs: 300 * MS });
    expect(sentence(verdict)).toBe(
      'Oversubscribed: 5 lanes share 2 cores, so computing takes 2.50× its core time. More lanes than cores gain nothing.',
    );
  });

  it('is sleeping where lanes sleep side by side', () => {
    const spans = [0, 1, 2].flatMap((lane) => work(lane, 1, 100, { does: 'sleep' }));
    expect(sentence(judge(3, spans, 2, repeat(100)))).toBe(
      'Sleeping: 99 % of thread time is slept, which needs no core, on 3 lanes at once. At most 1.02× could be gained on these 3 lanes.',
    );
  });

  it('is well used where hardly any time is lost', () => {
    const spans = [0, 1].flatMap((lane) => work(lane, 2, 99).concat());
    expect(sentence(judge(2, spans, 2, repeat(100)))).toBe(
      'Well used: 97 % of the best possible. At most 1.04× could be gained on these 2 cores.',
    );
  });

  it('says that nothing could be gained where the gain rounds to 1.00', () => {
    const full = [0, 1].flatMap((lane) => work(lane, 0, 100));
    expect(sentence(judge(2, full, 2, repeat(100.4)))).toBe(
      'Well used: 100 % of the best possible. Nothing more could be gained on these 2 cores.',
    );
    const asleep = [0, 1].flatMap((lane) => work(lane, 0, 100, { does: 'sleep' }));
    expect(sentence(judge(2, asleep, 2, repeat(100)))).toContain(
      'Nothing more could be gained on these 2 lanes.',
    );
    expect(sentence(judge(2, full, 2, repeat(100.6)))).toContain('At most 1.01× could be gained');
  });

  it('says that releasing the lock would gain nothing where lanes waited and lost nothing', () => {
    // One core, which somebody keeps busy whoever has the lock.
    const turns = [...work(0, 0, 50), ...work(1, 0, 100, { waits: 50 })];
    expect(sentence(judge(2, turns, 1, repeat(100)))).toBe(
      'Well used: 100 % of the best possible. Releasing the lock would gain nothing.',
    );
  });

  it('names a loss that rounds to no gain as one that costs nothing', () => {
    const verdict = judge(10, lockedTurns, 2, repeat(100));
    expect(sentence({ ...verdict, gain: 1.004 })).toBe(
      'Lock-bound: 45 % of thread time waits for the lock. Releasing it would gain nothing.',
    );
  });

  it('says so where no task is in the range', () => {
    const verdict = judge(1, work(0, 0, 10), 2, { startNs: 20 * MS, endNs: 30 * MS });
    expect(verdict.kind).toBe('nothing');
  });

  it('accounts for all thread time, and never promises less than nothing', () => {
    const anyTasks = fc.array(
      fc.record({
        lane: fc.nat(3),
        gap: fc.nat(20),
        waits: fc.nat(30),
        takes: fc.integer({ min: 1, max: 50 }),
        does: fc.constantFrom('compute' as const, 'sleep' as const),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(anyTasks, fc.nat(3), (tasks, extraCores) => {
        const at = [0, 0, 0, 0];
        const spans = tasks.flatMap(({ lane, gap, waits, takes, does }) => {
          const start = (at[lane] ?? 0) + gap;
          at[lane] = start + waits + takes;
          return work(lane, start, start + waits + takes, { does, waits });
        });
        const range = repeat(Math.max(1, ...at));
        const cores = 1 + extraCores;
        const { kind, time, gain, lengthNs, bound } = judge(4, spans, cores, range);
        const sum = Object.values<number>({ ...time }).reduce((total, part) => total + part, 0);
        expect(sum).toBeCloseTo(4 * lengthNs, 3);
        expect(gain).toBeGreaterThanOrEqual(1);
        expect(gain).toBeLessThanOrEqual(mostWithout(kind, time, 4) * (1 + 1e-9));
        // What sleeps needs no core. Work without overhead alone may gain more than all of them.
        const most = time.sleepNs > 0 ? 4 : Math.min(4, cores);
        if (['lock-bound', 'imbalanced', 'serial'].includes(kind)) {
          expect(gain).toBeLessThanOrEqual(most * (1 + 1e-12));
        } else if (kind !== 'overhead-bound' && kind !== 'start-bound') {
          expect(gain).toBeLessThanOrEqual(1 / 0.9);
        }
        // What did run is a schedule, so that no bound may lie above what it took.
        expect(bound.leastNs).toBeLessThanOrEqual(lengthNs * (1 + 1e-12));
      }),
    );
  });
});
