import { describe, expect, it } from 'vitest';
import { comparisonOf, mergeRecords } from '../../src/experiment/comparison.js';
import { comparedParameters, comparisonOrder } from '../../src/experiment/variants.js';
import { reportOf } from '../../src/experiment/report.js';
import { smallRun } from '../fixtures/parameters.js';
import { recordOf } from '../fixtures/records.js';

const parameters = comparedParameters(smallRun({ threads: 2, repeats: 3 }));
const records = {
  serial: recordOf({ run: 1, parameters: parameters.serial, walls: [4000, 4000, 4000] }),
  static: recordOf({ run: 2, parameters: parameters.static, walls: [2000, 2000, 2000] }),
  executor: recordOf({ run: 3, parameters: parameters.executor, walls: [2500, 2500, 2500] }),
  gilHeld: recordOf({ run: 4, parameters: parameters.gilHeld, walls: [5000, 5000, 5000] }),
};

describe('what is compared', () => {
  it('is four variants through the same matrices', () => {
    const variants = Object.values(parameters).map(({ scheduler, lock, threads }) => [
      scheduler,
      lock,
      threads,
    ]);
    expect(variants).toEqual([
      ['serial', 'none', 1],
      ['static', 'none', 2],
      ['executor', 'none', 2],
      ['executor', 'gil-held', 2],
    ]);
    for (const variant of Object.values(parameters)) {
      expect(variant).toMatchObject({ matrices: 12, size: 16, seed: 42, repeats: 3 });
    }
  });
});

describe('the order of a comparison', () => {
  const orderOf = (seed: number) => comparisonOrder(smallRun({ seed, repeats: 50 }));

  it('has every variant once a round', () => {
    const rounds = orderOf(42);
    expect(rounds).toHaveLength(50);
    for (const round of rounds) {
      expect([...round].sort()).toEqual(['executor', 'gilHeld', 'serial', 'static']);
    }
  });

  it('differs from round to round and from seed to seed, and is the same for the same seed', () => {
    const orders = new Set(orderOf(42).map((round) => round.join(' ')));
    expect(orders.size).toBeGreaterThan(12);
    expect(orderOf(43)).not.toEqual(orderOf(42));
    expect(orderOf(42)).toEqual(orderOf(42));
  });

  it('has each variant first about as often', () => {
    const rounds = comparisonOrder(smallRun({ repeats: 1000 }));
    for (const variant of ['serial', 'static', 'executor', 'gilHeld']) {
      const first = rounds.filter(([name]) => name === variant).length;
      expect(first).toBeGreaterThan(200);
      expect(first).toBeLessThan(300);
    }
  });
});

describe('a comparison', () => {
  const order = comparisonOrder(smallRun({ repeats: 3 }));
  const comparison = comparisonOf(records);

  it('has each run’s whole report with its speed-up', () => {
    expect(comparison.schema).toBe('gilscope.compare/1');
    const [serial, ...others] = comparison.rows;
    expect(serial).toEqual({ ...reportOf(records.serial), speedup: 1, speedupCi95: [1, 1] });
    expect(others.map(({ speedup, speedupCi95 }) => [speedup, speedupCi95])).toEqual([
      [2, [2, 2]],
      [1.6, [1.6, 1.6]],
      [0.8, [0.8, 0.8]],
    ]);
  });

  it('says in which order the rows were run', () => {
    const rows = { serial: 0, static: 1, executor: 2, gilHeld: 3 };
    expect(comparison.order).toEqual(order.map((round) => round.map((variant) => rows[variant])));
  });

  it('says what it means', () => {
    expect(comparison.conclusion).toContain('The lock takes away what the threads gain');
  });
});

describe('merged records', () => {
  it('have the repeats of all, under one number', () => {
    const merged = mergeRecords(1, smallRun({ repeats: 2 }), [
      recordOf({ run: 3, walls: [10] }),
      recordOf({ run: 7, walls: [20] }),
    ]);
    expect(merged.number).toBe(1);
    expect(merged.source.parameters.repeats).toBe(2);
    expect(merged.repeats.map(({ wallNs }) => wallNs)).toEqual([10, 20]);
  });

  it('are not made of none', () => {
    expect(() => mergeRecords(1, smallRun(), [])).toThrow(RangeError);
  });
});
