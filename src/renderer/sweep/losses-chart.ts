import type { ChartDataset } from 'chart.js';
import { formatShare } from '../../base/units.js';
import type { EfficiencyGroup } from '../../sweep/findings.js';
import { LOSS_LABELS, LOSSES, type Loss } from '../../sweep/lost-efficiency.js';
import { commonOptions, tooltipStyle, type FigureChart } from '../ui/figure-charts.js';
import type { Palette } from '../ui/palette.js';
import { axesAt, marksAt, multipleScales, titlesOf, type Multiples } from './multiples.js';

/** Marks of a small chart's axis, at most. */
const MARKS_MOST = 10;

/** What a bar is stacked of, from below, and in which colour. */
export function stackOf(palette: Palette): readonly { label: string; colour: string }[] {
  const colours: Record<Loss, string> = {
    imbalance: palette.lanes[6] ?? palette.queued,
    lock: palette.wait,
    handout: palette.sleep,
    computing: palette.queued,
  };
  return [
    { label: 'Efficiency', colour: palette.compute },
    ...LOSSES.map((loss) => ({ label: LOSS_LABELS[loss], colour: colours[loss] })),
  ];
}

/** Makes the stacked bars of a sweep's efficiency and of what takes the rest, a small chart for each curve. */
export function lossesChart(
  all: readonly EfficiencyGroup[],
  multiples: Multiples,
  palette: Palette,
): FigureChart {
  const groups = all.slice(0, multiples.count);
  const stack = stackOf(palette);
  const datasets = groups.flatMap(({ bars }, place) =>
    stack.map(({ label, colour }, part): ChartDataset<'bar', { x: number; y: number }[]> => ({
      type: 'bar',
      ...axesAt(place, multiples),
      label,
      stack: String(place),
      grouped: false,
      data: bars.map(({ left, lost }, at) => ({
        x: at,
        y: part === 0 ? left : lost[LOSSES[part - 1] ?? 'lock'],
      })),
      backgroundColor: colour,
      barPercentage: 0.8,
      categoryPercentage: 1,
      maxBarThickness: 48,
    })),
  );
  const { scales } = commonOptions(palette);
  const most = Math.max(1, ...groups.map(({ bars }) => bars.length));
  const longest = groups.find(({ bars }) => bars.length === most)?.bars ?? [];
  return {
    type: 'bar',
    data: { datasets },
    plugins: [
      titlesOf(
        groups.map(({ label }) => label),
        multiples,
        palette,
      ),
    ],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', intersect: true },
      scales: multipleScales(
        multiples,
        {
          x: {
            min: -0.7,
            max: most - 0.3,
            stacked: true,
            afterBuildTicks: marksAt(marked(most)),
            ticks: { ...scales.x.ticks, callback: (at: number) => threadsOf(longest[at]?.label) },
          },
          y: {
            min: 0,
            max: 1.15,
            stacked: true,
            afterBuildTicks: marksAt([0, 0.5, 1]),
            ticks: { ...scales.y.ticks, callback: (share: number) => formatShare(share) },
          },
        },
        palette,
      ),
      plugins: {
        tooltip: {
          ...tooltipStyle(palette),
          callbacks: {
            title: () => '',
            label: ({ datasetIndex, dataIndex, parsed }) => {
              const group = groups[Math.floor(datasetIndex / stack.length)];
              const part = stack[datasetIndex % stack.length];
              const bar = group?.bars[dataIndex]?.label ?? '';
              return `${bar}: ${part?.label ?? ''} ${formatShare(parsed.y ?? NaN)}`;
            },
          },
        },
      },
    },
  };
}

/** The bars that are marked on the axis: all of few, else every second, fourth and so on. */
function marked(bars: number): number[] {
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, bars / MARKS_MOST)));
  return Array.from({ length: Math.ceil(bars / step) }, (_, at) => at * step);
}

/** `4` of `4 threads`: what the axis is of stands beside it. */
function threadsOf(label: string | undefined): string {
  return label?.split(' ')[0] ?? '';
}
