import { Scale, type CartesianScaleOptions } from 'chart.js';
import { timeTicks } from './time-ticks.js';

declare module 'chart.js' {
  interface CartesianScaleTypeRegistry {
    nanoseconds: { options: CartesianScaleOptions };
  }
}

/** The height of the row of marks, in px. */
export const TICK_ROW_HEIGHT = 24;
/** The height of the row below the marks that measured durations are written in, in px. */
export const MEASURE_ROW_HEIGHT = 18;
/** The height of the axis, in px. */
export const AXIS_HEIGHT = TICK_ROW_HEIGHT + MEASURE_ROW_HEIGHT;

/** A time axis in nanoseconds: exactly as long as the range in view, with marks at round times. */
export class TimeAxis extends Scale<CartesianScaleOptions> {
  static readonly id = 'nanoseconds';
  static readonly defaults = {};

  override determineDataLimits(): void {
    const { min, max } = this.getMinMax(false);
    this.min = min;
    this.max = max;
  }

  override buildTicks() {
    return timeTicks({ startNs: this.min, endNs: this.max }, this.width);
  }

  /** The ticks are labelled as they are made. */
  override generateTickLabels(): void {
    // Nothing is left to do.
  }

  /** Takes the whole width whatever the labels are, so that the plot never moves. */
  override fit(): void {
    this.width = this.maxWidth;
    this.height = AXIS_HEIGHT;
  }

  override getPixelForValue(value: number): number {
    return this.left + ((value - this.min) / (this.max - this.min)) * this.width;
  }

  override getValueForPixel(pixel: number): number {
    return this.min + ((pixel - this.left) / this.width) * (this.max - this.min);
  }
}
