import { describe, expect, it } from 'vitest';
import {
  binText,
  histogramChart,
  labelledEdges,
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

  it('says a bin in words', () => {
    expect(binText(histogram, 1)).toBe('1.20 ms to 1.40 ms');
  });

  it('labels edges so far apart that labels do not touch', () => {
    const linear = (bins: number) => ({
      edgesNs: Array.from({ length: bins + 1 }, (_, edge) => 100 * edge),
      isLogarithmic: false,
    });
    expect(labelledEdges(linear(2), 500)).toEqual([0, 1, 2]);
    expect(labelledEdges(linear(41), 300)).toEqual([0, 14, 28]);
    expect(labelledEdges(linear(41), 20)).toEqual([0, 41]);
    const decades = Array.from({ length: 12 }, (_, edge) => 10 ** (5.5 + edge / 4));
    expect(labelledEdges({ edgesNs: decades, isLogarithmic: true }, 300)).toEqual([2, 6, 10]);
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
