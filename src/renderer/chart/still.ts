import type { NewSurface } from './column-strip.js';
import type { Scene } from './scene.js';

/** A canvas's size in CSS pixels, and how many of the screen's pixels one of them is. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/**
 * A picture of the spans of a scene, kept while only what points at them changes, so that a moving
 * pointer never paints a million spans again. It is made when the same spans are wanted a second
 * time: moving about and growing make no pictures, which would be of no use to them.
 */
export class Still {
  readonly #newSurface: NewSurface;
  /** What was painted last. */
  #shown: readonly unknown[] = [];
  #picture: OffscreenCanvas | undefined;

  constructor(newSurface: NewSurface) {
    this.#newSurface = newSurface;
  }

  /** Paints the spans: with `paint`, or from the picture where they are the same as before. */
  paint(
    pen: OffscreenPen,
    scene: Scene,
    size: CanvasSize,
    paint: (pen: OffscreenPen) => void,
  ): void {
    // All of the scene counts but what only points; the range by its value, the timeline as it grew.
    const { startNs, endNs } = scene.range;
    const rest = Object.values({ ...scene, hover: null, range: null });
    const seen = [startNs, endNs, scene.timeline.spanCount, ...rest];
    const shown: readonly unknown[] = [...seen, size.width, size.height, size.ratio];
    const isSame =
      shown.length === this.#shown.length &&
      shown.every((value, index) => value === this.#shown[index]);
    this.#shown = shown;
    if (!isSame) this.#picture = undefined;
    else this.#picture ??= this.#take(size, paint);
    if (this.#picture === undefined) paint(pen);
    else pen.drawImage(this.#picture, 0, 0, size.width, size.height);
  }

  #take({ width, height, ratio }: CanvasSize, paint: (pen: OffscreenPen) => void) {
    const picture = this.#newSurface(Math.round(width * ratio), Math.round(height * ratio));
    const pen = picture.getContext('2d');
    if (pen === null) return undefined;
    pen.scale(ratio, ratio);
    pen.imageSmoothingEnabled = false;
    paint(pen);
    return picture;
  }
}

/** A context on the page or off it. */
export type OffscreenPen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
