import type { Chart, ChartOptions, Plugin } from 'chart.js';
import { roundUp } from '../../base/round-numbers.js';
import { commonOptions, TYPE_PX } from '../ui/figure-charts.js';
import type { Palette } from '../ui/palette.js';

/*
 * Small charts side by side on one canvas, with axes of one scale: Chart.js stacks axes of one side, so that
 * the chart in a column and a row has the x axis of that column and the y axis of that row.
 */

/** The charts of a canvas: how many there are, and in how many columns they stand. */
export interface Multiples {
  readonly count: number;
  readonly columns: number;
}

/** The least width of a small chart, and its height with its title and axis, in px. */
const WIDTH_PX = 220;
const HEIGHT_PX = 210;
/** The most of them on a canvas. */
export const MULTIPLES_MOST = 12;
/** Room beside a title, and its height, in px. */
const TITLE_GAP_PX = 6;
const TITLE_PX = 15;

/** Returns in how many columns so many small charts stand on a canvas. */
export function multiplesOf(count: number, widthPx: number): Multiples {
  const fitting = Math.max(1, Math.floor(widthPx / WIDTH_PX));
  return { count, columns: Math.max(1, Math.min(count, fitting)) };
}

/** The height of a canvas of small charts, in px. */
export function heightOf({ count, columns }: Multiples): number {
  return Math.ceil(count / columns) * HEIGHT_PX;
}

/** The axes of the chart at a place. */
export function axesAt(
  place: number,
  { columns }: Multiples,
): { xAxisID: string; yAxisID: string } {
  return { xAxisID: `x${place % columns}`, yAxisID: `y${Math.floor(place / columns)}` };
}

type Scales = NonNullable<ChartOptions<'bar' | 'line'>['scales']>;
type Axis = NonNullable<Scales[string]>;

/** Returns the axes of all columns and rows, each as `x` and `y` have them. */
export function multipleScales(
  { count, columns }: Multiples,
  { x, y }: { readonly x: object; readonly y: object },
  palette: Palette,
): Scales {
  const rows = Math.ceil(count / columns);
  const { scales } = commonOptions(palette);
  const scale = (usual: object, own: object, stack: string, at: number): Axis => ({
    ...usual,
    ...own,
    stack,
    stackWeight: 1,
    offset: false,
    weight: at,
  });
  const entries = [
    ...Array.from({ length: columns }, (_, at): [string, Axis] => [
      `x${at}`,
      scale(scales.x, { ...x, position: 'bottom' }, 'columns', at),
    ]),
    // Axes of one side are stacked from below.
    ...Array.from({ length: rows }, (_, at): [string, Axis] => [
      `y${at}`,
      scale(scales.y, { ...y, position: 'left' }, 'rows', rows - at),
    ]),
  ];
  return Object.fromEntries(entries);
}

/** Gives an axis these marks and no others. */
export function marksAt(values: readonly number[]) {
  return (axis: { ticks: { value: number }[] }) => {
    axis.ticks = values.map((value) => ({ value }));
  };
}

/** Returns round numbers from 0 to the greatest value, about so many. */
export function roundMarks(most: number, about: number, least = 0): number[] {
  const step = Math.max(least, roundUp(most / about));
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step);
}

/** As much of a text as fits into a width, with an ellipsis where that is not all. */
function cutTo(roomPx: number, text: string, pen: Pick<CanvasText, 'measureText'>): string {
  if (pen.measureText(text).width <= roomPx) return text;
  for (let end = text.length - 1; end > 0; end -= 1) {
    const cut = `${text.slice(0, end).trimEnd()}…`;
    if (pen.measureText(cut).width <= roomPx) return cut;
  }
  return '';
}

/** Writes a title into the upper left corner of each small chart. */
export function titlesOf(
  titles: readonly string[],
  multiples: Multiples,
  palette: Palette,
): Plugin<'bar' | 'line'> {
  return {
    id: 'titles',
    afterDraw: (chart) => {
      const { ctx } = chart;
      ctx.save();
      ctx.font = `600 ${TYPE_PX}px ${palette.fontFamily}`;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'top';
      titles.forEach((title, place) => {
        const box = boxAt(chart, place, multiples);
        if (box === null) return;
        const room = box.right - box.left - 2 * TITLE_GAP_PX;
        const text = cutTo(room, title, ctx);
        const { width } = ctx.measureText(text);
        // Lines behind it would go through its letters.
        ctx.fillStyle = palette.surface;
        ctx.fillRect(box.left + TITLE_GAP_PX / 2, box.top + 1, width + TITLE_GAP_PX, TITLE_PX);
        ctx.fillStyle = palette.text;
        ctx.fillText(text, box.left + TITLE_GAP_PX, box.top + 3);
      });
      ctx.restore();
    },
  };
}

/** Where the chart at a place is on its canvas, in px. */
function boxAt(
  { scales }: Pick<Chart, 'scales'>,
  place: number,
  multiples: Multiples,
): { left: number; right: number; top: number; bottom: number } | null {
  const { xAxisID, yAxisID } = axesAt(place, multiples);
  const [x, y] = [scales[xAxisID], scales[yAxisID]];
  if (x === undefined || y === undefined) return null;
  return { left: x.left, right: x.right, top: y.top, bottom: y.bottom };
}
