import type { Hatch } from './hatch.js';
import type { Stripe } from './lane-rows.js';

/** Makes a canvas that is not on the page, so many pixels large. */
export type NewSurface = (width: number, height: number) => OffscreenCanvas;

/** However little of a column is covered, it is seen: at least as strongly as this, 0 to 1. */
export const FAINTEST = 0.3;

/** How strongly a column of some coverage is painted, 0 to 1. */
export function strength(coverage: number): number {
  return coverage <= 0 ? 0 : Math.min(1, Math.max(FAINTEST, coverage));
}

/** A stripe of which each pixel column is painted as strongly as it is covered. */
export interface Strip {
  /** Begins a stripe so many pixels wide, nothing of which is covered. */
  begin(width: number): void;
  /** Covers a share of the stripe from `x` to `right`, in pixels and their fractions. */
  add(x: number, right: number, coverage: number): void;
  /** Paints the stripe in a colour, from x = 0 on. */
  paint(pen: ImagePen, stripe: Stripe, colour: string): void;
  /** Paints the stripe in a hatch, from x = 0 on. */
  paintHatched(pen: ImagePen, stripe: Stripe, hatch: Hatch): void;
}

type ImagePen = Pick<CanvasRenderingContext2D, 'drawImage'>;

/** How much of each pixel column of a stripe is covered. */
export class Columns {
  #coverage = new Float32Array(0);
  #isEmpty = true;

  begin(width: number): void {
    const columns = Math.max(1, Math.ceil(width));
    if (columns !== this.#coverage.length) this.#coverage = new Float32Array(columns);
    else if (!this.#isEmpty) this.#coverage.fill(0);
    this.#isEmpty = true;
  }

  add(x: number, right: number, coverage: number): void {
    this.#isEmpty = false;
    for (let column = Math.floor(x); column < right; column += 1) {
      const part = Math.min(right, column + 1) - Math.max(x, column);
      this.#coverage[column] = (this.#coverage[column] ?? 0) + part * coverage;
    }
  }

  /** How strongly each column is painted, 0 to 1; of none where nothing is covered. */
  *strengths(): Generator<number> {
    if (this.#isEmpty) return;
    for (const coverage of this.#coverage) yield strength(coverage);
  }

  protected get isEmpty(): boolean {
    return this.#isEmpty;
  }

  protected get coverage(): Float32Array {
    return this.#coverage;
  }
}

/**
 * The columns as one image a pixel high, stretched to the stripe: thousands of rectangles for the
 * price of one.
 */
export class ColumnStrip extends Columns implements Strip {
  readonly #newSurface: NewSurface;
  #image: ImageData | undefined;
  #pen: OffscreenCanvasRenderingContext2D | undefined;

  constructor(newSurface: NewSurface) {
    super();
    this.#newSurface = newSurface;
  }

  override begin(width: number): void {
    super.begin(width);
    if (this.#image?.width !== this.coverage.length) this.#resize(this.coverage.length);
  }

  paint(pen: ImagePen, stripe: Stripe, colour: string): void {
    const mask = this.#mask(colour);
    if (mask === null) return;
    pen.drawImage(mask, 0, 0, mask.width, 1, 0, stripe.top, mask.width, stripe.height);
  }

  paintHatched(pen: ImagePen, stripe: Stripe, hatch: Hatch): void {
    const mask = this.#mask('black');
    if (mask !== null) hatch.paint(pen, mask, stripe);
  }

  /** The columns as an image a pixel high; null where nothing is covered. */
  #mask(colour: string): OffscreenCanvas | null {
    if (this.isEmpty || this.#image === undefined || this.#pen === undefined) return null;
    const { coverage } = this;
    const { data, width } = this.#image;
    for (let column = 0; column < width; column += 1) {
      data[4 * column + 3] = Math.round(255 * strength(coverage[column] ?? 0));
    }
    this.#pen.putImageData(this.#image, 0, 0);
    // Only what is there already takes the colour, as strongly as it is there.
    this.#pen.globalCompositeOperation = 'source-in';
    this.#pen.fillStyle = colour;
    this.#pen.fillRect(0, 0, width, 1);
    return this.#pen.canvas;
  }

  #resize(columns: number): void {
    const surface = this.#newSurface(columns, 1);
    const pen = surface.getContext('2d', { willReadFrequently: true });
    if (pen === null) return;
    this.#pen = pen;
    this.#image = pen.createImageData(columns, 1);
  }
}
