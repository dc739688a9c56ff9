import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  type ChartDataset,
  type Plugin,
} from 'chart.js';
import type { Interval } from '../../shared/statistics.js';
import { formatNumber, unitFor } from '../../shared/units.js';
import { readPalette, type Palette } from './palette.js';

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

/** Bars of times with their 95 % intervals, on a canvas as large as its parent. */
export class ComparisonChart {
  readonly #chart: Chart<'bar', (number | null)[], string>;
  #bars: readonly Bar[] = [];
  #palette: Palette;

  constructor(canvas: HTMLCanvasElement) {
    this.#palette = readPalette(getComputedStyle(canvas));
    const font = () => ({ family: this.#palette.fontFamily, size: TYPE_PX });
    const errorBars: Plugin = {
      id: 'errorBars',
      afterDatasetsDraw: (chart) => {
        this.#drawIntervals(chart);
      },
    };
    this.#chart = new Chart<'bar', (number | null)[], string>(canvas, {
      type: 'bar',
      data: { labels: [], datasets: [this.#dataset()] },
      plugins: [errorBars],
      options: {
        indexAxis: 'y',
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        scales: {
          x: {
            beginAtZero: true,
            border: { display: false },
            grid: { color: () => this.#palette.grid },
            ticks: {
              color: () => this.#palette.textMuted,
              font,
              maxRotation: 0,
              callback: (value) => this.#tick(Number(value)),
            },
          },
          y: {
            border: { display: false },
            grid: { display: false },
            ticks: { color: () => this.#palette.text, font, crossAlign: 'far' },
          },
        },
      },
    });
  }

  /** Shows bars, the first on top. */
  show(bars: readonly Bar[]): void {
    this.#bars = bars;
    this.#draw();
  }

  /** The theme has changed: reads the colours again. */
  restyle(): void {
    this.#palette = readPalette(getComputedStyle(this.#chart.canvas));
    this.#draw();
  }

  destroy(): void {
    this.#chart.destroy();
  }

  #draw(): void {
    const { data, options } = this.#chart;
    data.labels = this.#bars.map(({ label }) => label);
    data.datasets = [this.#dataset()];
    // Room for the longest interval, so that none is cut off.
    const ends = this.#bars.map(({ medianNs, ci95 }) => ci95?.[1] ?? medianNs ?? 0);
    const x = options.scales?.['x'];
    if (x !== undefined) x.suggestedMax = Math.max(1, ...ends) * 1.02;
    this.#chart.update('none');
  }

  #dataset(): ChartDataset<'bar', (number | null)[]> {
    return {
      data: this.#bars.map(({ medianNs }) => medianNs),
      backgroundColor: this.#palette.compute,
      barPercentage: 0.7,
      categoryPercentage: 0.9,
      borderRadius: 2,
    };
  }

  /** A mark of the axis, all in the unit of the longest time. */
  #tick(timeNs: number): string {
    if (!this.#bars.some(({ medianNs }) => medianNs !== null)) return '';
    if (timeNs === 0) return '0';
    const { name, nanoseconds } = unitFor(this.#chart.scales['x']?.max ?? timeNs);
    return `${String(Number(formatNumber(timeNs / nanoseconds).replaceAll(',', '')))} ${name}`;
  }

  #drawIntervals(chart: Chart): void {
    const { ctx, scales } = chart;
    const { x } = scales;
    if (x === undefined) return;
    ctx.save();
    ctx.strokeStyle = this.#palette.text;
    ctx.lineWidth = LINE_PX;
    chart.getDatasetMeta(0).data.forEach((element, index) => {
      const interval = this.#bars[index]?.ci95;
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
  }
}
