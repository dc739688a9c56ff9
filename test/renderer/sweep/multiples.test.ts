import { describe, expect, it } from 'vitest';
import { finish } from '../../../src/base/cooperative-task.js';
import { findingsOf } from '../../../src/sweep/find.js';
import { curvesChart, drawnCurves, pointText } from '../../../src/renderer/sweep/curves-chart.js';
import { lossesChart, stackOf } from '../../../src/renderer/sweep/losses-chart.js';
import {
  axesAt,
  heightOf,
  multiplesOf,
  roundMarks,
} from '../../../src/renderer/sweep/multiples.js';
import { readPalette } from '../../../src/renderer/ui/palette.js';
import { smallAxes, sweptRecordings } from '../../fixtures/sweeps.js';

const AXES = smallAxes({ threads: [1, 2, 4], lock: ['none', 'gil-held'], repeats: [3] });
const FINDINGS = finish(findingsOf(AXES, sweptRecordings(AXES)));
const palette = readPalette({ getPropertyValue: () => '' });

describe('small charts on one canvas', () => {
  it('stand in as many columns as fit, and in rows', () => {
    expect(multiplesOf(5, 700)).toEqual({ count: 5, columns: 3 });
    expect(multiplesOf(2, 700)).toEqual({ count: 2, columns: 2 });
    expect(multiplesOf(2, 10).columns).toBe(1);
    expect(heightOf({ count: 5, columns: 3 })).toBe(2 * heightOf({ count: 3, columns: 3 }));
    expect(axesAt(4, { count: 5, columns: 3 })).toEqual({ xAxisID: 'x1', yAxisID: 'y1' });
  });

  it('have round marks, of threads whole ones', () => {
    expect(roundMarks(4, 5, 1)).toEqual([0, 1, 2, 3, 4]);
    expect(roundMarks(64, 5, 1)).toEqual([0, 20, 40, 60]);
    expect(roundMarks(1.3, 4)).toEqual([0, 0.5, 1]);
  });
});

describe('the speed-up curves', () => {
  const multiples = { count: 2, columns: 2 };
  const chart = curvesChart(FINDINGS.curves, multiples, palette);

  it('are a chart for each lock, with axes of one scale', () => {
    expect(FINDINGS.curves.panels.map(({ title }) => title)).toEqual([
      'Executor, lock: None',
      'Executor, lock: GIL held',
    ]);
    const scales = Object.entries(chart.options?.scales ?? {});
    expect(scales.map(([id]) => id)).toEqual(['x0', 'x1', 'y0']);
    const columns = scales.slice(0, 2).map(([, scale]) => [scale?.min, scale?.max]);
    expect(columns[0]).toEqual(columns[1]);
  });

  it('have each measured point, hollow where no law is fitted', () => {
    const measured = chart.data.datasets.filter((dataset) => 'showLine' in dataset);
    expect(measured.map(({ data }) => data.map(({ x }) => x))).toEqual([
      [1, 2, 4],
      [1, 2, 4],
    ]);
    const [none] = measured;
    const hollow =
      none !== undefined && 'pointBackgroundColor' in none ? none.pointBackgroundColor : [];
    // The machine of the tests has two cores.
    expect(hollow).toEqual([expect.any(String), expect.any(String), palette.surface]);
  });

  it('are drawn as far as their colours differ, from the first to the last', () => {
    const [panel] = FINDINGS.curves.panels;
    const [curve] = panel?.series ?? [];
    if (panel === undefined || curve === undefined) throw new Error('there is a curve');
    const many = Array.from({ length: 64 }, (_, at) => ({ ...curve, label: String(at + 1) }));
    const labels = drawnCurves({ ...panel, series: many }).map(({ label }) => label);
    expect(labels).toEqual(['1', '10', '19', '28', '37', '46', '55', '64']);
    expect(drawnCurves(panel)).toBe(panel.series);
  });

  it('say a point in words', () => {
    const point = { cell: 1, threads: 4, speedUp: 3.12, leftOut: null, ci95: [3, 3.2] as const };
    expect(pointText(point)).toBe('4 threads: 3.12× (3.00 to 3.20)');
    expect(pointText({ ...point, ci95: null, leftOut: 'why' })).toBe(
      '4 threads: 3.12×; left out of the law',
    );
  });
});

describe('what a sweep says', () => {
  it('stands under the curve that it is of, with its law', () => {
    expect(FINDINGS.says.map(({ place }) => place)).toEqual([
      'Lock mode None',
      'Lock mode GIL held',
    ]);
    for (const { advice, law } of FINDINGS.says) {
      expect(advice.length).toBeGreaterThan(0);
      expect(advice.join()).not.toContain('Lock mode');
      expect(law).not.toBeNull();
    }
  });

  it('needs no place where there is one curve', () => {
    const axes = smallAxes({ threads: [1, 2], repeats: [3] });
    const { says } = finish(findingsOf(axes, sweptRecordings(axes)));
    expect(says).toHaveLength(1);
    expect(says[0]?.place).toBe('');
    expect(says[0]?.advice.length).toBeGreaterThan(0);
  });

  it('has what is of several curves at its end', () => {
    const axes = smallAxes({ threads: [1, 2], size: [8, 16, 32], repeats: [3] });
    const { says } = finish(findingsOf(axes, sweptRecordings(axes)));
    expect(says.slice(0, 3).map(({ place }) => place)).toEqual([
      'Matrix size 8',
      'Matrix size 16',
      'Matrix size 32',
    ]);
  });
});

describe('the bars of lost efficiency', () => {
  it('are stacked up to all time of the threads', () => {
    const multiples = { count: 2, columns: 2 };
    const { data } = lossesChart(FINDINGS.losses, multiples, palette);
    expect(data.datasets).toHaveLength(2 * stackOf(palette).length);
    const ofFirst = data.datasets.slice(0, stackOf(palette).length);
    const tops = [0, 1, 2].map((bar) =>
      ofFirst.reduce((sum, { data: parts }) => sum + (parts[bar]?.y ?? NaN), 0),
    );
    for (const top of tops) expect(top).toBeCloseTo(1, 9);
  });
});
