import type { NewSurface } from './column-strip.js';
import type { Stripe } from './lane-rows.js';
import type { HatchStyle } from './svg-pen.js';

/**
 * The side of the pattern's tile and the width of its line, in CSS pixels; how strong the lines
 * are, and what lies between them, 0 to 1.
 */
export const HATCH_STYLE: HatchStyle = {
  tilePx: 6,
  linePx: 1,
  lineAlpha: 0.65,
  groundAlpha: 0.13,
};

/**
 * A thin diagonal hatch in a colour: waiting is told by its shape, not by its colour alone. Drawn
 * at the screen's own resolution, so that it is crisp.
 */
export class Hatch {
  readonly #newSurface: NewSurface;
  #pen: OffscreenCanvasRenderingContext2D | null = null;
  #pattern: CanvasPattern | string = '';
  #colour = '';
  #ratio = 1;

  constructor(newSurface: NewSurface) {
    this.#newSurface = newSurface;
  }

  /** Sets the colour, and how many of the screen's pixels a CSS pixel is. */
  use(colour: string, ratio: number): void {
    if (colour === this.#colour && ratio === this.#ratio) return;
    this.#colour = colour;
    this.#ratio = ratio;
    this.#pen = null;
  }

  get colour(): string {
    return this.#colour;
  }

  /** Paints a stripe as strongly as a mask says, which is so many pixels wide and one high. */
  paint(
    target: Pick<CanvasRenderingContext2D, 'drawImage'>,
    mask: OffscreenCanvas,
    stripe: Stripe,
  ): void {
    const width = Math.round(mask.width * this.#ratio);
    const height = Math.round(stripe.height * this.#ratio);
    const pen = this.#penOf(width, height);
    if (pen === null) return;
    pen.globalCompositeOperation = 'copy';
    pen.drawImage(mask, 0, 0, mask.width, 1, 0, 0, width, height);
    pen.globalCompositeOperation = 'source-in';
    pen.fillStyle = this.#pattern;
    pen.fillRect(0, 0, width, height);
    target.drawImage(pen.canvas, 0, 0, width, height, 0, stripe.top, mask.width, stripe.height);
  }

  #penOf(width: number, height: number): OffscreenCanvasRenderingContext2D | null {
    const { canvas } = this.#pen ?? {};
    if (canvas?.width === width && canvas.height === height) return this.#pen;
    const pen = this.#newSurface(width, height).getContext('2d', { willReadFrequently: true });
    this.#pen = pen;
    if (pen === null) return null;
    pen.imageSmoothingEnabled = false;
    this.#pattern = pen.createPattern(this.#newTile(), 'repeat') ?? this.#colour;
    return pen;
  }

  #newTile(): OffscreenCanvas {
    const { tilePx, linePx, lineAlpha, groundAlpha } = HATCH_STYLE;
    const side = Math.max(1, Math.round(tilePx * this.#ratio));
    const tile = this.#newSurface(side, side);
    const brush = tile.getContext('2d');
    if (brush === null) return tile;
    brush.globalAlpha = groundAlpha;
    brush.fillStyle = this.#colour;
    brush.fillRect(0, 0, side, side);
    brush.globalAlpha = lineAlpha;
    brush.strokeStyle = this.#colour;
    brush.lineWidth = linePx * this.#ratio;
    brush.beginPath();
    // The same line in the tile and in its neighbours, so that its corners are full.
    for (const shift of [-side, 0, side]) {
      brush.moveTo(shift - side, 2 * side);
      brush.lineTo(shift + 2 * side, -side);
    }
    brush.stroke();
    return tile;
  }
}
