import { placeAmongBins, type TaskHistogram } from '../../analysis/task-histogram.js';
import { formatCount, formatCounted } from '../../base/units.js';
import {
  commonOptions,
  DASHED,
  MOST_LABELS,
  DOTTED,
  tooltipStyle,
  TYPE_PX,
  type FigureChart,
} from '../ui/figure-charts.js';
import { binMarks, binText } from './histogram-axis.js';
import type { Palette } from '../ui/palette.js';

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
    mark(medianNs, DASHED),
    mark(p95Ns, DOTTED),
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

/** What is in a bin: `1 task`, `12 tasks, 8 of the baseline`. */
export function binCountText({ counts, baseline }: TaskHistogram, bin: number): string {
  const count = counts[bin] ?? 0;
  const tasks = formatCounted(count, 'task');
  if (baseline === null) return tasks;
  return `${tasks}, ${formatCount(baseline.counts[bin] ?? 0)} of the baseline`;
}
