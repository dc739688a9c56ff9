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
    const { x, y } = this.#place(geometry, ratio);
    const { width, height } = this.#canvas;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = scene.palette.surface;
    pen.fillRect(0, 0, width, height);
    pen.drawImage(chart.canvas, x, y, width, height, 0, 0, width, height);
    const { left, top } = geometry.plot;
    pen.setTransform(ratio, 0, 0, ratio, left * ratio - x, top * ratio - y);
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

  /** Leaves the plot to the chart, and frees the memory of its own picture. */
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

  /** Lays the canvas over the plot; returns its corner in the chart's canvas, in whole pixels of the screen. */
  #place({ plot }: Geometry, ratio: number): { readonly x: number; readonly y: number } {
    const { style } = this.#canvas;
    const [x, y] = [Math.floor(plot.left * ratio), Math.floor(plot.top * ratio)];
    const width = Math.ceil((plot.left + plot.width) * ratio) - x;
    const height = Math.ceil((plot.top + plot.height) * ratio) - y;
    // Setting a size empties the canvas, even where it is the same.
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    style.left = `${x / ratio}px`;
    style.top = `${y / ratio}px`;
    style.width = `${width / ratio}px`;
    style.height = `${height / ratio}px`;
    return { x, y };
  }
}
