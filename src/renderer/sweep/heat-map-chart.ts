import {
  Chart,
  LinearScale,
  LineController,
  type ChartConfiguration,
  type Plugin,
  type Scale,
} from 'chart.js';
import type { HeatMap, MapLayout, MapMeasure } from '../../sweep/heat-map.js';
import { TYPE_PX } from '../ui/figure-charts.js';
import type { Palette } from '../ui/palette.js';
import { colourScale, stepOf, type ColourScale } from './colours.js';
import { colourRange, squareText } from './map-values.js';

Chart.register(LinearScale, LineController);

/** What a map is painted from. */
export interface PaintedMap {
  readonly layout: MapLayout;
  readonly map: HeatMap;
  readonly measure: MapMeasure;
}

/** Between two squares, and the least size of one in which its value is written, in px. */
const GAP_PX = 1;
const TEXT_WIDTH_PX = 30;
const TEXT_HEIGHT_PX = 16;
/** Between two lines of the hatching, in px. */
const HATCH_PX = 6;
/** The room that a label of a column and of a row takes, in px. */
const COLUMN_LABEL_PX = 36;
const ROW_LABEL_PX = 14;

/** The part of a canvas that the squares take, in px. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Makes a chart whose only plot is the map: axes and size are Chart.js's, and the squares are painted in one
 * go. What is painted is asked for at each drawing, and has one layout.
 *
 * @param onArea called where the plot is, at first and after each change of its size
 */
export function heatMapChart(
  painted: () => PaintedMap,
  palette: Palette,
  onArea: (area: PlotArea) => void = () => undefined,
): ChartConfiguration<'line', never[]> {
  const { layout } = painted();
  const font = { family: palette.fontFamily, size: TYPE_PX };
  const axis = (labels: readonly string[], title: string) => ({
    type: 'linear' as const,
    min: -0.5,
    max: labels.length - 0.5,
    border: { display: false },
    grid: { display: false },
    title: { display: title !== '', text: title, color: palette.textMuted, font },
    ticks: {
      color: palette.textMuted,
      font,
      autoSkip: false,
      maxRotation: 0,
      callback: (place: string | number) => labels[Number(place)] ?? '',
    },
    afterBuildTicks: (scale: Scale) => {
      const roomPx = scale.isHorizontal()
        ? scale.maxWidth / COLUMN_LABEL_PX
        : scale.maxHeight / ROW_LABEL_PX;
      const step = Math.ceil(labels.length / Math.max(1, roomPx));
      scale.ticks = labels.flatMap((_, value) => (value % step === 0 ? [{ value }] : []));
    },
  });
  return {
    type: 'line',
    data: { datasets: [] },
    plugins: [squaresOf(painted, palette, onArea)],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 2, right: 2 } },
      scales: {
        x: axis(layout.columns, layout.across),
        y: {
          ...axis(
            layout.rows.map(({ label }) => label),
            layout.down,
          ),
          reverse: true,
        },
      },
    },
  };
}

/** The part of a plot that a square takes, in px. */
export interface SquareBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the square in a column and a row is. */
export function squareBox(
  area: PlotArea,
  { columns, rows }: MapLayout,
  column: number,
  row: number,
): SquareBox {
  const width = (area.right - area.left) / Math.max(1, columns.length);
  const height = (area.bottom - area.top) / Math.max(1, rows.length);
  return { left: area.left + column * width, top: area.top + row * height, width, height };
}

function squaresOf(
  painted: () => PaintedMap,
  palette: Palette,
  onArea: (area: PlotArea) => void,
): Plugin<'line'> {
  let area: PlotArea | undefined;
  return {
    id: 'squares',
    afterDraw: ({ ctx, chartArea: { left, top, right, bottom } }) => {
      const now = { left, top, right, bottom };
      if (JSON.stringify(now) !== JSON.stringify(area)) onArea((area = now));
      const what = painted();
      ctx.save();
      paintSquares(ctx, now, what, colourScale(what.measure, palette), palette);
      ctx.restore();
    },
  };
}

function paintSquares(
  ctx: CanvasRenderingContext2D,
  area: PlotArea,
  { layout, map, measure }: PaintedMap,
  { colours, texts }: ColourScale,
  palette: Palette,
): void {
  const { width, height } = squareBox(area, layout, 0, 0);
  const range = colourRange(map, measure);
  const inner = { width: Math.max(1, width - GAP_PX), height: Math.max(1, height - GAP_PX) };
  const hasTexts = width >= TEXT_WIDTH_PX && height >= TEXT_HEIGHT_PX;
  const vague: { left: number; top: number; text: string }[] = [];
  ctx.font = `${TYPE_PX}px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  map.squares.forEach((row, y) => {
    row.forEach((square, x) => {
      if (square === null) return;
      const left = area.left + x * width;
      const top = area.top + y * height;
      if (square.value === null) {
        ctx.fillStyle = palette.grid;
        ctx.fillRect(left, top, inner.width, inner.height);
        return;
      }
      const step = stepOf(square.value, range);
      ctx.fillStyle = colours[step] ?? palette.compute;
      ctx.fillRect(left, top, inner.width, inner.height);
      if (square.isVague) vague.push({ left, top, text: texts[step] ?? palette.text });
      if (!hasTexts) return;
      ctx.fillStyle = texts[step] ?? palette.text;
      ctx.fillText(squareText(measure, square.value), left + width / 2, top + height / 2);
    });
  });
  hatch(ctx, vague, inner);
}

/** Draws diagonal lines over squares; each within it, so that none is cut off. */
function hatch(
  ctx: CanvasRenderingContext2D,
  squares: readonly { left: number; top: number; text: string }[],
  { width, height }: { width: number; height: number },
): void {
  ctx.lineWidth = 1;
  ctx.globalAlpha = 0.45;
  for (const colour of new Set(squares.map(({ text }) => text))) {
    ctx.strokeStyle = colour;
    ctx.beginPath();
    for (const { left, top, text } of squares) {
      if (text !== colour) continue;
      for (let at = HATCH_PX / 2; at < width + height; at += HATCH_PX) {
        ctx.moveTo(left + Math.max(0, at - height), top + Math.min(at, height));
        ctx.lineTo(left + Math.min(at, width), top + Math.max(0, at - width));
      }
    }
    ctx.stroke();
  }
}
