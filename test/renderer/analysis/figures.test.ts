import { describe, expect, it } from 'vitest';
import {
  compare,
  comparisonText,
  emptyFigures,
  figuresOf,
} from '../../../src/renderer/analysis/figures.js';
import { measuredRuns, type MeasuredRun } from '../../../src/renderer/state/run-state.js';
import type { RecordChanges } from '../../fixtures/records.js';
import { after, wholeRun } from '../messages.js';

/** Runs with figures, numbered from 1. */
function runs<const Changes extends readonly RecordChanges[]>(...changes: Changes) {
  const state = after(...changes.flatMap((change, index) => wholeRun(index + 1, change)));
  return measuredRuns(state) as unknown as { [Key in keyof Changes]: MeasuredRun };
}

const serial: RecordChanges = { walls: [4000, 4000], parameters: { scheduler: 'serial' } };

describe('the comparison with the serial run', () => {
  it('is of the same work only', () => {
    const [alone] = runs({});
    expect(compare(alone, [alone])).toEqual({ kind: 'none' });
    const [, other] = runs({ ...serial, parameters: { scheduler: 'serial', seed: 7 } }, {});
    expect(compare(other, [other])).toEqual({ kind: 'none' });
  });

  it('is the ratio of the medians', () => {
    const both = runs(serial, { walls: [1000, 3000] });
    const [first, second] = both;
    expect(compare(first, both)).toEqual({ kind: 'itself' });
    expect(compare(second, both)).toEqual({ kind: 'faster', baseline: first, ratio: 2 });
    expect(both.map((run) => comparisonText(compare(run, both)))).toEqual([
      'serial',
      '2.00× as fast',
    ]);
  });
});

describe('the figures', () => {
  const figure = (label: string, shown: MeasuredRun, all: readonly MeasuredRun[] = [shown]) =>
    figuresOf(shown, all).find((candidate) => candidate.label.startsWith(label));

  it('tell the wall time with what they know of its spread', () => {
    const [one] = runs({ walls: [1000] });
    expect(figure('Wall time', one)).toEqual({
      label: 'Wall time',
      value: '1.00 µs',
      note: 'one repeat',
    });
    const [two] = runs({ walls: [1000, 2000] });
    expect(figure('Wall time', two)?.note).toBe('1.00 – 2.00 µs (range)');
    const [three] = runs({ walls: [1000, 1000, 1000] });
    expect(figure('Wall time', three)).toMatchObject({
      label: 'Wall time, median of 3',
      note: '1.00 – 1.00 µs (range)',
    });
    const [six] = runs({ walls: [1000, 1000, 1000, 1000, 1000, 1000] });
    expect(figure('Wall time', six)?.note).toBe('1.00 – 1.00 µs (95 %)');
  });

  it('tell the speed-up, or why there is none', () => {
    const both = runs(serial, { walls: [2000, 2000] });
    const [first, second] = both;
    expect(figure('Speed-up', second, both)).toMatchObject({
      value: '2.00×',
      note: 'against run 1',
    });
    const many = runs(
      { ...serial, walls: [2000, 2000, 2000] },
      { walls: [1000, 1000, 1000, 1000, 1000, 1000] },
    );
    expect(figure('Speed-up', many[1], many)?.note).toBe('2.00 – 2.00 (range of 3)');
    const [slow, fast] = runs(serial, { walls: [1000, 1000] });
    expect(figure('Speed-up', fast, [slow, fast])).toMatchObject({
      value: '4.00×',
      note: 'implausible: at most 2.00×',
    });
    expect(figure('Speed-up', first, both)?.note).toBe('this is the serial run');
    expect(figure('Speed-up', second)).toMatchObject({
      value: '–',
      note: 'no serial run of it',
      remedy: 'run-serial',
    });
    expect(figure('Speed-up', second, both)?.remedy).toBeUndefined();
  });

  it('tell how many tasks did not converge, and under which test', () => {
    const [run] = runs({ capped: 5 });
    expect(figure('Not converged', run)).toEqual({
      label: 'Not converged',
      value: '5',
      note: 'of 12, strict',
      remedy: 'use-sign-aware',
    });
    const [signAware] = runs({ capped: 5, parameters: { convergence: 'sign-aware' } });
    expect(figure('Not converged', signAware)?.remedy).toBeUndefined();
    const [all] = runs({ capped: 0 });
    expect(figure('Not converged', all)?.remedy).toBeUndefined();
    const [asleep] = runs({ parameters: { workload: 'sleep' } });
    expect(figure('Not converged', asleep)?.value).toBe('–');
  });

  it('keep their places where there are none yet', () => {
    const [run] = runs({});
    expect(emptyFigures(null)).toHaveLength(figuresOf(run, [run]).length);
    expect(emptyFigures(2e6, 'Warm-up, cut short')[0]).toEqual({
      label: 'Wall time',
      value: '2.00 ms',
      note: 'Warm-up, cut short',
    });
  });

  it('tell of no waiting where there is no lock', () => {
    const [run] = runs({ parameters: { lock: 'none' } });
    const told = figuresOf(run, [run]).filter(({ label }) => /Waiting|Hand-offs/.test(label));
    expect(told.map(({ value, note }) => [value, note])).toEqual([
      ['no lock', ''],
      ['no lock', ''],
    ]);
  });
});
