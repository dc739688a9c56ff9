import {
  StripSheet,
  type ImagePen,
  type NewSurface,
  type Resolution,
  type StripRow,
  type Strips,
} from './column-strip.js';
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

/** How strong the hatch is on the mean, 0 to 1: its diagonal lines, and what is between them. */
export const HATCH_STRENGTH = meanStrength(HATCH_STYLE);

function meanStrength({ tilePx, linePx, lineAlpha, groundAlpha }: HatchStyle): number {
  const lineShare = (linePx * Math.SQRT2) / tilePx;
  return groundAlpha + lineShare * lineAlpha * (1 - groundAlpha);
}

/**
 * Strips in a thin diagonal hatch: waiting is told by its shape, not by its colour alone. Drawn at
 * the screen's own resolution, so that it is crisp. All rows of a frame have one colour and one
 * height, so that they are hatched together.
 */
export class HatchedStrips implements Strips {
  readonly #newSurface: NewSurface;
  readonly #masks: StripSheet;
  #pen: OffscreenCanvasRenderingContext2D | null = null;
  #hatched: ImageBitmap | null = null;
  #pattern: CanvasPattern | string = '';
  #patternOf = '';
  #ratio = 1;
  /** The height of the stripes that are hatched, in CSS pixels; 0 where none is yet. */
  #hatchedPx = 0;

  constructor(newSurface: NewSurface) {
    this.#newSurface = newSurface;
    this.#masks = new StripSheet(newSurface);
  }

  begin(widthPx: number, resolution: Resolution): void {
    this.#masks.begin(widthPx, resolution);
    this.#ratio = resolution.ratio;
    this.#hatchedPx = 0;
  }

  row(colour: string): StripRow {
    return this.#masks.row(colour);
  }

  finish(): void {
    this.#masks.finish();
  }

  paint(pen: ImagePen, { columns, place, colour }: StripRow, { top, height }: Stripe): void {
    if (columns.isEmpty) return;
    if (height !== this.#hatchedPx) this.#hatch(colour, height);
    if (this.#hatched === null) return;
    const { widthPx } = this.#masks;
    const size = this.#sizeOf(height);
    const from = place * size.height;
    pen.drawImage(this.#hatched, 0, from, size.width, size.height, 0, top, widthPx, height);
  }

  release(): void {
    this.#masks.release();
    this.#hatched?.close();
    this.#hatched = null;
  }

  /** Hatches all rows, each so high, one below another. */
  #hatch(colour: string, height: number): void {
    const { width, count, finished } = this.#masks;
    const size = this.#sizeOf(height);
    const pen = this.#penFor(size.width, count * size.height, colour);
    this.#hatchedPx = height;
    if (pen === null || finished === null) return;
    pen.globalCompositeOperation = 'copy';
    pen.drawImage(finished, 0, 0, width, count, 0, 0, size.width, count * size.height);
    pen.globalCompositeOperation = 'source-in';
    pen.fillStyle = this.#pattern;
    pen.fillRect(0, 0, size.width, count * size.height);
    this.#hatched?.close();
    this.#hatched = pen.canvas.transferToImageBitmap();
  }

  /** A row's size in the screen's pixels. */
  #sizeOf(height: number): { readonly width: number; readonly height: number } {
    const ratio = this.#ratio;
    return { width: Math.round(this.#masks.widthPx * ratio), height: Math.round(height * ratio) };
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
    const { tilePx, linePx, lineAlpha, groundAlpha } = HATCH_STYLE;
    const side = Math.max(1, Math.round(tilePx * this.#ratio));
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
