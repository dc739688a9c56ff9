import type { Chart } from 'chart.js';
import { NewestPainter } from './paint-newest.js';
import { geometryOf, type Geometry, type Scene } from './scene.js';
import { timeAxisOf } from './timeline-chart.js';
import { tellOfPaint } from './timeline-controller.js';

/**
 * A canvas over the plot on which a run's newest spans appear without the page having a frame:
 * `desynchronized`, so that its pixels go to the screen by themselves. Measured with software
 * drawing, that takes a seventh of what the chart's own canvas takes for the same columns.
 *
 * It takes over each whole painting of the chart, and goes on from there.
 */
export class NewestCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #painter = new NewestPainter();
  /** Made when it is first needed, by the first run. */
  #pen: CanvasRenderingContext2D | null = null;
  /** Where things are in the painting that was taken over; null where there is none. */
  #taken: { readonly geometry: Geometry; readonly linesX: readonly number[] } | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    canvas.hidden = true;
  }

  /** Takes over what the chart shows. */
  take(scene: Scene, chart: Chart<'timeline'>): void {
    // An opaque one is a copy of what is under it, and needs no blending.
    this.#pen ??= this.#canvas.getContext('2d', { desynchronized: true, alpha: false });
    const pen = this.#pen;
    if (pen === null || scene.timeline.spanCount === 0) {
      this.leave();
      return;
    }
    const { chartArea, currentDevicePixelRatio: ratio } = chart;
    const geometry = geometryOf(scene, chartArea);
    const linesX = timeAxisOf(chart).linesX.map((x) => x - chartArea.left);
    this.#taken = { geometry, linesX };
    this.#place(geometry, ratio);
    const { left, top, width, height } = geometry.plot;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = scene.palette.surface;
    pen.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    const from = [left, top, width, height].map((length) => length * ratio);
    const [x = 0, y = 0, w = 0, h = 0] = from;
    pen.drawImage(chart.canvas, x, y, w, h, 0, 0, w, h);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#painter.settle(scene);
    this.#canvas.hidden = false;
  }

  /** Empties the plot for another timeline on the same axis. */
  clear(scene: Scene): void {
    if (this.#taken === null || this.#pen === null) return;
    this.#painter.clear(this.#pen, this.#taken.geometry, this.#groundOf(scene));
  }

  /** Adds the scene's newest spans; false where there is no painting to add them to. */
  add(scene: Scene): boolean {
    if (this.#taken === null || this.#pen === null) return false;
    const start = performance.now();
    this.#painter.paint(this.#pen, scene, this.#taken.geometry, this.#groundOf(scene));
    tellOfPaint(start, scene.timeline);
    return true;
  }

  /** Leaves the plot to the chart, and gives back the memory of its own picture. */
  leave(): void {
    if (this.#taken === null) return;
    this.#taken = null;
    this.#painter.forget();
    this.#canvas.hidden = true;
    this.#canvas.width = 0;
    this.#canvas.height = 0;
  }

  #groundOf({ palette }: Scene) {
    return { surface: palette.surface, grid: palette.grid, linesX: this.#taken?.linesX ?? [] };
  }

  #place({ plot }: Geometry, ratio: number): void {
    const { style } = this.#canvas;
    const pixels = {
      width: Math.round(plot.width * ratio),
      height: Math.round(plot.height * ratio),
    };
    // Setting a size empties the canvas, even where it is the same.
    if (this.#canvas.width !== pixels.width) this.#canvas.width = pixels.width;
    if (this.#canvas.height !== pixels.height) this.#canvas.height = pixels.height;
    style.left = `${plot.left}px`;
    style.top = `${plot.top}px`;
    style.width = `${plot.width}px`;
    style.height = `${plot.height}px`;
  }
}
