import {
  StripSheet,
  type ImagePen,
  type NewSurface,
  type Resolution,
  type StripRow,
  type Strips,
} from './column-strip.js';
import type { Stripe } from './lane-rows.js';

/**
 * How a hatch looks: the side of its pattern's tile and the width of its line, in CSS pixels; how
 * strong the lines are, and what lies between them, 0 to 1.
 */
export interface HatchStyle {
  readonly tilePx: number;
  readonly linePx: number;
  readonly lineAlpha: number;
  readonly groundAlpha: number;
}

/** How waits are hatched. */
export const HATCH_STYLE: HatchStyle = {
  tilePx: 6,
  linePx: 1,
  lineAlpha: 0.65,
  groundAlpha: 0.13,
};

/** How strong the hatch is on the mean, 0 to 1: its diagonal lines, and what is between them. */
export const HATCH_STRENGTH = meanStrength(HATCH_STYLE);

function meanStrength({ tilePx, linePx, lineAlpha, groundAlpha }: HatchStyle): number {
  const lineShare = (linePx * Math.SQRT2) / tilePx;
  return groundAlpha + lineShare * lineAlpha * (1 - groundAlpha);
}

/**
 * Strips in a thin diagonal hatch: waiting is told by its shape, not by its colour alone. Drawn at
 * the screen's own resolution, so that it is crisp. All rows of a frame have one colour, so that they
 * are hatched together, each as high as a tile of the pattern; its stripe is made of such courses.
 */
export class HatchedStrips implements Strips {
  readonly #newSurface: NewSurface;
  readonly #masks: StripSheet;
  #pen: OffscreenCanvasRenderingContext2D | null = null;
  #hatched: ImageBitmap | null = null;
  #pattern: CanvasPattern | string = '';
  #patternOf = '';
  #ratio = 1;

  constructor(newSurface: NewSurface) {
    this.#newSurface = newSurface;
    this.#masks = new StripSheet(newSurface);
  }

  begin(widthPx: number, resolution: Resolution): void {
    // A frame that was never finished has left its own.
    this.release();
    this.#masks.begin(widthPx, resolution);
    this.#ratio = resolution.ratio;
  }

  row(colour: string): StripRow {
    return this.#masks.row(colour);
  }

  finish(): void {
    this.#masks.finish();
  }

  paint(pen: ImagePen, { columns, place, colour }: StripRow, { top, height }: Stripe): void {
    if (columns.isEmpty) return;
    this.#hatched ??= this.#hatch(colour);
    if (this.#hatched === null) return;
    const { widthPx } = this.#masks;
    const width = this.#width;
    const side = this.#side;
    const end = Math.round(height * this.#ratio);
    for (let at = 0; at < end; at += side) {
      const high = Math.min(side, end - at);
      const [y, heightPx] = [top + at / this.#ratio, high / this.#ratio];
      pen.drawImage(this.#hatched, 0, place * side, width, high, 0, y, widthPx, heightPx);
    }
  }

  release(): void {
    this.#masks.release();
    this.#hatched?.close();
    this.#hatched = null;
  }

  /** Hatches all rows, one below another. */
  #hatch(colour: string): ImageBitmap | null {
    const { width, count, finished } = this.#masks;
    const height = count * this.#side;
    const pen = this.#penFor(this.#width, height, colour);
    if (pen === null || finished === null) return null;
    pen.globalCompositeOperation = 'copy';
    pen.drawImage(finished, 0, 0, width, count, 0, 0, this.#width, height);
    pen.globalCompositeOperation = 'source-in';
    pen.fillStyle = this.#pattern;
    pen.fillRect(0, 0, this.#width, height);
    return pen.canvas.transferToImageBitmap();
  }

  /** A row's width in the screen's pixels. */
  get #width(): number {
    return Math.round(this.#masks.widthPx * this.#ratio);
  }

  /** The side of the pattern's tile, and a row's height, in the screen's pixels. */
  get #side(): number {
    return Math.max(1, Math.round(HATCH_STYLE.tilePx * this.#ratio));
  }

  #penFor(width: number, height: number, colour: string): OffscreenCanvasRenderingContext2D | null {
    const { canvas } = this.#pen ?? {};
    if (canvas?.width !== width || canvas.height < height) {
      this.#pen = this.#newSurface(width, height).getContext('2d', { willReadFrequently: true });
      this.#patternOf = '';
    }
    const pen = this.#pen;
    if (pen === null) return null;
    pen.imageSmoothingEnabled = false;
    const patternOf = `${colour} ${this.#ratio}`;
    if (patternOf !== this.#patternOf) {
      this.#patternOf = patternOf;
      this.#pattern = pen.createPattern(this.#newTile(colour), 'repeat') ?? colour;
    }
    return pen;
  }

  #newTile(colour: string): OffscreenCanvas {
    const { linePx, lineAlpha, groundAlpha } = HATCH_STYLE;
    const side = this.#side;
    const tile = this.#newSurface(side, side);
    const brush = tile.getContext('2d');
    if (brush === null) return tile;
    brush.globalAlpha = groundAlpha;
    brush.fillStyle = colour;
    brush.fillRect(0, 0, side, side);
    brush.globalAlpha = lineAlpha;
    brush.strokeStyle = colour;
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
