import type { Stripe } from '../model/lane-rows.js';
import { OpacitySheet, type NewSurface } from './opacity-sheet.js';

/** However little of a column is covered, it is seen: at least as strongly as this, 0 to 1. */
export const FAINTEST = 0.3;

/** How strongly a column of some coverage is painted, 0 to 1. */
export function strength(coverage: number): number {
  // Without Math.min and Math.max, which took half of the time that tens of thousands of these take.
  if (coverage <= 0) return 0;
  if (coverage >= 1) return 1;
  return coverage < FAINTEST ? FAINTEST : coverage;
}

/** How much of each column of a stripe is covered. */
export class Columns {
  #coverage = new Float32Array(0);
  #isEmpty = true;
  #columnPx = 1;

  /** Resets to so many columns of that width in px, with nothing covered. */
  begin(columns: number, columnPx = 1): void {
    this.#columnPx = columnPx;
    if (columns !== this.#coverage.length) this.#coverage = new Float32Array(columns);
    else if (!this.#isEmpty) this.#coverage.fill(0);
    this.#isEmpty = true;
  }

  /** Covers a share of the stripe between two x, in pixels and their fractions. */
  add(xPx: number, rightPx: number, coverage: number): void {
    this.#isEmpty = false;
    const covered = this.#coverage;
    const x = xPx / this.#columnPx;
    const right = rightPx / this.#columnPx;
    const first = Math.floor(x);
    if (right <= first + 1) {
      covered[first] = (covered[first] ?? 0) + (right - x) * coverage;
      return;
    }
    for (let column = first; column < right; column += 1) {
      const part = Math.min(right, column + 1) - Math.max(x, column);
      covered[column] = (covered[column] ?? 0) + part * coverage;
    }
  }

  /** How strongly each column is painted, 0 to 1; of none where nothing is covered. */
  *strengths(): Generator<number> {
    if (this.#isEmpty) return;
    for (const coverage of this.#coverage) yield strength(coverage);
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  get coverage(): Float32Array {
    return this.#coverage;
  }
}

/** How many columns of a width there are in another width, both in px; at least one. */
export function columnCount(widthPx: number, columnPx: number): number {
  return Math.max(1, Math.ceil(widthPx / columnPx));
}

export type ImagePen = Pick<CanvasRenderingContext2D, 'drawImage'>;

/** How finely strips are painted. */
export interface Resolution {
  /** How many of the screen's pixels a CSS pixel is. */
  readonly ratio: number;
  /** How wide a column is, in CSS pixels. */
  readonly columnPx: number;
}

/**
 * Stripes of which each column is painted as strongly as it is covered. First all rows of a
 * frame are begun and filled, then they are finished together, then painted.
 */
export interface Strips {
  /** Begins a frame so many pixels wide. */
  begin(widthPx: number, resolution: Resolution): void;
  /** Begins a row in a colour, to be filled. */
  row(colour: string): StripRow;
  /** All rows are filled. */
  finish(): void;
  /** Paints a row into a stripe, from x = 0 on. */
  paint(pen: ImagePen, row: StripRow, stripe: Stripe): void;
  /** All rows are painted: frees the memory that they were painted from. */
  release(): void;
}

/** A row of a frame, its place among them, and its colour. */
export interface StripRow {
  readonly columns: Columns;
  readonly place: number;
  colour: string;
}

/** The rows of a frame, used again for the next one. */
export class StripRows {
  readonly #rows: StripRow[] = [];
  #count = 0;
  #width = 1;
  #columnPx = 1;

  begin(widthPx: number, { columnPx }: Resolution): void {
    this.#width = columnCount(widthPx, columnPx);
    this.#columnPx = columnPx;
    this.#count = 0;
  }

  row(colour: string): StripRow {
    const place = this.#count;
    this.#count += 1;
    const row = (this.#rows[place] ??= { columns: new Columns(), place, colour });
    row.colour = colour;
    row.columns.begin(this.#width, this.#columnPx);
    return row;
  }

  /** How many columns a row has. */
  get width(): number {
    return this.#width;
  }

  /** How wide all of them are. */
  get widthPx(): number {
    return this.#width * this.#columnPx;
  }

  get count(): number {
    return this.#count;
  }

  /** Those of which any column is covered. */
  get filled(): readonly StripRow[] {
    return this.#rows.slice(0, this.#count).filter(({ columns }) => !columns.isEmpty);
  }
}

/**
 * The rows of a frame as one image, a pixel high each, that are stretched to their stripes:
 * thousands of rectangles for the price of a few, and one image to hand over for all of them.
 */
export class StripSheet extends StripRows implements Strips {
  readonly #sheet: OpacitySheet;

  constructor(newSurface: NewSurface) {
    super();
    this.#sheet = new OpacitySheet(newSurface);
  }

  finish(): void {
    const { width, count, filled } = this;
    if (filled.length === 0) return;
    const pixels = this.#sheet.pixelsFor(width, count);
    for (const { columns, place } of filled) writeStrengths(columns, pixels, place * width);
    const rows = filled.map(({ colour, place }) => ({ colour, top: place, height: 1 }));
    this.#sheet.finish(width, count, rows);
  }

  paint(pen: ImagePen, { columns, place }: StripRow, { top, height }: Stripe): void {
    const { finished } = this.#sheet;
    if (columns.isEmpty || finished === null) return;
    const { width, widthPx } = this;
    pen.drawImage(finished, 0, place, width, 1, 0, top, widthPx, height);
  }

  release(): void {
    this.#sheet.release();
  }
}

/** Writes how strongly columns are painted into pixels from `first` on, as their opacity. */
function writeStrengths({ coverage }: Columns, pixels: Uint32Array, first: number) {
  for (let column = 0; column < coverage.length; column += 1) {
    pixels[first + column] = (255 * strength(coverage[column] ?? 0) + 0.5) << 24;
  }
}
