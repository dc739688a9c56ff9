import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { archiveBytes } from '../../src/files/archive.js';
import { Archive } from '../../src/files/open-archive.js';
import { gathered } from '../fixtures/archives.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gilscope-test-'));
  path = join(folder, 'some.zip');
});
afterAll(() => rm(folder, { recursive: true }));

/** Above what is unpacked in one go, and below. */
const SIZES = [0, 1, 4096, 2 ** 20 + 3];

/** Bytes that are packed a little. */
function noise(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, at) => ((at * at * 31) >> 7) % 97));
}

it.each([0, 1, 9])(
  'reads files packed at level %i, each at a multiple of 8 bytes',
  async (level) => {
    const zip = new ZipFile();
    const files = SIZES.map(noise);
    for (const [index, bytes] of files.entries()) {
      zip.addBuffer(bytes, `${'x'.repeat(index + 1)}.bin`, { compressionLevel: level });
    }
    zip.end();
    await writeFile(path, await gathered(zip.outputStream as AsyncIterable<Buffer>));
    const archive = await Archive.open(path);
    for (const [index, bytes] of files.entries()) {
      const read = await archive.read(`${'x'.repeat(index + 1)}.bin`);
      expect(Buffer.from(read ?? []).equals(bytes)).toBe(true);
      // Tables are views of it, whose elements have up to 8 bytes.
      expect((read?.byteOffset ?? NaN) % 8).toBe(0);
    }
    expect(await archive.read('none.bin')).toBe(undefined);
    await archive.close();
  },
);

it('refuses files that lie over one another', async () => {
  const bytes = noise(5000);
  const whole = await gathered(
    archiveBytes(['a', 'b'].map((name) => ({ name, pieces: () => [bytes] }))),
  );
  // Both entries of the central directory say that they have all packed bytes (APPNOTE.TXT, 4.3.12).
  for (let at = whole.indexOf('PK\x01\x02'); at >= 0; at = whole.indexOf('PK\x01\x02', at + 1)) {
    whole.writeUInt32LE(whole.length - 100, at + 20);
  }
  await writeFile(path, whole);
  await expect(Archive.open(path)).rejects.toThrow('the file is cut');
});
