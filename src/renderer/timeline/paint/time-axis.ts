import { Scale, type CartesianScaleOptions, type ChartArea } from 'chart.js';
import { sceneOf } from './scene.js';
import { timeTicks } from '../model/time-ticks.js';

declare module 'chart.js' {
  interface CartesianScaleTypeRegistry {
    nanoseconds: { options: CartesianScaleOptions };
  }
}

/** The height of the axis, in px. */
export const AXIS_HEIGHT = 26;
/** The height of the row below the marks that measured durations are written in, in px. */
export const MEASURE_ROW_HEIGHT = 14;
/**
 * How far above the plot that row begins, in px: the rest of it lies over the plot's top, where the
 * first row has its margin, so that no room stands empty while nothing is measured.
 */
const MEASURE_ROW_ABOVE = 10;

/** Where a mark's line begins, below the top of the axis, in px. */
const MARK_TOP = 2;
/** Size of the axis's type, the gap between a mark and its label, and the label's middle, in px. */
const LABEL_PX = 11;
const LABEL_GAP = 5;
const LABEL_MIDDLE = 9;

/** The top of the row that measures are written in, given the plot's; over the plot without an axis. */
export function measureRowTop(plotTop: number, hasAxis: boolean): number {
  return hasAxis ? plotTop - MEASURE_ROW_ABOVE : plotTop;
}

/** A time axis in nanoseconds: exactly as long as the range in view, with marks at round times. */
export class TimeAxis extends Scale<CartesianScaleOptions> {
  static readonly id = 'nanoseconds';
  static readonly defaults = {};

  override determineDataLimits(): void {
    const { min, max } = this.getMinMax(false);
    this.min = min;
    this.max = max;
  }

  /** Takes the range in view from the scene, for a chart whose layout stays. */
  refresh(): void {
    this.determineDataLimits();
    this.ticks = this.buildTicks();
  }

  override buildTicks() {
    return timeTicks({ startNs: this.min, endNs: this.max }, this.width);
  }

  /** The ticks are labelled as they are made. */
  override generateTickLabels(): void {
    // Nothing is left to do.
  }

  /**
   * Takes the whole width whatever the labels are, so that the plot never moves, and no height where
   * the axis is that of the timeline above.
   */
  override fit(): void {
    this.width = this.maxWidth;
    this.height = sceneOf(this.chart).hasAxis ? AXIS_HEIGHT : 0;
  }

  /** A line for each mark, on whole pixels, down to the end of the chart. */
  override drawGrid({ bottom }: ChartArea): void {
    const { ctx, chart } = this;
    const { hasAxis, palette } = sceneOf(chart);
    const top = this.top + (hasAxis ? MARK_TOP : 0);
    ctx.fillStyle = palette.grid;
    for (const x of this.linesX) ctx.fillRect(x, top, 1, bottom - top);
  }

  /** Where the marks' lines begin, on whole pixels of the screen, in canvas pixels. */
  get linesX(): number[] {
    const ratio = this.chart.currentDevicePixelRatio;
    return this.ticks.map(
      ({ value }) => Math.round((this.getPixelForValue(value) - 0.5) * ratio) / ratio,
    );
  }

  /** Each label right of its mark. Chart.js's own way makes dozens of objects for each of them. */
  override drawLabels(): void {
    const { ctx, chart, top } = this;
    const { hasAxis, palette } = sceneOf(chart);
    if (!hasAxis) return;
    ctx.font = `${LABEL_PX}px ${palette.fontFamily}`;
    ctx.fillStyle = palette.textMuted;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (const { value, label } of this.ticks) {
      if (typeof label !== 'string' || label === '') continue;
      ctx.fillText(label, this.getPixelForValue(value) + LABEL_GAP, top + LABEL_MIDDLE);
    }
  }

  override getPixelForValue(value: number): number {
    return this.left + ((value - this.min) / (this.max - this.min)) * this.width;
  }

  override getValueForPixel(pixel: number): number {
    return this.min + ((pixel - this.left) / this.width) * (this.max - this.min);
  }
}
