import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  type ChartConfiguration,
  type Plugin,
} from 'chart.js';
import type { Interval } from '../../base/statistics.js';
import { formatDuration, formatNumber, unitFor } from '../../base/units.js';
import type { Palette } from '../ui/palette.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

/** A bar: what it is called, how long it is in ns, and its interval. Without a length it is empty. */
export interface Bar {
  readonly label: string;
  readonly medianNs: number | null;
  readonly ci95: Interval | null;
}

/** Size of the type, half the height of an error bar's ends, and width of its line, in px. */
const TYPE_PX = 12;
const CAP_PX = 5;
const LINE_PX = 2;
/** The most that a bar is thick, in px. */
const BAR_PX = 120;
/** Room right of the plot for the value of the longest bar, and the gap before a value, in px. */
const VALUE_ROOM_PX = 60;
const VALUE_GAP_PX = 8;

/** Bars of times with their intervals, the first on top. */
export function comparisonChart(
  bars: readonly Bar[],
  palette: Palette,
): ChartConfiguration<'bar', (number | null)[], string> {
  const font = { family: palette.fontFamily, size: TYPE_PX };
  // Room for the longest interval, so that none is cut off.
  const hasTimes = bars.some(({ medianNs }) => medianNs !== null);
  const ends = bars.map(({ medianNs, ci95 }) => ci95?.[1] ?? medianNs ?? 0);
  return {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => label),
      datasets: [
        {
          data: bars.map(({ medianNs }) => medianNs),
          backgroundColor: palette.compute,
          barPercentage: 0.7,
          maxBarThickness: BAR_PX,
          categoryPercentage: 0.9,
          borderRadius: 2,
        },
      ],
    },
    plugins: [errorBars(bars, palette), values(bars, palette)],
    options: {
      indexAxis: 'y',
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { right: VALUE_ROOM_PX } },
      scales: {
        x: {
          beginAtZero: true,
          suggestedMax: Math.max(1, ...ends) * 1.02,
          border: { display: false },
          // Without a time there is no scale yet, and so nothing to read off.
          grid: { color: palette.grid, display: hasTimes },
          ticks: {
            color: palette.textMuted,
            font,
            maxRotation: 0,
            callback(value) {
              return Number(value) === 0 ? '0' : hasTimes ? tickText(Number(value), this.max) : '';
            },
          },
        },
        y: {
          border: { display: false },
          grid: { display: false },
          ticks: { color: palette.text, font, crossAlign: 'far' },
        },
      },
    },
  };
}

/** A mark of the axis, all in the unit of the longest time. */
function tickText(timeNs: number, longestNs: number): string {
  const { name, nanoseconds } = unitFor(longestNs);
  return `${String(Number(formatNumber(timeNs / nanoseconds).replaceAll(',', '')))} ${name}`;
}

/** Draws each bar's interval over it. */
function errorBars(bars: readonly Bar[], palette: Palette): Plugin<'bar'> {
  return {
    id: 'errorBars',
    afterDatasetsDraw: (chart) => {
      const { ctx, scales } = chart;
      const { x } = scales;
      if (x === undefined) return;
      ctx.save();
      ctx.strokeStyle = palette.text;
      ctx.lineWidth = LINE_PX;
      chart.getDatasetMeta(0).data.forEach((element, index) => {
        const interval = bars[index]?.ci95;
        if (interval == null) return;
        const [low, high] = interval.map((time) => x.getPixelForValue(time));
        if (low === undefined || high === undefined) return;
        const { y } = element;
        ctx.beginPath();
        ctx.moveTo(low, y);
        ctx.lineTo(high, y);
        for (const end of [low, high]) {
          ctx.moveTo(end, y - CAP_PX);
          ctx.lineTo(end, y + CAP_PX);
        }
        ctx.stroke();
      });
      ctx.restore();
    },
  };
}

/** Writes each bar's value where the bar ends. */
function values(bars: readonly Bar[], palette: Palette): Plugin<'bar'> {
  return {
    id: 'values',
    afterDatasetsDraw: (chart) => {
      const { ctx, scales } = chart;
      const { x } = scales;
      if (x === undefined) return;
      ctx.save();
      ctx.font = `${TYPE_PX}px ${palette.fontFamily}`;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      chart.getDatasetMeta(0).data.forEach((element, index) => {
        const { y } = element;
        const { medianNs = null, ci95 = null } = bars[index] ?? {};
        if (medianNs === null) return;
        const text = formatDuration(medianNs);
        const [low, high] = (ci95 ?? [medianNs, medianNs]).map((time) => x.getPixelForValue(time));
        const place = valuePlace({
          startPx: x.getPixelForValue(0),
          endPx: x.getPixelForValue(medianNs),
          thickPx: element instanceof BarElement ? element.getProps(['height']).height : 0,
          lowPx: low ?? NaN,
          highPx: high ?? NaN,
          textPx: ctx.measureText(text).width,
        });
        ctx.fillStyle = place.isInside ? palette.onCompute : palette.text;
        ctx.fillText(text, place.x, y + place.dy);
      });
      ctx.restore();
    },
  };
}

/** Where a bar begins and ends, how thick it is, its error bar, and how wide its value's text is, in px. */
interface ValuedBar {
  readonly startPx: number;
  readonly endPx: number;
  readonly thickPx: number;
  readonly lowPx: number;
  readonly highPx: number;
  readonly textPx: number;
}

/**
 * Where a bar's value is written: its left end, and how far from the bar's middle, in px. It stands in
 * the bar, else right of it, at the bar's end: above the error bar's line where that goes all along
 * it, and beyond the error bar's end where that lies nearer. So no line goes through it, and neither
 * does the edge of a bar.
 */
export function valuePlace({ startPx, endPx, thickPx, lowPx, highPx, textPx }: ValuedBar): {
  readonly x: number;
  readonly dy: number;
  readonly isInside: boolean;
} {
  const raised = -(TYPE_PX / 2 + LINE_PX);
  const before = endPx - VALUE_GAP_PX - textPx;
  const isHigh = thickPx / 2 >= TYPE_PX / 2 - raised;
  const isAbove = isHigh && lowPx + LINE_PX < before;
  const inside = isAbove ? before : Math.min(endPx, lowPx) - VALUE_GAP_PX - textPx;
  if (inside >= startPx + VALUE_GAP_PX) {
    return { x: inside, dy: isAbove ? raised : 0, isInside: true };
  }
  const behind = endPx + VALUE_GAP_PX;
  if (highPx - LINE_PX > behind + textPx) return { x: behind, dy: raised, isInside: false };
  return { x: Math.max(endPx, highPx) + VALUE_GAP_PX, dy: 0, isInside: false };
}
