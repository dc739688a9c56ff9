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
import type { Palette } from './palette.js';

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
export const TYPE_PX = 11;
/** Labels up an axis, at most. */
export const MOST_LABELS = 5;

/** How marks are dashed, so that they differ without their colour, in px. */
export const DASHED = [6, 3];
export const DOTTED = [2, 2];

/** What all charts of figures have in common. */
export function commonOptions(palette: Palette) {
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

/** How a tooltip of such a chart looks. */
export function tooltipStyle(palette: Palette) {
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
