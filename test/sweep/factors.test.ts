import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SweptCell } from '../../src/sweep/curves.js';
import { factorsOf, karpFlatt, taskBound } from '../../src/sweep/factors.js';
import { greatestLoss, lostEfficiency, LOSSES } from '../../src/sweep/lost-efficiency.js';
import { sweptCell, type LaneTimes } from '../fixtures/swept-cells.js';

/** The mean wall time of a cell's repeats, in ns: the speed-up of the identity is one of means. */
function meanWallNs({ overview: { repeats } }: SweptCell): number {
  return repeats.reduce((sum, { wallNs }) => sum + wallNs, 0) / repeats.length;
}

/** A cell of so many lanes with these times. */
function cellOf(wallNs: number, lanes: readonly LaneTimes[]) {
  return sweptCell({ parameters: { threads: lanes.length }, walls: [wallNs], lanes });
}

const SINGLE = cellOf(1000, [{ computeNs: 900 }]);

describe('the factors of efficiency', () => {
  it('are all 1 where the lanes compute all the time', () => {
    const cell = cellOf(450, [{ computeNs: 450 }, { computeNs: 450 }]);
    expect(factorsOf(cell, SINGLE)).toMatchObject({
      parallelEfficiency: 1,
      loadBalance: 1,
      lockEfficiency: 1,
      handoutEfficiency: 1,
      computationScaling: 1,
    });
  });

  it('find the lock', () => {
    const turns = { computeNs: 500, waitNs: 500 };
    const { parallelEfficiency, loadBalance, lockEfficiency } = factorsOf(
      cellOf(1000, [turns, turns]),
      null,
    );
    expect([parallelEfficiency, loadBalance, lockEfficiency]).toEqual([0.5, 1, 0.5]);
  });

  it('find the imbalance', () => {
    const cell = cellOf(900, [{ computeNs: 900 }, { computeNs: 450 }]);
    expect(factorsOf(cell, null)).toMatchObject({ loadBalance: 0.75, lockEfficiency: 1 });
  });

  it('find what is lost in handing tasks out', () => {
    const cell = cellOf(1000, [{ computeNs: 500 }, { computeNs: 500 }]);
    expect(factorsOf(cell, null)).toMatchObject({ loadBalance: 1, handoutEfficiency: 0.5 });
  });

  it('find that computing takes longer', () => {
    const cell = cellOf(900, [{ computeNs: 900 }, { computeNs: 900 }]);
    expect(factorsOf(cell, SINGLE).computationScaling).toBe(0.5);
  });

  it('take sleeping for work where that is the work', () => {
    const cell = sweptCell({
      parameters: { threads: 2, workload: 'sleep' },
      walls: [1000],
      lanes: [{ sleepNs: 1000 }, { sleepNs: 500, waitNs: 500 }],
    });
    expect(factorsOf(cell, null)).toMatchObject({ parallelEfficiency: 0.75, lockEfficiency: 1 });
  });

  it('are unknown where nothing was done, and beside nothing', () => {
    const factors = factorsOf(cellOf(1000, [{}, {}]), null);
    expect(Object.values(factors).every((factor) => factor === null)).toBe(true);
  });

  const anyLane = fc.record({
    computeNs: fc.integer({ min: 1, max: 1_000_000 }),
    waitNs: fc.integer({ min: 0, max: 1_000_000 }),
  });
  const anyRepeats = (lanes: number) =>
    fc.array(fc.array(anyLane, { minLength: lanes, maxLength: lanes }), {
      minLength: 1,
      maxLength: 4,
    });

  it('multiply up to the parallel efficiency, and to the speed-up over the lanes', () => {
    const anySweep = fc
      .integer({ min: 1, max: 8 })
      .chain((lanes) => fc.tuple(anyRepeats(1), anyRepeats(lanes)));
    fc.assert(
      fc.property(anySweep, ([ofSingle, ofCell]) => {
        const [single, cell] = [repeatedCell(ofSingle), repeatedCell(ofCell)];
        const lanes = ofCell[0]?.length ?? NaN;
        const factors = factorsOf(cell, single);
        const of = (name: keyof typeof factors) => factors[name] ?? NaN;
        expect(of('loadBalance') * of('lockEfficiency') * of('handoutEfficiency')).toBeCloseTo(
          of('parallelEfficiency'),
          12,
        );
        const speedUp = meanWallNs(single) / meanWallNs(cell);
        const alone = factorsOf(single, null).parallelEfficiency ?? NaN;
        expect(
          (of('parallelEfficiency') * of('computationScaling')) / alone / (speedUp / lanes),
        ).toBeCloseTo(1, 9);
        const lost = lostEfficiency(factors);
        const all = LOSSES.reduce(
          (sum, loss) => sum + (lost?.lost[loss] ?? NaN),
          lost?.left ?? NaN,
        );
        expect(all).toBeCloseTo(1, 12);
      }),
    );
  });

  /** A cell whose repeats differ, each a little longer than its busiest lane. */
  function repeatedCell(
    repeats: readonly (readonly Required<Pick<LaneTimes, 'computeNs' | 'waitNs'>>[])[],
  ) {
    const cells = repeats.map((lanes) =>
      cellOf(10 + Math.max(...lanes.map(({ computeNs, waitNs }) => computeNs + waitNs)), lanes),
    );
    const [first = SINGLE] = cells;
    const all = cells.flatMap(({ overview }) => overview.repeats);
    return { ...first, overview: { ...first.overview, repeats: all } };
  }
});

describe('the lost efficiency', () => {
  it('is what each factor takes of what is left', () => {
    const factors = {
      ...{ serialFraction: null, parallelEfficiency: 0.4, loadBalance: 0.8 },
      ...{ lockEfficiency: 0.5, handoutEfficiency: 1, computationScaling: 0.5 },
    };
    const lost = lostEfficiency(factors);
    expect(lost?.left).toBeCloseTo(0.2, 12);
    expect(lost?.lost.imbalance).toBeCloseTo(0.2, 12);
    expect(lost?.lost.lock).toBeCloseTo(0.4, 12);
    expect(lost?.lost.handout).toBe(0);
    expect(lost?.lost.computing).toBeCloseTo(0.2, 12);
    expect(lost && greatestLoss(lost)?.loss).toBe('lock');
  });

  it('is nothing to a factor above 1, and none is the greatest then', () => {
    const lost = lostEfficiency({
      ...{ serialFraction: null, parallelEfficiency: 1, loadBalance: 1 },
      ...{ lockEfficiency: 1, handoutEfficiency: 1, computationScaling: 1.2 },
    });
    expect(lost?.left).toBe(1);
    expect(lost && greatestLoss(lost)).toBeNull();
  });
});

describe('the serial fraction of Karp and Flatt', () => {
  it.each([
    [1, 4, 1],
    [4, 4, 0],
    [1 / (0.25 + 0.75 / 8), 8, 0.25],
  ])('of a speed-up of %d on %d lanes is %d', (speedUp, lanes, expected) => {
    expect(karpFlatt(speedUp, lanes)).toBeCloseTo(expected, 12);
  });

  it('is negative where the lanes are faster than they are many', () => {
    expect(karpFlatt(5, 4)).toBeLessThan(0);
  });

  it('is none of one lane, which has nothing to share', () => {
    expect(karpFlatt(1, 1)).toBeNull();
  });
});

describe('the bound that equal tasks set', () => {
  it.each([
    [100, 64, 0.78125],
    [100, 100, 1],
    [101, 100, 0.505],
    [1, 8, 0.125],
    [512, 64, 1],
  ])('%d on %d lanes', (tasks, lanes, bound) => {
    expect(taskBound(tasks, lanes)).toBeCloseTo(bound, 12);
  });

  it('is at least 8/9 of eight tasks a lane or more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 256 }),
        fc.integer({ min: 0, max: 5000 }),
        (lanes, more) => {
          expect(taskBound(8 * lanes + more, lanes)).toBeGreaterThan(8 / 9 - 1e-12);
        },
      ),
    );
  });
});
