import { crc32, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PngWriter } from '../../../src/renderer/images/png-writer.js';

/** The chunks of a PNG after its signature, each with whether its check is right. */
function chunksOf(png: Uint8Array) {
  const bytes = Buffer.from(png);
  const chunks: { type: string; data: Buffer; isRight: boolean }[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const checked = bytes.subarray(at + 4, at + 8 + length);
    chunks.push({
      type: checked.toString('latin1', 0, 4),
      data: checked.subarray(4),
      isRight: crc32(checked) === bytes.readUInt32BE(at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

/** The red, green and blue of all pixels, from rows that are written less the row above. */
function pixelsOf(rows: Buffer, width: number): number[] {
  const rowBytes = 1 + 3 * width;
  const pixels: number[] = [];
  for (let at = 0; at < rows.length; at += rowBytes) {
    expect(rows[at]).toBe(2);
    for (let byte = 1; byte < rowBytes; byte += 1) {
      const above = pixels.length < 3 * width ? 0 : (pixels[pixels.length - 3 * width] ?? 0);
      pixels.push(((rows[at + byte] ?? 0) + above) % 256);
    }
  }
  return pixels;
}

/** A picture of few colours, in two parts. */
const anyPicture = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([width, first, second]) =>
    fc.record({
      width: fc.constant(width),
      first: fc.constant(first),
      height: fc.constant(first + second),
      colours: fc.array(fc.constantFrom(0x102030, 0xfefdfc, 0x102031, 0), {
        minLength: width * (first + second),
        maxLength: width * (first + second),
      }),
    }),
  );

describe('a PNG that is written row by row', () => {
  it('has every pixel of every row, however they come', async () => {
    await fc.assert(
      fc.asyncProperty(anyPicture, async ({ width, height, first, colours }) => {
        const bytes = colours.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff]);
        const rgba = colours.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff, 0xff]);
        const writer = new PngWriter(width, height);
        const cut = 4 * width * first;
        for (const rows of [rgba.slice(0, cut), rgba.slice(cut)]) {
          await writer.add(Uint8ClampedArray.from(rows));
        }
        const chunks = chunksOf(await writer.finish());
        const [header] = chunks;
        expect(chunks.every(({ isRight }) => isRight)).toBe(true);
        expect([header?.type, chunks.at(-1)?.type]).toEqual(['IHDR', 'IEND']);
        expect(header?.data.readUInt32BE(0)).toBe(width);
        expect(header?.data.readUInt32BE(4)).toBe(height);
        expect([...(header?.data.subarray(8) ?? [])]).toEqual([8, 2, 0, 0, 0]);
        const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
        expect(pixelsOf(inflateSync(Buffer.concat(packed)), width)).toEqual(bytes);
      }),
    );
  });
});
