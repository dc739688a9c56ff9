import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreTime } from '../../src/analysis/core-time.js';
import { rangeFigures } from '../../src/analysis/selection-stats.js';
import type { TimeRange } from '../../src/recording/span-walk.js';
import { finish } from '../../src/base/cooperative-task.js';
import { judge as judgeFacts, verdictOf, type Verdict } from '../../src/analysis/verdict.js';
import { factsOf, sumOfFacts } from '../../src/analysis/verdict-facts.js';
import { verdictText } from '../../src/analysis/verdict-text.js';
import type { WorkCosts } from '../../src/analysis/work-costs.js';
import { unmeasuredCosts } from '../../src/experiment/work-costs.js';
import { smallRun } from '../fixtures/parameters.js';
import type { Span } from '../../src/recording/spans.js';
import { span, timelineOf } from '../fixtures/timelines.js';
import { anyRange, anySpans } from '../fixtures/ranges.js';

const MS = 1e6;

/** A task that does one thing throughout, after it may have waited. Times in ms. */
function work(
  lane: number,
  start: number,
  end: number,
  { does = 'compute', waits = 0 }: { does?: 'compute' | 'sleep'; waits?: number } = {},
): Span[] {
  const begin = (start + waits) * MS;
  const spans = [span(lane, does, begin, end * MS), span(lane, 'task', start * MS, end * MS)];
  if (waits === 0) return spans;
  return [span(lane, 'wait', start * MS, begin), span(lane, 'hold', begin, end * MS), ...spans];
}

/** No lock, so that nothing of what is computed is the lock's. */
const NO_LOCK = unmeasuredCosts(smallRun({ lock: 'none' }));

/** A lock held while computing, of a part of a repeat. */
const HELD = unmeasuredCosts(smallRun({ lock: 'gil-held' }));

/** Judges made-up spans; with a hold among them, there is a lock. */
function judge(
  lanes: number,
  spans: readonly Span[],
  cores: number,
  range: TimeRange,
  costs: WorkCosts = spans.some(({ kind }) => kind === 'hold') ? HELD : NO_LOCK,
): Verdict {
  const timeline = timelineOf(lanes, spans);
  return finish(verdictOf(timeline, finish(rangeFigures(timeline, range)), cores, costs));
}

/** A repeat of so many ms. */
const repeat = (ms: number): TimeRange => ({ startNs: 0, endNs: ms * MS });

function sentence(verdict: Verdict): string {
  const { lead, text } = verdictText(verdict);
  return `${lead} ${text}`;
}

/** How many times as fast a range would be if what is named took no time: never more. */
function mostWithout(kind: Verdict['kind'], time: Verdict['time'], lanes: number): number {
  const goes: Partial<Record<Verdict['kind'], number>> = {
    'lock-bound': time.waitNs + time.lockNs + time.heldUpNs,
    imbalanced: time.tailNs,
    'start-bound': time.startNs,
    'overhead-bound': time.overheadNs,
  };
  const allNs = Object.values<number>({ ...time }).reduce((total, part) => total + part, 0);
  const leftNs = allNs - time.crowdedNs - (goes[kind] ?? allNs);
  return leftNs <= 0 ? lanes * (allNs / Math.max(1, time.coreNs + time.sleepNs)) : allNs / leftNs;
}

/** Ten lanes of which one at a time has the lock, for 10 ms each. */
const lockedTurns = Array.from({ length: 10 }, (_, lane) =>
  work(lane, 0, 10 * (lane + 1), { waits: 10 * lane }),
).flat();

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

/** Two lanes that compute for 100 ms, and hold the lock ten times each meanwhile, in turn. */
const stepping = [0, 1].flatMap((lane) => [
  ...Array.from({ length: 10 }, (_, turn) =>
    span(lane, 'hold', (10 * turn + 5 * lane) * MS, (10 * turn + 5 * lane + 1) * MS),
  ),
  ...work(lane, 0, 100),
]);

/** A lock that is taken within computing: a hold costs 4 ms, and 6 where another lane had the lock. */
const STEPPED: WorkCosts = {
  ...unmeasuredCosts(smallRun({ lock: 'gil-released' })),
  holdNs: 4 * MS,
  handOverNs: 6 * MS,
};

/** All that is computed, and the most that a task does. */
const leastOf = (computeMs: number, taskMs: number) => ({
  computeNs: computeMs * MS,
  sleepNs: 0,
  longestTaskNs: taskMs * MS,
});

describe('the lock’s own cost', () => {
  it('is no core time: the lock is what binds, although no lane waits', () => {
    const verdict = judge(2, stepping, 2, repeat(100), STEPPED);
    // Of 20 holds all but the first take the lock over.
    expect(verdict.handoffs).toBe(19);
    expect(verdict.time).toMatchObject({ lockNs: (4 + 19 * 6) * MS, coreNs: 82 * MS, waitNs: 0 });
    expect(verdict).toMatchObject({ kind: 'lock-bound', isBound: false });
    expect(sentence(verdict)).toBe(
      'Lock-bound: 0 % of thread time waits for the lock, about 59 % goes into taking it and handing it over. Releasing it would gain about 2.44× on these 2 cores.',
    );
  });

  it('is no more than what computing takes beyond its least, on which the bound rests', () => {
    const costs = { ...STEPPED, least: leastOf(120, 60) };
    const verdict = judge(2, stepping, 2, repeat(100), costs);
    expect(verdict.time).toMatchObject({ lockNs: 80 * MS, coreNs: 120 * MS });
    expect(verdict.isBound).toBe(true);
    expect(sentence(verdict)).toContain('Releasing it would gain at most 1.67× on these 2 cores.');
  });

  it('leaves a verdict as it is where it is next to nothing', () => {
    const costs = { ...STEPPED, holdNs: 1000, handOverNs: 1000, least: leastOf(190, 95) };
    const verdict = judge(2, stepping, 2, repeat(100), costs);
    expect(verdict.kind).toBe('well-used');
    expect(sentence(verdict)).toBe(
      'Well used: 100 % of the best possible. Nothing more could be gained on these 2 cores.',
    );
  });

  it('is taken out of the overhead where the lock is taken between computing', () => {
    const spans = [0, 1].flatMap((lane) =>
      [0, 1, 2].flatMap((turn) => [
        span(lane, 'hold', 30 * turn * MS, (30 * turn + 20) * MS),
        ...work(lane, 30 * turn, 30 * turn + 20),
      ]),
    );
    const costs = { ...unmeasuredCosts(smallRun({ lock: 'per-object' })), holdNs: 5 * MS };
    const timeline = timelineOf(2, spans, false);
    const range = repeat(80);
    const figures = finish(rangeFigures(timeline, range));
    const { time, handoffs } = finish(factsOf(timeline, figures, 2, costs));
    expect(handoffs).toBe(0);
    expect(time).toMatchObject({ coreNs: 120 * MS, lockNs: 30 * MS, overheadNs: 10 * MS });
  });

  it('has no bound where another loss is named, which an estimate is of', () => {
    const costs = { ...HELD, least: leastOf(60, 50) };
    const uneven = [
      ...work(0, 0, 20),
      ...[0, 1, 2, 3].flatMap((turn) => work(1, 25 * turn, 25 * turn + 25)),
    ];
    const verdict = judge(2, uneven, 2, repeat(100), costs);
    expect(verdict).toMatchObject({ kind: 'imbalanced', isBound: false });
    expect(sentence(verdict)).toContain('An even load would gain about 1.67×');
  });

  it('is not gained from by a bound with the lock’s hand-overs in it', () => {
    // Two lanes take turns, with 1 ms between two holds, which goes with the lock.
    const turns = Array.from({ length: 25 }, (_, turn) =>
      work(turn % 2, 4 * turn - (turn < 2 ? 0 : 5), 4 * turn + 3, { waits: turn < 2 ? 0 : 5 }),
    ).flat();
    const verdict = judge(2, turns, 2, repeat(99), { ...HELD, least: leastOf(75, 3) });
    expect(verdict.gain).toBeCloseTo(99 / 37.5, 9);
    expect(sentence(verdict)).toContain('at most 2.64× on these 2 cores.');
  });
});

describe('the verdict on several repeats', () => {
  it('is that of one, where all are alike', () => {
    const timeline = timelineOf(10, lockedTurns);
    const figures = finish(rangeFigures(timeline, repeat(100)));
    const facts = finish(factsOf(timeline, figures, 2, HELD));
    const one = judgeFacts(facts);
    const three = judgeFacts(sumOfFacts(facts, [facts, facts]));
    expect(three).toMatchObject({ kind: one.kind, gain: one.gain, lengthNs: 3 * one.lengthNs });
    expect(sentence(three)).toBe(sentence(one));
  });
});

describe('core time', () => {
  it('is what counting lanes at every moment gives', () => {
    fc.assert(
      fc.property(
        anySpans,
        anyRange,
        fc.integer({ min: 1, max: 4 }),
        ({ lanes, spans }, range, cores) => {
          const { coreNs, busyNs } = finish(coreTime(timelineOf(lanes, spans), range, cores));
          const computing = spans.filter(({ kind }) => kind === 'compute');
          const busy = spans.filter(({ kind }) => kind === 'compute' || kind === 'sleep');
          const edges = [
            range.startNs,
            range.endNs,
            ...busy.flatMap(({ startNs, endNs }) => [startNs, endNs]),
          ]
            .filter((edge) => edge >= range.startNs && edge <= range.endNs)
            .sort((a, b) => a - b);
          const slowly = (counted: readonly Span[], most: number) =>
            edges.slice(1).reduce((sum, edge, index) => {
              const from = edges[index] ?? edge;
              const count = counted.filter(
                ({ startNs, endNs }) => startNs <= from && endNs >= edge && edge > from,
              ).length;
              return sum + Math.min(count, most) * (edge - from);
            }, 0);
          expect(coreNs).toBe(slowly(computing, cores));
          expect(busyNs).toBe(slowly(busy, 1));
        },
      ),
    );
  });
});

describe('lanes that could not go on', () => {
  /** Two lanes that compute throughout; of a share of that they had no core, and stood still in gaps. */
  function interrupted(queuedShares: number[] | null, gaps: readonly [number, number][] = []) {
    const timeline = timelineOf(2, [...work(0, 0, 100), ...work(1, 0, 100)]);
    const suspensions = gaps.map(([start, end]) => ({
      startNs: start * MS,
      endNs: end * MS,
      sleptNs: 0,
    }));
    timeline.interruptions = { queuedNs: null, queuedShares, suspensions };
    return (cores: number, range = repeat(100)) =>
      finish(verdictOf(timeline, finish(rangeFigures(timeline, range)), cores, NO_LOCK));
  }

  it('are never well used where they had no core', () => {
    const verdict = interrupted([0.5, 0.5])(2);
    expect(verdict).toMatchObject({ kind: 'short-of-cores', gain: 2, used: 0.5 });
    expect(verdict.time).toMatchObject({ coreNs: 100 * MS, queuedNs: 100 * MS, crowdedNs: 0 });
    expect(sentence(verdict)).toBe(
      'Short of cores: computing had no core for 50 % of thread time, as other processes, a quota or the ' +
        'machine’s other guests took it. Left alone on the machine it would gain ' +
        'at most 2.00× on these 2 cores.',
    );
  });

  it('are well used where they hardly queued', () => {
    expect(interrupted([0.05, 0])(2).kind).toBe('well-used');
    expect(interrupted(null)(2).kind).toBe('well-used');
  });

  it('take cores from each other first, and others only what goes beyond that', () => {
    const alone = interrupted([0.5, 0.5])(1);
    expect(alone).toMatchObject({
      kind: 'oversubscribed',
      time: { crowdedNs: 100 * MS, queuedNs: 0 },
    });
    const beside = interrupted([0.75, 0.75])(1);
    expect(beside.kind).toBe('short-of-cores');
    expect(beside.time).toMatchObject({ coreNs: 50 * MS, crowdedNs: 100 * MS, queuedNs: 50 * MS });
    const quota = interrupted([0.75, 0.75])(0.5);
    expect(quota).toMatchObject({ kind: 'oversubscribed', time: { coreNs: 50 * MS, queuedNs: 0 } });
    expect(sentence(quota)).toContain('2 lanes share 0.5 cores, so computing takes 4.00×');
  });

  it('gain by a lock that is released no core that they had not', () => {
    const locked = [...work(0, 0, 50), ...work(1, 0, 100, { waits: 50 })];
    const timeline = timelineOf(2, locked);
    timeline.interruptions = { queuedNs: null, queuedShares: [0.3, 0.3], suspensions: [] };
    const figures = finish(rangeFigures(timeline, repeat(100)));
    const verdict = finish(verdictOf(timeline, figures, 2, HELD));
    expect(verdict).toMatchObject({ kind: 'lock-bound', gain: 2, time: { queuedNs: 30 * MS } });
  });

  it('gain by cores no more than the lock leaves, which one lane has at a time', () => {
    const hold = span(0, 'hold', 0, 50 * MS);
    const locked = [hold, ...work(0, 0, 50), ...work(1, 0, 100, { waits: 50 })];
    const timeline = timelineOf(2, locked);
    timeline.interruptions = { queuedNs: null, queuedShares: [0.9, 0.9], suspensions: [] };
    const figures = finish(rangeFigures(timeline, repeat(100)));
    const verdict = finish(verdictOf(timeline, figures, 2, HELD));
    expect(verdict.kind).toBe('short-of-cores');
    // Of 100 ms of computing, 90 ms had no core; 10 ms one after another are left.
    expect(verdict.gain).toBeCloseTo(10);
  });

  it('are judged without the gaps in which the process stood still', () => {
    const verdict = interrupted(
      [0, 0],
      [
        [20, 50],
        [60, 70],
      ],
    )(2);
    expect(verdict).toMatchObject({ kind: 'well-used', lengthNs: 60 * MS, suspendedNs: 40 * MS });
    expect(verdict.time).toMatchObject({ coreNs: 120 * MS, overheadNs: 0 });
    expect(sentence(verdict)).toMatch(/ Suspended for 40.0 ms, which is left out of this.$/);
  });

  it('are judged by the part of a gap that lies in a selected range', () => {
    const judged = interrupted([0, 0], [[20, 50]]);
    expect(judged(2, { startNs: 30 * MS, endNs: 80 * MS })).toMatchObject({
      ...{ lengthNs: 30 * MS, suspendedNs: 20 * MS },
    });
    expect(judged(2, { startNs: 60 * MS, endNs: 80 * MS }).suspendedNs).toBe(0);
    // Nothing of it but a gap is judged as it is.
    expect(judged(2, { startNs: 25 * MS, endNs: 45 * MS }).lengthNs).toBe(20 * MS);
  });

  it('of several repeats are judged together', () => {
    const timeline = timelineOf(1, work(0, 0, 100));
    timeline.interruptions = {
      ...{ queuedNs: null, queuedShares: [0.5] },
      suspensions: [{ startNs: 0, endNs: 50 * MS, sleptNs: 0 }],
    };
    const figures = finish(rangeFigures(timeline, repeat(100)));
    const facts = finish(factsOf(timeline, figures, 1, NO_LOCK));
    expect(judgeFacts(sumOfFacts(facts, [facts]))).toMatchObject({
      ...{ kind: 'short-of-cores', lengthNs: 100 * MS, suspendedNs: 100 * MS },
      time: { coreNs: 50 * MS, queuedNs: 50 * MS },
    });
  });
});
