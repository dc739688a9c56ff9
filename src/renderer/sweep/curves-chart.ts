import type { Chart, ChartDataset, Plugin } from 'chart.js';
import { formatCounted, formatEnds, formatRatio } from '../../base/units.js';
import {
  idealLine,
  type CurvePanels,
  type CurveSeries,
  type SpeedUpPoint,
} from '../../sweep/findings.js';
import {
  commonOptions,
  DASHED,
  DOTTED,
  tooltipStyle,
  type FigureChart,
} from '../ui/figure-charts.js';
import { laneColour, type Palette } from '../ui/palette.js';
import {
  axesAt,
  marksAt,
  multipleScales,
  roundMarks,
  titlesOf,
  type Multiples,
} from './multiples.js';

type Dataset = ChartDataset<'line', { x: number; y: number }[]>;

/** Half the width of a whisker's ends, and how large a point is, in px. */
const CAP_PX = 3;
const POINT_PX = 3.5;
/** Room above and right of the greatest values, as a share of them. */
const HEADROOM = 1.12;

/** Curves of a chart that are drawn, at most: as many as there are colours that differ. */
const CURVES_MOST = 8;

/** Returns those of the curves of a chart that are drawn: all of few, else some from the first to the last. */
export function drawnCurves({ series }: CurvePanels['panels'][number]): readonly CurveSeries[] {
  if (series.length <= CURVES_MOST) return series;
  const step = (series.length - 1) / (CURVES_MOST - 1);
  const places = Array.from({ length: CURVES_MOST }, (_, at) => Math.round(at * step));
  return places.flatMap((place) => series[place] ?? []);
}

/** The points of a curve, by the place of their dataset in the chart. */
type PointsByDataset = ReadonlyMap<
  number,
  { readonly colour: string; readonly points: readonly SpeedUpPoint[] }
>;

/** Makes the speed-up curves of a sweep, a small chart for each lock and scheduler, on one scale. */
export function curvesChart(
  curves: CurvePanels,
  multiples: Multiples,
  palette: Palette,
  onCell: (cell: number) => void = () => undefined,
): FigureChart {
  const panels = curves.panels.slice(0, multiples.count);
  const datasets: Dataset[] = [];
  const measured = new Map<number, { colour: string; points: readonly SpeedUpPoint[] }>();
  panels.forEach((panel, place) => {
    const axes = axesAt(place, multiples);
    const line = { type: 'line' as const, ...axes, pointRadius: 0, pointHitRadius: 0 };
    datasets.push({
      ...line,
      data: idealLine(curves).map(plotted),
      borderColor: palette.textMuted,
      borderWidth: 1,
      borderDash: DASHED,
    });
    drawnCurves(panel).forEach((each, index) => {
      const colour = laneColour(palette, index);
      datasets.push(...lawOf(each, colour, line));
      measured.set(datasets.length, { colour, points: each.points });
      datasets.push(pointsOf(each, colour, axes, palette));
    });
  });
  const { mostThreads, mostSpeedUp } = curves;
  const { scales } = commonOptions(palette);
  const pointAt = (dataset: number, index: number) => measured.get(dataset)?.points[index];
  return {
    type: 'line',
    data: { datasets },
    plugins: [
      whiskers(measured),
      coreLines(curves, multiples, palette),
      titlesOf(
        panels.map(({ title }) => title),
        multiples,
        palette,
      ),
    ],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', intersect: true },
      onClick: (_event, [first]) => {
        const point = first && pointAt(first.datasetIndex, first.index);
        if (point !== undefined) onCell(point.cell);
      },
      scales: multipleScales(
        multiples,
        {
          x: {
            min: 0,
            max: mostThreads * HEADROOM,
            afterBuildTicks: marksAt(roundMarks(mostThreads, 5, 1).slice(1)),
          },
          y: {
            min: 0,
            max: mostSpeedUp * HEADROOM,
            afterBuildTicks: marksAt(roundMarks(mostSpeedUp, 5)),
            ticks: {
              ...scales.y.ticks,
              callback: (value: number) => `${Number(value.toPrecision(3))}×`,
            },
          },
        },
        palette,
      ),
      plugins: {
        tooltip: {
          ...tooltipStyle(palette),
          callbacks: {
            title: () => '',
            label: ({ datasetIndex, dataIndex }) => {
              const point = pointAt(datasetIndex, dataIndex);
              return point === undefined ? '' : pointText(point);
            },
          },
        },
      },
    },
  };
}

/** A point in words: `4 threads: 3.12× (3.02 to 3.2)`. */
export function pointText({ threads, speedUp, ci95, leftOut }: SpeedUpPoint): string {
  const interval = ci95 === null ? '' : ` (${formatEnds(...ci95).join(' to ')})`;
  const left = leftOut === null ? '' : '; left out of the law';
  return `${formatCounted(threads, 'thread')}: ${formatRatio(speedUp)}${interval}${left}`;
}

function plotted({ threads, speedUp }: { threads: number; speedUp: number }) {
  return { x: threads, y: speedUp };
}

/** The fitted law with its band, and the bound that the number of tasks sets. */
function lawOf({ law, taskBound }: CurveSeries, colour: string, line: Partial<Dataset>): Dataset[] {
  const ends = (end: 0 | 1) =>
    law.flatMap(({ threads, ci95 }) => (ci95 === null ? [] : [{ x: threads, y: ci95[end] }]));
  const band = { ...line, borderWidth: 0, backgroundColor: `${colour}2e` };
  return [
    {
      ...line,
      data: taskBound.map(plotted),
      borderColor: colour,
      borderWidth: 1,
      borderDash: DOTTED,
      stepped: false,
    },
    { ...band, data: ends(0) },
    { ...band, data: ends(1), fill: '-1' },
    { ...line, data: law.map(plotted), borderColor: colour, borderWidth: 1.5 },
  ];
}

/** Measured points, hollow where no law is fitted to them. */
function pointsOf(
  { points, label }: CurveSeries,
  colour: string,
  axes: object,
  palette: Palette,
): Dataset {
  return {
    type: 'line',
    ...axes,
    label,
    data: points.map(plotted),
    showLine: false,
    pointRadius: POINT_PX,
    pointHitRadius: 6,
    pointBorderWidth: 1.5,
    pointBorderColor: colour,
    borderColor: colour,
    pointBackgroundColor: points.map(({ leftOut }) =>
      leftOut === null ? colour : palette.surface,
    ),
  };
}

/** Draws each point's interval below it. */
function whiskers(measured: PointsByDataset): Plugin<'bar' | 'line'> {
  return {
    id: 'whiskers',
    beforeDatasetsDraw: (chart) => {
      const { ctx } = chart;
      ctx.save();
      ctx.lineWidth = 1.5;
      for (const [index, { colour, points }] of measured) {
        ctx.strokeStyle = colour;
        drawWhiskers(chart, index, points);
      }
      ctx.restore();
    },
  };
}

function drawWhiskers(chart: Chart, index: number, points: readonly SpeedUpPoint[]): void {
  const { ctx } = chart;
  const { xAxisID = '', yAxisID = '' } = chart.getDatasetMeta(index);
  const [x, y] = [chart.scales[xAxisID], chart.scales[yAxisID]];
  if (x === undefined || y === undefined) return;
  ctx.beginPath();
  for (const { threads, ci95 } of points) {
    if (ci95 === null) continue;
    const at = x.getPixelForValue(threads);
    const ends = ci95.map((end) => y.getPixelForValue(end));
    const [low = NaN, high = NaN] = ends.map((end) => Math.min(y.bottom, Math.max(y.top, end)));
    ctx.moveTo(at, low);
    ctx.lineTo(at, high);
    // One that goes on beyond the plot has no end there.
    for (const end of ends.filter((own) => own >= y.top && own <= y.bottom)) {
      ctx.moveTo(at - CAP_PX, end);
      ctx.lineTo(at + CAP_PX, end);
    }
  }
  ctx.stroke();
}

/** Draws a line at the cores that may be used, and at those that are no SMT siblings. */
function coreLines(
  { cores, physicalCores, mostThreads }: CurvePanels,
  multiples: Multiples,
  palette: Palette,
): Plugin<'bar' | 'line'> {
  const at = [cores, physicalCores].filter((count) => count !== null && count <= mostThreads);
  return {
    id: 'cores',
    beforeDatasetsDraw: ({ ctx, scales, chartArea }) => {
      ctx.save();
      ctx.strokeStyle = palette.textMuted;
      ctx.lineWidth = 1;
      ctx.globalAlpha = 0.6;
      ctx.beginPath();
      for (let column = 0; column < multiples.columns; column += 1) {
        const x = scales[axesAt(column, multiples).xAxisID];
        for (const count of at) {
          const px = x?.getPixelForValue(count ?? NaN) ?? NaN;
          ctx.moveTo(px, chartArea.top);
          ctx.lineTo(px, chartArea.bottom);
        }
      }
      ctx.stroke();
      ctx.restore();
    },
  };
}
