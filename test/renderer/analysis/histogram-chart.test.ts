import { describe, expect, it } from 'vitest';
import { binCountText, histogramChart } from '../../../src/renderer/analysis/histogram-chart.js';
import { readPalette } from '../../../src/renderer/ui/palette.js';

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
