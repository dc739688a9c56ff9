import {
  StripRows,
  strength,
  type ImagePen,
  type Resolution,
  type StripRow,
  type Strips,
} from './column-strip.js';
import type { Stripe } from '../model/lane-rows.js';
import { OpacitySheet, type NewSurface } from './opacity-sheet.js';

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
 * Strips in a thin diagonal hatch: waiting is recognised by its shape, not by its colour alone. Drawn at
 * the screen's own resolution, so that it is crisp. All rows of a frame have one colour and are one
 * image, each as high as a tile of the hatch; its stripe is made of such courses.
 */
export class HatchedStrips extends StripRows implements Strips {
  readonly #newSurface: NewSurface;
  readonly #sheet: OpacitySheet;
  /** How strong each pixel of the tile is, 0 to 255, row by row; made again for another ratio. */
  #tile = new Uint8Array(0);
  #tileRatio = NaN;
  /** How strongly each pixel of a row is painted, 0 to 256. */
  #painted = new Uint16Array(0);
  #ratio = 1;

  constructor(newSurface: NewSurface) {
    super();
    this.#newSurface = newSurface;
    this.#sheet = new OpacitySheet(newSurface);
  }

  override begin(widthPx: number, resolution: Resolution): void {
    super.begin(widthPx, resolution);
    this.#ratio = resolution.ratio;
  }

  finish(): void {
    const { filled } = this;
    const [first] = filled;
    if (first === undefined) return;
    const [width, height] = [this.#width, this.count * this.#side];
    this.#makeTile();
    const pixels = this.#sheet.pixelsFor(width, height);
    for (const row of filled) this.#write(row, pixels);
    this.#sheet.finish(width, height, [{ colour: first.colour, top: 0, height }]);
  }

  paint(pen: ImagePen, { columns, place }: StripRow, { top, height }: Stripe): void {
    const { finished } = this.#sheet;
    if (columns.isEmpty || finished === null) return;
    const { widthPx } = this;
    const width = this.#width;
    const side = this.#side;
    const end = Math.round(height * this.#ratio);
    for (let at = 0; at < end; at += side) {
      const high = Math.min(side, end - at);
      const [y, heightPx] = [top + at / this.#ratio, high / this.#ratio];
      pen.drawImage(finished, 0, place * side, width, high, 0, y, widthPx, heightPx);
    }
  }

  release(): void {
    this.#sheet.release();
  }

  /** A row's width in the screen's pixels. */
  get #width(): number {
    return Math.max(1, Math.round(this.widthPx * this.#ratio));
  }

  /** The side of the hatch's tile, and a row's height, in the screen's pixels. */
  get #side(): number {
    return Math.max(1, Math.round(HATCH_STYLE.tilePx * this.#ratio));
  }

  /**
   * Writes a row's opacity: how strongly its columns are painted, times the tile's. In whole
   * numbers, as tens of thousands of these make a frame.
   */
  #write({ columns: { coverage }, place }: StripRow, pixels: Uint32Array): void {
    const [width, side, tile] = [this.#width, this.#side, this.#tile];
    const columnsPerPixel = this.width / width;
    if (this.#painted.length !== width) this.#painted = new Uint16Array(width);
    const painted = this.#painted;
    for (let x = 0; x < width; x += 1) {
      painted[x] = 256 * strength(coverage[Math.floor((x + 0.5) * columnsPerPixel)] ?? 0);
    }
    for (let y = 0; y < side; y += 1) {
      const row = (place * side + y) * width;
      const end = (y + 1) * side;
      for (let x = 0, from = end - side; x < width; x += 1) {
        pixels[row + x] = (((painted[x] ?? 0) * (tile[from] ?? 0) + 128) >>> 8) << 24;
        from += 1;
        if (from === end) from -= side;
      }
    }
  }

  #makeTile(): void {
    if (this.#tileRatio === this.#ratio) return;
    this.#tileRatio = this.#ratio;
    const side = this.#side;
    this.#tile = new Uint8Array(side * side);
    const brush = this.#newSurface(side, side).getContext('2d', { willReadFrequently: true });
    if (brush === null) return;
    drawTile(brush, side, this.#ratio);
    const { data } = brush.getImageData(0, 0, side, side);
    for (let pixel = 0; pixel < this.#tile.length; pixel += 1) {
      this.#tile[pixel] = data[4 * pixel + 3] ?? 0;
    }
  }
}

/** Draws a tile of the hatch, of any colour, as strong as it is to be. */
function drawTile(brush: OffscreenCanvasRenderingContext2D, side: number, ratio: number): void {
  const { linePx, lineAlpha, groundAlpha } = HATCH_STYLE;
  brush.globalAlpha = groundAlpha;
  brush.fillRect(0, 0, side, side);
  brush.globalAlpha = lineAlpha;
  brush.lineWidth = linePx * ratio;
  brush.beginPath();
  // The same line in the tile and in its neighbours, so that its corners are full.
  for (const shift of [-side, 0, side]) {
    brush.moveTo(shift - side, 2 * side);
    brush.lineTo(shift + 2 * side, -side);
  }
  brush.stroke();
}
