import type { LockOccupancy } from '../../analysis/lock-occupancy.js';
import type { TimeRange } from '../../recording/span-walk.js';
import { formatCount, formatDuration, formatNumber, formatShare } from '../../base/units.js';
import {
  commonOptions,
  DASHED,
  DOTTED,
  MOST_LABELS,
  tooltipStyle,
  type FigureChart,
} from '../ui/figure-charts.js';
import type { Palette } from '../ui/palette.js';
import { timeTicks } from '../timeline/model/time-ticks.js';
import { GUTTER, RIGHT_MARGIN } from '../timeline/paint/timeline-chart.js';

/**
 * How much the lock is held (an area, 0 to 1) and how many of the lanes wait for it (a line), over
 * the part of time that is in view, under the timeline's own plot; and how much it is held in the
 * baseline (a dotted line), where there is one with a lock.
 */
export function occupancyChart(
  occupancy: LockOccupancy,
  visible: TimeRange,
  lanes: number,
  palette: Palette,
  baseline: LockOccupancy | null = null,
): FigureChart {
  const { held, waiting, range } = occupancy;
  const sliceNs = (range.endNs - range.startNs) / held.length;
  const steps = (values: Float64Array) =>
    Array.from({ length: values.length + 1 }, (_, slice) => ({
      x: range.startNs + slice * sliceNs,
      y: values[Math.min(slice, values.length - 1)] ?? 0,
    }));
  const { scales, ...options } = commonOptions(palette);
  // Each slice's value is drawn from its start on.
  const line = { type: 'line' as const, stepped: 'before' as const, pointRadius: 0 };
  return {
    type: 'line',
    data: {
      datasets: [
        {
          ...line,
          yAxisID: 'waiting',
          data: steps(waiting),
          borderColor: palette.wait,
          borderWidth: 1.5,
          borderDash: DASHED,
        },
        {
          ...line,
          data: steps(held),
          backgroundColor: `${palette.accent}55`,
          borderColor: palette.accent,
          borderWidth: 1,
          fill: 'origin',
        },
        ...(baseline === null
          ? []
          : [
              {
                ...line,
                data: steps(baseline.held),
                borderColor: palette.text,
                borderWidth: 1,
                borderDash: DOTTED,
              },
            ]),
      ],
    },
    options: {
      ...options,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { autoPadding: false, padding: { right: RIGHT_MARGIN, top: 4, bottom: 4 } },
      scales: {
        x: {
          ...scales.x,
          display: false,
          min: visible.startNs,
          max: visible.endNs,
          // As the timeline is marked.
          afterBuildTicks: (axis) => {
            axis.ticks = timeTicks(visible, axis.width);
          },
          ticks: {
            ...scales.x.ticks,
            autoSkip: false,
            callback: (_time, index, marks) => marks[index]?.label,
          },
        },
        y: {
          ...scales.y,
          min: 0,
          max: 1,
          afterFit: (axis) => {
            axis.width = GUTTER;
          },
          ticks: {
            ...scales.y.ticks,
            stepSize: 1,
            callback: (share) => formatShare(Number(share)),
          },
        },
        waiting: {
          ...scales.y,
          position: 'right',
          display: false,
          grid: { display: false },
          min: 0,
          max: lanes,
          ticks: { ...scales.y.ticks, precision: 0, maxTicksLimit: MOST_LABELS },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipStyle(palette),
          // One line, as the chart is no higher than a few.
          filter: ({ datasetIndex }) => datasetIndex === 0,
          callbacks: {
            title: () => '',
            label: ({ dataIndex, parsed }) => {
              const slice = Math.min(dataIndex, held.length - 1);
              return (
                `At ${formatDuration(parsed.x ?? NaN)}: held ${formatShare(held[slice] ?? NaN)}, ` +
                `${formatNumber(waiting[slice] ?? NaN)} of ${formatCount(lanes)} lanes wait`
              );
            },
          },
        },
      },
    },
  };
}
