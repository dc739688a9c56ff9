import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/experiment/parameters.js';
import { curvePanels } from '../../src/sweep/curve-series.js';
import { curvesOf, type SweptCell } from '../../src/sweep/curves.js';
import { idealLine } from '../../src/sweep/findings.js';
import { timeNs, type Law } from '../../src/sweep/fit/law.js';
import { lawWith, STEADY } from '../fixtures/scaling-laws.js';
import { sweptCell, type CellChanges } from '../fixtures/swept-cells.js';

/** The cells of a law, numbered from `first`. */
function cellsOf(
  law: Law,
  threads: readonly number[],
  parameters: Partial<Parameters> = {},
  { first = 1, machine }: { first?: number; machine?: CellChanges['machine'] } = {},
): SweptCell[] {
  return threads.map((count, point) =>
    sweptCell({
      cell: first + point,
      parameters: { matrices: 100, threads: count, ...parameters },
      machine: machine ?? {},
      walls: STEADY(point).map((error) => timeNs(law, count) * error),
    }),
  );
}

/** Panels of cells, whose speed-ups are as the laws have them, to a tenth. */
function panelsOf(cells: readonly SweptCell[], isMeasured: (cell: number) => boolean = () => true) {
  const curves = curvesOf(cells);
  return curvePanels(curves, (number) => {
    const cell = cells.find((one) => one.cell === number);
    const curve = curves.find((one) => one.cells.some((own) => own.cell === number));
    if (cell === undefined || curve?.baseline == null || !isMeasured(number)) return undefined;
    const { median } = curve.baseline.overview.summary.wallNs;
    const speedup = median / cell.overview.summary.wallNs.median;
    return { speedup, speedupCi95: [0.9 * speedup, 1.1 * speedup] };
  });
}

const THREADS = [1, 2, 4, 8, 16];

describe('the curves of a sweep', () => {
  it('are in a chart for each lock and scheduler, on one scale', () => {
    const { panels, mostThreads, mostSpeedUp } = panelsOf([
      ...cellsOf(lawWith(0, 0), THREADS, { size: 16 }),
      ...cellsOf(lawWith(0.1, 0), THREADS, { size: 32 }, { first: 10 }),
      ...cellsOf(lawWith(1, 0), [1, 2], { size: 16, lock: 'gil-held' }, { first: 20 }),
    ]);
    expect(panels.map(({ title, series }) => [title, series.length])).toEqual([
      ['Executor, lock: None', 2],
      ['Executor, lock: GIL held', 1],
    ]);
    expect(mostThreads).toBe(16);
    expect(mostSpeedUp).toBeCloseTo(1.1 * 16, 0);
  });

  it('have a scale that one wide interval does not take over', () => {
    const cells = cellsOf(lawWith(0, 0), THREADS);
    const curves = curvesOf(cells);
    const figures = (cell: number) => ({
      speedup: cell,
      speedupCi95: [cell, cell === 2 ? 900 : cell + 0.5] as const,
    });
    expect(curvePanels(curves, figures).mostSpeedUp).toBe(1.5 * 5);
    const narrow = (cell: number) => ({ speedup: cell, speedupCi95: [cell, cell + 0.5] as const });
    expect(curvePanels(curves, narrow).mostSpeedUp).toBe(5.5);
  });

  it('have their points with whiskers, and the law with its band through them', () => {
    const { panels } = panelsOf(cellsOf(lawWith(0.1, 0.01), THREADS));
    const series = panels[0]?.series[0];
    expect(series?.points.map(({ threads }) => threads)).toEqual(THREADS);
    for (const { threads, speedUp, ci95 } of series?.points ?? []) {
      expect(ci95).toEqual([0.9 * speedUp, 1.1 * speedUp]);
      const law = series?.law.find((point) => point.threads === threads);
      expect(law?.speedUp ?? NaN).toBeCloseTo(speedUp, 0);
      expect(law?.ci95?.[0]).toBeLessThanOrEqual(law?.speedUp ?? NaN);
    }
    expect(series?.law.at(0)?.speedUp).toBe(1);
    expect(series?.law.at(-1)?.threads).toBe(16);
  });

  it('grow as cells are measured', () => {
    const { panels } = panelsOf(cellsOf(lawWith(0, 0), THREADS), (cell) => cell <= 3);
    expect(panels[0]?.series[0]?.points.map(({ cell }) => cell)).toEqual([1, 2, 3]);
  });

  it('have hollow points where lanes share cores, and a line at the cores', () => {
    const machine = { usableCores: 4, logicalCores: 4, physicalCores: 2 };
    const { panels, cores, physicalCores } = panelsOf(
      cellsOf(lawWith(0, 0), [1, 2, 4, 8], {}, { machine }),
    );
    expect(panels[0]?.series[0]?.points.map(({ leftOut }) => leftOut !== null)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect([cores, physicalCores]).toEqual([4, 2]);
  });

  it('have no line at the physical cores where lanes have one each', () => {
    expect(panelsOf(cellsOf(lawWith(0, 0), THREADS)).physicalCores).toBeNull();
  });

  it('have no law of too few points, but their points', () => {
    const { panels } = panelsOf(cellsOf(lawWith(0, 0), [1, 2]));
    expect(panels[0]?.series[0]?.law).toEqual([]);
    expect(panels[0]?.series[0]?.points).toHaveLength(2);
  });

  it('have the bound of their tasks, which never exceeds tasks or threads', () => {
    const { panels } = panelsOf(cellsOf(lawWith(0, 0), [1, 2, 64], { matrices: 100 }));
    const bound = panels[0]?.series[0]?.taskBound ?? [];
    expect(bound.at(-1)).toEqual({ threads: 64, speedUp: 50 });
    for (const { threads, speedUp } of bound) expect(speedUp).toBeLessThanOrEqual(threads);
  });

  it('have an ideal line within the charts', () => {
    const panels = panelsOf(cellsOf(lawWith(0.5, 0), THREADS));
    const [, end] = idealLine(panels);
    expect(end?.speedUp).toBe(end?.threads);
    expect(end?.speedUp).toBeLessThanOrEqual(panels.mostSpeedUp);
  });

  it('are none of serial cells alone', () => {
    const serial = cellsOf(lawWith(0, 0), [1], { scheduler: 'serial' });
    expect(panelsOf(serial)).toMatchObject({ panels: [], mostThreads: 1, mostSpeedUp: 1 });
  });
});
