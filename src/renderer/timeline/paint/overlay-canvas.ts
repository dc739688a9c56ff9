import { marksAnything, paintOverlay, type Overlay } from './paint-overlay.js';
import { geometryOf, type PlotArea, type Scene } from './scene.js';

/** The chart that an overlay lies on. */
interface Underlay {
  readonly width: number;
  readonly height: number;
  readonly currentDevicePixelRatio: number;
  readonly chartArea: PlotArea;
}

/** The canvas above the chart's, so that what moves with the pointer never repaints the spans. */
export class OverlayCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;

  constructor(canvas: HTMLCanvasElement) {
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('the canvas above the timeline has no 2D context');
    this.#canvas = canvas;
    this.#pen = pen;
  }

  /** Repaints, in the size of the chart. */
  paint(overlay: Overlay, scene: Scene, under: Underlay): void {
    const { width, height, currentDevicePixelRatio: ratio } = under;
    const pixels = { width: Math.floor(width * ratio), height: Math.floor(height * ratio) };
    const canvas = this.#canvas;
    if (canvas.width !== pixels.width) canvas.width = pixels.width;
    if (canvas.height !== pixels.height) canvas.height = pixels.height;
    const isBlank = scene.timeline.spanCount === 0 || !marksAnything(overlay, scene);
    // What is hidden is not laid over the chart again and again.
    this.#canvas.style.visibility = isBlank ? 'hidden' : 'visible';
    if (isBlank) return;
    const pen = this.#pen;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    paintOverlay(pen, overlay, scene, geometryOf(scene, under.chartArea));
  }
}
