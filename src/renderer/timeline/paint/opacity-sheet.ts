/** Makes a canvas that is not on the page, so many pixels large. */
export type NewSurface = (width: number, height: number) => OffscreenCanvas;

/** Some rows of a sheet, in pixels, and their colour. */
export interface ColouredRows {
  readonly top: number;
  readonly height: number;
  readonly colour: string;
}

/**
 * Pixels of which first the opacity is written, then whole rows take their colours, and all are
 * handed over as one image; the room for them is used again for the next one.
 */
export class OpacitySheet {
  readonly #newSurface: NewSurface;
  #pen: OffscreenCanvasRenderingContext2D | null = null;
  #image: ImageData | undefined;
  #pixels = new Uint32Array(0);
  /** Drawn from the canvas, each row would have it copied. */
  #finished: ImageBitmap | null = null;

  constructor(newSurface: NewSurface) {
    this.#newSurface = newSurface;
  }

  /** What was handed over last; null where it was released. */
  get finished(): ImageBitmap | null {
    return this.#finished;
  }

  /** Frees the memory of what was handed over. */
  release(): void {
    this.#finished?.close();
    this.#finished = null;
  }

  /**
   * Room for so many pixels, row by row, with nothing in them. The opacity, 0 to 255, is the highest
   * byte of each, as all machines that Electron runs on have it.
   */
  pixelsFor(width: number, height: number): Uint32Array {
    if (this.#image?.width === width && this.#image.height >= height) {
      return this.#pixels.fill(0, 0, width * height);
    }
    this.#pen = this.#newSurface(width, height).getContext('2d', { willReadFrequently: true });
    this.#image = this.#pen?.createImageData(width, height);
    this.#pixels = new Uint32Array(this.#image?.data.buffer ?? new ArrayBuffer(4 * width * height));
    return this.#pixels;
  }

  /** Colours rows of what was written, so many pixels of it, and hands all over. */
  finish(width: number, height: number, rows: readonly ColouredRows[]): void {
    // A frame that was never painted to its end has left its own.
    this.release();
    const pen = this.#pen;
    if (pen === null || this.#image === undefined) return;
    pen.putImageData(this.#image, 0, 0, 0, 0, width, height);
    // Only what is there already takes the colour, as strongly as it is there.
    pen.globalCompositeOperation = 'source-atop';
    for (const row of rows) {
      pen.fillStyle = row.colour;
      pen.fillRect(0, row.top, width, row.height);
    }
    this.#finished = pen.canvas.transferToImageBitmap();
  }
}
