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
import type { Palette } from './palette.js';
import { formatTime } from './time-ticks.js';
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

/** Size of the type, what a label along the axis takes with its gap, both in px. */
const TYPE_PX = 11;
const LABEL_PX = 72;
/** Labels up an axis, at most. */
const MOST_LABELS = 5;

/** How marks are dashed, so that they are told apart without their colour, in px. */
const MEDIAN_DASH = [6, 3];
const P95_DASH = [2, 2];

/**
 * The histogram of task times: bin `i` from x = i to i + 1, whatever its width in time, the median
 * and the 95th percentile as lines across.
 */
export function histogramChart(histogram: TaskHistogram, palette: Palette): FigureChart {
  const { counts, medianNs, p95Ns } = histogram;
  const most = Math.max(...counts);
  const mark = (timeNs: number, borderDash: number[]) => {
    const x = placeAmongBins(histogram, timeNs);
    return {
      type: 'line' as const,
      data: [
        { x, y: 0 },
        { x, y: most },
      ],
      borderColor: palette.text,
      borderWidth: 1.5,
      borderDash,
      pointRadius: 0,
      pointHitRadius: 0,
    };
  };
  const marks = [mark(medianNs, MEDIAN_DASH), mark(p95Ns, P95_DASH)];
  const { scales, ...options } = commonOptions(palette);
  return {
    type: 'bar',
    data: {
      datasets: [
        // What comes first is drawn last, so on top.
        ...marks,
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
            axis.ticks = labelledEdges(histogram, axis.chart.width).map((value) => ({ value }));
          },
          ticks: {
            ...scales.x.ticks,
            callback: (edge) => edgeText(histogram, Number(edge)),
          },
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
          filter: ({ datasetIndex }) => datasetIndex === marks.length,
          callbacks: {
            title: ([item]) => (item === undefined ? '' : binText(histogram, item.dataIndex)),
            label: ({ dataIndex }) => tasksText(counts[dataIndex] ?? 0),
          },
        },
      },
    },
  };
}

/** A bin of task times in words: `1.20 ms to 1.40 ms`. */
export function binText(histogram: TaskHistogram, bin: number): string {
  return `${edgeText(histogram, bin)} to ${edgeText(histogram, bin + 1)}`;
}

/** An edge of the bins, with as many digits as tell it from its neighbours, at least three. */
function edgeText({ edgesNs }: TaskHistogram, edge: number): string {
  const timeNs = edgesNs[edge] ?? NaN;
  const [before = NaN, after = NaN] = [edgesNs[edge - 1], edgesNs[edge + 1]];
  const widthNs = Math.min(
    ...[timeNs - before, after - timeNs].filter((width) => Number.isFinite(width)),
  );
  return widthNs < timeNs / 100 ? formatTime(timeNs, widthNs) : formatDuration(timeNs);
}

/**
 * The edges that get a label on so wide a chart: powers of ten on an axis of the logarithm that has
 * some; else evenly spread ones, the first among them.
 */
export function labelledEdges(
  { edgesNs, isLogarithmic }: Pick<TaskHistogram, 'edgesNs' | 'isLogarithmic'>,
  widthPx: number,
): number[] {
  const places = edgesNs.map((_, edge) => edge);
  const most = Math.max(2, Math.floor(widthPx / LABEL_PX));
  const powers = isLogarithmic ? places.filter((edge) => isPowerOfTen(edgesNs[edge] ?? NaN)) : [];
  if (powers.length >= 2 && powers.length <= most) return powers;
  const step = Math.max(1, Math.ceil((edgesNs.length - 1) / (most - 1)));
  return places.filter((edge) => edge % step === 0);
}

function isPowerOfTen(value: number): boolean {
  const power = Math.log10(value);
  return Math.abs(power - Math.round(power)) < 1e-9;
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

/** `1 task`, `12 tasks`. */
function tasksText(count: number): string {
  return `${formatCount(count)} task${count === 1 ? '' : 's'}`;
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
