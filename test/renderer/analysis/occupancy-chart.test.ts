import type { Scale } from 'chart.js';
import { describe, expect, it } from 'vitest';
import { occupancyChart } from '../../../src/renderer/analysis/occupancy-chart.js';
import { readPalette } from '../../../src/renderer/ui/palette.js';
import { timeTicks } from '../../../src/renderer/timeline/model/time-ticks.js';

const palette = readPalette({ getPropertyValue: () => '' });

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

  it('is marked as the timeline is, from 0 on in the unit of the end', () => {
    const range = { startNs: 0, endNs: 4e6 };
    const occupancy = { range, held: Float64Array.of(1), waiting: Float64Array.of(0) };
    const scale = occupancyChart(occupancy, range, 4, palette).options?.scales?.['x'];
    const axis = { width: 800, ticks: [] };
    scale?.afterBuildTicks?.(axis as unknown as Scale);
    expect(axis.ticks).toEqual(timeTicks(range, 800));
    expect(axis.ticks[0]).toEqual({ value: 0, label: '0.0 ms' });
    // Chart.js asks for each mark's label again.
    const { callback } = scale?.ticks ?? {};
    expect(callback?.call(axis as unknown as Scale, 0, 0, axis.ticks)).toBe('0.0 ms');
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
