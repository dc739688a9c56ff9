import {
  BarController,
  BarElement,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartOptions,
} from 'chart.js';
import type { LockOccupancy } from '../../shared/analysis/lock-occupancy.js';
import type { TimeRange } from '../../shared/analysis/span-walk.js';
import { placeAmongBins, type TaskHistogram } from '../../shared/analysis/task-histogram.js';
import { formatCount, formatDuration, formatNumber, formatShare } from '../../shared/units.js';
import { binMarks, binText } from './histogram-axis.js';
import type { Palette } from './palette.js';
import { GUTTER, RIGHT_MARGIN } from './timeline-chart.js';

Chart.register(
  BarController,
  BarElement,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** The same chart as a picture that stands by itself: its axes are named and have their marks. */
export function namedAxes(
  chart: FigureChart,
  names: Readonly<Record<string, string>>,
  palette: Palette,
): FigureChart {
  const font = { family: palette.fontFamily, size: TYPE_PX };
  const scales = Object.entries(chart.options?.scales ?? {}).map(([id, scale]) => [
    id,
    {
      ...scale,
      display: true,
      title: { display: true, text: names[id] ?? '', color: palette.textMuted, font },
      afterFit: () => undefined,
    },
  ]);
  const named = Object.fromEntries(scales) as NonNullable<FigureChart['options']>['scales'];
  return { ...chart, options: { ...chart.options, layout: {}, scales: named ?? {} } };
}

/** A chart of figures: bars, lines, or both. */
export type FigureChart = ChartConfiguration<'bar' | 'line', { x: number; y: number }[]>;

/** Size of the type, in px. */
const TYPE_PX = 11;
/** Labels up an axis, at most. */
const MOST_LABELS = 5;

/** How marks are dashed, so that they are told apart without their colour, in px. */
const MEDIAN_DASH = [6, 3];
const P95_DASH = [2, 2];

/**
 * The histogram of task times: bin `i` from x = i to i + 1, whatever its width in time, the median
 * and the 95th percentile as lines across; and the outline of the baseline's bars, where there is one.
 */
export function histogramChart(histogram: TaskHistogram, palette: Palette): FigureChart {
  const { counts, medianNs, p95Ns, baseline } = histogram;
  const most = Math.max(...counts, ...(baseline?.counts ?? []));
  const line = {
    type: 'line' as const,
    borderColor: palette.text,
    borderWidth: 1.5,
    pointRadius: 0,
    pointHitRadius: 0,
  };
  const mark = (timeNs: number, borderDash: number[]) => {
    const x = placeAmongBins(histogram, timeNs);
    return {
      ...line,
      data: [
        { x, y: 0 },
        { x, y: most },
      ],
      borderDash,
    };
  };
  const overBars = [
    mark(medianNs, MEDIAN_DASH),
    mark(p95Ns, P95_DASH),
    ...(baseline === null ? [] : [{ ...line, data: outlineOf(baseline.counts) }]),
  ];
  const { scales, ...options } = commonOptions(palette);
  return {
    type: 'bar',
    data: {
      datasets: [
        // What comes first is drawn last, so on top.
        ...overBars,
        {
          type: 'bar',
          data: counts.map((count, bin) => ({ x: bin + 0.5, y: count })),
          backgroundColor: palette.compute,
          barPercentage: 1,
          // A gap between bars that still belongs to them.
          borderColor: palette.surface,
          borderSkipped: false,
          borderWidth: { left: 0.5, right: 0.5 },
          categoryPercentage: 1,
          grouped: false,
          minBarLength: 1,
        },
      ],
    },
    options: {
      ...options,
      interaction: { mode: 'x', intersect: false },
      layout: { padding: { top: 4, right: 12 } },
      scales: {
        x: {
          ...scales.x,
          min: 0,
          max: counts.length,
          offset: false,
          afterBuildTicks: (axis) => {
            const { ctx } = axis.chart;
            ctx.save();
            ctx.font = `${TYPE_PX}px ${palette.fontFamily}`;
            axis.ticks = binMarks(histogram, axis.width, (label) => ctx.measureText(label).width);
            ctx.restore();
          },
          ticks: { ...scales.x.ticks, callback: (_, index, ticks) => ticks[index]?.label ?? '' },
        },
        y: {
          ...scales.y,
          min: 0,
          suggestedMax: most,
          ticks: {
            ...scales.y.ticks,
            precision: 0,
            maxTicksLimit: MOST_LABELS,
            callback: (count) => formatCount(Number(count)),
          },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipStyle(palette),
          filter: ({ datasetIndex }) => datasetIndex === overBars.length,
          callbacks: {
            title: ([item]) => (item === undefined ? '' : binText(histogram, item.dataIndex)),
            label: ({ dataIndex }) => binCountText(histogram, dataIndex),
          },
        },
      },
    },
  };
}

/** The outline of bars, with gaps where there are none. */
function outlineOf(counts: readonly number[]): { x: number; y: number }[] {
  const isEmpty = (bin: number) => (counts[bin] ?? 0) === 0;
  return counts.flatMap((count, bin) => {
    if (isEmpty(bin)) return [{ x: bin, y: NaN }];
    const top = [bin, bin + 1].map((x) => ({ x, y: count }));
    const rise = isEmpty(bin - 1) ? [{ x: bin, y: 0 }] : [];
    const fall = isEmpty(bin + 1) ? [{ x: bin + 1, y: 0 }] : [];
    return [...rise, ...top, ...fall];
  });
}

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
          borderDash: MEDIAN_DASH,
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
                borderDash: P95_DASH,
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
          ticks: {
            ...scales.x.ticks,
            maxTicksLimit: MOST_LABELS,
            callback: (time) => formatDuration(Number(time)),
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

/** What is in a bin: `1 task`, `12 tasks, 8 of the baseline`. */
export function binCountText({ counts, baseline }: TaskHistogram, bin: number): string {
  const count = counts[bin] ?? 0;
  const tasks = `${formatCount(count)} task${count === 1 ? '' : 's'}`;
  if (baseline === null) return tasks;
  return `${tasks}, ${formatCount(baseline.counts[bin] ?? 0)} of the baseline`;
}

/** What all charts of figures have in common. */
function commonOptions(palette: Palette) {
  const ticks = {
    color: palette.textMuted,
    font: { family: palette.fontFamily, size: TYPE_PX },
    maxRotation: 0,
    autoSkip: false,
  };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    scales: {
      x: { type: 'linear', grid: { display: false }, border: { color: palette.grid }, ticks },
      y: { type: 'linear', grid: { color: palette.grid }, border: { display: false }, ticks },
    },
  } as const satisfies ChartOptions<'bar' | 'line'>;
}

function tooltipStyle(palette: Palette) {
  const font = { family: palette.fontFamily, size: TYPE_PX };
  return {
    animation: false,
    displayColors: false,
    backgroundColor: palette.surface,
    borderColor: palette.textMuted,
    borderWidth: 1,
    titleColor: palette.text,
    bodyColor: palette.text,
    titleFont: font,
    bodyFont: font,
    cornerRadius: 6,
    caretSize: 0,
  } as const;
}
