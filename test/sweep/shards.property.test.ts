import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPECIFICATIONS } from '../../src/experiment/parameters.js';
import { cellsOf, type Axes } from '../../src/sweep/axes.js';
import { curvesOnMachine } from '../../src/sweep/curves.js';
import { isCutByRounds, portionOf } from '../../src/sweep/shards.js';
import { smallPlan } from '../fixtures/sweeps.js';

const SHARDS_MAX = 50;

const anyPlan = fc
  .record({
    threads: fc.uniqueArray(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 4 }),
    size: fc.uniqueArray(fc.integer({ min: 1, max: 512 }), { minLength: 1, maxLength: 3 }),
    lock: fc.shuffledSubarray(optionsOf('lock'), { minLength: 1 }),
    scheduler: fc.shuffledSubarray(optionsOf('scheduler'), { minLength: 1 }),
    workload: fc.shuffledSubarray(optionsOf('workload'), { minLength: 1 }),
    repeats: fc.integer({ min: 1, max: 12 }).map((count) => [count]),
  })
  .map((axes) => smallPlan(axes as Partial<Axes>));

function optionsOf(name: 'lock' | 'scheduler' | 'workload'): string[] {
  return Object.keys(SPECIFICATIONS[name].options);
}

describe('parts of a sweep', () => {
  it('measure each cell of each round once, whatever their number', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 1, max: SHARDS_MAX }), (plan, count) => {
        const cells = cellsOf(plan.axes);
        const measured = portions(plan, count).flatMap(({ cells: own, rounds }) =>
          own.flatMap(({ cell }) => rounds.map((round) => `${cell} in ${round}`)),
        );
        const wanted = cells.flatMap(({ cell }) =>
          Array.from({ length: plan.axes.repeats[0] ?? 0 }, (_, round) => `${cell} in ${round}`),
        );
        expect(measured.sort()).toEqual(wanted.sort());
      }),
    );
  });

  it('have whole curves, with what their speed-ups are over, where there are enough', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 1, max: SHARDS_MAX }), (plan, count) => {
        if (isCutByRounds(plan, { index: 1, count })) return;
        const partOf = new Map<number, number>();
        for (const [part, { cells }] of portions(plan, count).entries()) {
          for (const { cell } of cells) partOf.set(cell, part);
        }
        const placed = cellsOf(plan.axes).map(({ cell, parameters }) => ({
          ...{ cell, overview: { params: parameters } },
        }));
        for (const { cells, baseline } of curvesOnMachine(placed)) {
          const own = [...cells, ...(baseline === null ? [] : [baseline])];
          expect(new Set(own.map(({ cell }) => partOf.get(cell))).size).toBe(1);
        }
      }),
    );
  });

  it('share the work of many curves evenly', () => {
    const plan = smallPlan({ size: [8, 16, 32, 64, 128, 256, 512, 1024], threads: [1, 2] });
    const heaviest = portions(plan, 3).map(({ cells }) =>
      Math.max(...cells.map(({ parameters }) => parameters.size)),
    );
    expect(heaviest.sort((a, b) => b - a).slice(0, 2)).toEqual([1024, 512]);
  });
});

function portions(plan: ReturnType<typeof smallPlan>, count: number) {
  return Array.from({ length: count }, (_, index) => portionOf(plan, { index: index + 1, count }));
}
