/** Unpacks a zip archive as a stream, file by file, with the permissions it gives them. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/** What the upper half of an entry's attributes holds when it was made on Unix. */
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const PERMISSIONS = 0o777;

/**
 * Unpacks the files that are wanted.
 * @param {string} archive
 * @param {string} folder where they go; it is made if need be
 * @param {(name: string) => string | undefined} place the path in `folder` of the file with this
 *   name in the archive, or nothing to leave it out
 * @param {(bytes: number) => void} [onProgress] told how many bytes have been written so far
 */
export async function unzip(archive, folder, place, onProgress = () => {}) {
  const zip = await openPromise(archive, { lazyEntries: true, strictFileNames: true });
  let written = 0;
  for await (const entry of zip.eachEntry()) {
    const target = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
    if (target === undefined) continue;
    await unpackEntry(zip, entry, path.join(folder, target));
    onProgress((written += entry.uncompressedSize));
  }
}

/**
 * Writes one file.
 * @param {import('yauzl').ZipFile} zip
 * @param {import('yauzl').Entry} entry
 * @param {string} target
 */
async function unpackEntry(zip, entry, target) {
  const attributes = entry.externalFileAttributes >>> 16;
  if ((attributes & FILE_TYPE) === SYMBOLIC_LINK) {
    throw new Error(`${entry.fileName} is a symbolic link, which is not expected here.`);
  }
  await mkdir(path.dirname(target), { recursive: true });
  const mode = attributes & PERMISSIONS || 0o644;
  await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode }));
}
