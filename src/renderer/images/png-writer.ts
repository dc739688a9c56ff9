import { PNG_SIGNATURE } from '../../ipc/picture.js';

/** Each byte of a row is written less the one above it, which makes equal rows nothing but zeros. */
const FILTER_UP = 2;
const BYTES_A_PIXEL = 3;

/**
 * Writes an opaque picture as a PNG (ISO/IEC 15948), some rows at a time, so that the pixels are never
 * all in memory: eight bits for each of red, green and blue.
 */
export class PngWriter {
  readonly #width: number;
  readonly #deflate: WritableStreamDefaultWriter<BufferSource>;
  readonly #parts: Uint8Array<ArrayBuffer>[];
  /** Fails where the compression does. */
  readonly #compressed: Promise<void>;
  /** The last row written; none lies above the first. */
  #above: Uint32Array;

  /** @param width and @param height of the picture, in pixels */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#above = new Uint32Array(width);
    const header = new DataView(new ArrayBuffer(13));
    header.setUint32(0, width);
    header.setUint32(4, height);
    // Eight bits a sample, in red, green and blue; the other fields have but one value, 0.
    header.setUint8(8, 8);
    header.setUint8(9, 2);
    this.#parts = [Uint8Array.from(PNG_SIGNATURE), chunk('IHDR', new Uint8Array(header.buffer))];
    const { readable, writable } = new CompressionStream('deflate');
    this.#deflate = writable.getWriter();
    this.#compressed = this.#collect(readable);
    // Whoever adds or finishes hears of a failure; nobody may be listening at this moment.
    this.#compressed.catch(() => undefined);
  }

  /** Writes the next rows, in red, green, blue and opacity, as a canvas returns them. */
  async add(pixels: Uint8ClampedArray<ArrayBuffer>): Promise<void> {
    await this.#deflate.write(this.#filtered(pixels));
  }

  /** The whole picture, once all rows are written. */
  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    await this.#deflate.close();
    await this.#compressed;
    return joined([...this.#parts, chunk('IEND', new Uint8Array(0))]);
  }

  async #collect(compressed: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const reader = compressed.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#parts.push(chunk('IDAT', value));
    }
  }

  /** Rows as they are compressed: each begins with its filter. */
  #filtered(pixels: Uint8ClampedArray<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const width = this.#width;
    // Whole pixels, so that those that equal the one above are passed over at a look.
    const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
    const rows = words.length / width;
    const rowBytes = 1 + BYTES_A_PIXEL * width;
    const filtered = new Uint8Array(rows * rowBytes);
    let above = this.#above;
    for (let row = 0; row < rows; row += 1) {
      const own = words.subarray(row * width, (row + 1) * width);
      filtered[row * rowBytes] = FILTER_UP;
      for (let x = 0; x < width; x += 1) {
        const [word = 0, before = 0] = [own[x], above[x]];
        if (word === before) continue;
        const at = row * rowBytes + 1 + BYTES_A_PIXEL * x;
        for (let byte = 0; byte < BYTES_A_PIXEL; byte += 1) {
          filtered[at + byte] = (word >>> (8 * byte)) - (before >>> (8 * byte));
        }
      }
      above = own;
    }
    this.#above = above.slice();
    return filtered;
  }
}

/** A chunk: length, type, data, and the check of both. */
function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** The remainders of all bytes: CRC-32 with the reversed polynomial 0xEDB88320. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  }
  return remainder;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (REMAINDERS[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
