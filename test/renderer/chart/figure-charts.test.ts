import { describe, expect, it } from 'vitest';
import {
  binCountText,
  histogramChart,
  occupancyChart,
} from '../../../src/renderer/chart/figure-charts.js';
import { readPalette } from '../../../src/renderer/chart/palette.js';

const palette = readPalette({ getPropertyValue: () => '' });
const histogram = {
  edgesNs: [1e6, 1.2e6, 1.4e6],
  counts: [3, 5],
  isLogarithmic: false,
  count: 8,
  medianNs: 1.25e6,
  p95Ns: 1.4e6,
  baseline: null,
};

describe('the histogram’s chart', () => {
  it('has a bar in the middle of each bin, and the marks where they belong', () => {
    const [median, p95, bars] = histogramChart(histogram, palette).data.datasets;
    expect(bars?.data).toEqual([
      { x: 0.5, y: 3 },
      { x: 1.5, y: 5 },
    ]);
    expect(median?.data[0]?.x).toBeCloseTo(1.25, 12);
    expect(p95?.data[1]).toEqual({ x: 2, y: 5 });
  });

  it('has the baseline’s bars as an outline, with a gap where there are none', () => {
    const counts = [2, 7, 0, 1];
    const beside = {
      ...histogram,
      edgesNs: [1e6, 1.2e6, 1.4e6, 1.6e6, 1.8e6],
      counts: [3, 5, 0, 0],
      baseline: { counts, count: 10, medianNs: 1.3e6, p95Ns: 1.7e6 },
    };
    const chart = histogramChart(beside, palette);
    const [median, , outline, bars] = chart.data.datasets;
    expect(outline?.data).toEqual([
      ...[
        { x: 0, y: 0 },
        { x: 0, y: 2 },
        { x: 1, y: 2 },
        { x: 1, y: 7 },
        { x: 2, y: 7 },
      ],
      ...[
        { x: 2, y: 0 },
        { x: 2, y: NaN },
        { x: 3, y: 0 },
        { x: 3, y: 1 },
        { x: 4, y: 1 },
      ],
      { x: 4, y: 0 },
    ]);
    expect(outline).toMatchObject({ type: 'line', borderColor: palette.text });
    expect(bars?.data).toHaveLength(4);
    // Marks and axis reach as high as the higher of the two.
    expect(median?.data[1]?.y).toBe(7);
    expect(chart.options?.scales?.['y']).toMatchObject({ suggestedMax: 7 });
    expect(binCountText(beside, 0)).toBe('3 tasks, 2 of the baseline');
  });

  it('tells how many tasks a bin has', () => {
    expect(binCountText({ ...histogram, counts: [1, 5] }, 0)).toBe('1 task');
  });
});

describe('the lock’s chart', () => {
  it('is on the timeline’s axis, each share from the start of its slice to the next', () => {
    const occupancy = {
      range: { startNs: 100, endNs: 300 },
      held: Float64Array.of(1, 0.5),
      waiting: Float64Array.of(3, 0),
    };
    const chart = occupancyChart(occupancy, { startNs: 50, endNs: 400 }, 4, palette);
    const [waiting, held] = chart.data.datasets;
    expect(held?.data).toEqual([
      { x: 100, y: 1 },
      { x: 200, y: 0.5 },
      { x: 300, y: 0.5 },
    ]);
    expect(waiting?.data.map(({ y }) => y)).toEqual([3, 0, 0]);
    expect(chart.options?.scales?.['x']).toMatchObject({ min: 50, max: 400 });
    expect(chart.options?.scales?.['waiting']).toMatchObject({ max: 4 });
    expect(chart.data.datasets).toHaveLength(2);
  });

  it('has how much the baseline’s lock is held as a dotted line', () => {
    const range = { startNs: 100, endNs: 300 };
    const occupancy = { range, held: Float64Array.of(1, 0.5), waiting: Float64Array.of(3, 0) };
    const baseline = { range, held: Float64Array.of(0.25, 0), waiting: Float64Array.of(0, 0) };
    const { datasets } = occupancyChart(occupancy, range, 4, palette, baseline).data;
    expect(datasets[2]?.data.map(({ y }) => y)).toEqual([0.25, 0, 0]);
    expect(datasets[2]).toMatchObject({ borderDash: [2, 2], borderColor: palette.text });
  });
});
