import { describe, expect, it } from 'vitest';
import { finish } from '../../src/base/cooperative-task.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { curvesOf, type SweptCell } from '../../src/sweep/curves.js';
import { fitSentence } from '../../src/sweep/fit-sentence.js';
import { timeNs, type Law } from '../../src/sweep/fit/law.js';
import { fitsOf } from '../../src/sweep/fits.js';
import { lawWith, STEADY } from '../fixtures/scaling-laws.js';
import { sweptCell } from '../fixtures/swept-cells.js';

/** The cells of a law on several numbers of threads. */
function cellsOf(law: Law, threads: readonly number[], parameters: Partial<Parameters> = {}) {
  return threads.map((count, point) =>
    sweptCell({
      parameters: { matrices: 100, threads: count, ...parameters },
      walls: STEADY(point).map((error) => timeNs(law, count) * error),
    }),
  );
}

const fitsOfCells = (cells: readonly SweptCell[]) => finish(fitsOf(curvesOf(cells)));

describe('the fits of a sweep', () => {
  it('are one for each curve, with what tells it from the others', () => {
    const fits = fitsOfCells([
      ...cellsOf(lawWith(0.1, 0.01), [1, 2, 4, 8, 16]),
      ...cellsOf(lawWith(1, 0), [1, 2, 4, 8, 16], { lock: 'gil-held' }),
      ...cellsOf(lawWith(0, 0), [1], { scheduler: 'serial' }),
    ]);
    expect(fits.map(({ where, chosen }) => [where.lock, chosen])).toEqual([
      ['none', 'usl'],
      ['gil-held', 'amdahl'],
    ]);
    expect(fits.map(({ over }) => over)).toEqual(['threads', 'threads']);
  });

  it('have tasks a second on one thread, and their times’ means', () => {
    const [fit] = fitsOfCells(cellsOf(lawWith(0.1, 0), [1, 2, 4, 8]));
    expect(fit?.rate?.value).toBeCloseTo(100, 0);
    expect(fit?.rate?.ci95?.[0]).toBeLessThan(100);
    expect(fit?.rate?.ci95?.[1]).toBeGreaterThan(100);
    expect(fit?.points.map(({ threads }) => threads)).toEqual([1, 2, 4, 8]);
    expect((fit?.points[1]?.wallNs ?? NaN) / 0.55e9).toBeCloseTo(1, 3);
  });

  it('say why points are left out, and what to measure next', () => {
    const cells = cellsOf(lawWith(0, 0), [1, 2, 4]).map(({ cell, overview }) => ({
      cell,
      overview: { ...overview, machine: { ...overview.machine, usableCores: 2 } },
    }));
    const [fit] = fitsOfCells(cells);
    expect(fit).toMatchObject({ chosen: null, contention: null, rate: null, peak: null });
    expect(fit?.leftOut).toEqual([
      { threads: 4, reason: expect.stringContaining('2 cores') as string },
    ]);
    expect(fit?.next.length).toBeGreaterThan(0);
  });

  it('are plain JSON', () => {
    const fits = fitsOfCells(cellsOf(lawWith(0.1, 0.01), [1, 2, 4, 8]));
    expect(JSON.parse(JSON.stringify(fits))).toEqual(fits);
  });
});

describe('the sentence of a fit', () => {
  const sentenceOf = (cells: readonly SweptCell[]) => {
    const [fit] = fitsOfCells(cells);
    return fit && fitSentence(fit);
  };
  const threads = [1, 2, 4, 8, 16];

  it.each([
    [lawWith(0, 0), /^Linear: no contention to be seen, at most [\d.]+ %\.$/],
    [
      lawWith(0.1, 0),
      /^Amdahl’s law: contention [\d.]+ % \([\d.]+ to [\d.]+ %\), at most [\d.]+× as fast as one thread\.$/,
    ],
    [
      lawWith(0.05, 0.01),
      /^Universal Scalability Law: contention [\d.]+ % \([\d.]+ to [\d.]+ %\), coherency [\d.]+ % \([\d.]+ to [\d.]+ %\), fastest on 10 threads\.$/,
    ],
  ])('has the law with its figures', (law, sentence) => {
    expect(sentenceOf(cellsOf(law, threads))).toMatch(sentence);
  });

  it('says where the peak is not, where it is not named', () => {
    expect(sentenceOf(cellsOf(lawWith(0.05, 0.0005), threads))).toContain(
      'its peak beyond 16 threads',
    );
  });

  it('says that there are too few points', () => {
    expect(sentenceOf(cellsOf(lawWith(0.1, 0), [1, 2]))).toBe(
      'No law: Amdahl’s takes 3 numbers of threads, and 2 can be fitted.',
    );
  });

  it('says that the law does not describe them', () => {
    const bent = cellsOf(lawWith(0, 0), threads).map(({ cell, overview }) => ({
      cell,
      overview: {
        ...overview,
        repeats: overview.repeats.map((repeat) => ({
          ...repeat,
          wallNs: overview.params.threads > 4 ? repeat.wallNs * 4 : repeat.wallNs,
        })),
      },
    }));
    expect(sentenceOf(bent)).toMatch(
      /The law does not describe these points \(F = [\d,.]+, p < 0\.001\), so that it says nothing beyond them\.$/,
    );
  });
});
