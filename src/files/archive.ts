import { readFile, stat } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, inflateRawSync } from 'node:zlib';
import { fromBufferPromise, openPromise, type Entry, type ZipFile as ZipReader } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { shortened } from '../base/shortened.js';
import { formatBytes } from '../base/units.js';
import { systemReason } from './system-errors.js';

/** Zip archives: written as a stream, and read as if their writer meant harm. */

/** A file inside an archive, made when it is written, in pieces one after another. */
export interface ArchiveFile {
  readonly name: string;
  readonly pieces: () => readonly Uint8Array[];
}

/** An archive could not be read; the message says in a line which and why. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';

  constructor(path: string, reason: string, cause?: unknown) {
    super(`cannot open ${path}: ${shortened(reason, 300)}`, { cause });
  }
}

/** How hard files are compressed: most of the gain, at some 60 MB a second. */
const LEVEL = 1;

/** Bytes of a file that are handed to the compressor at a time. */
const PIECE_BYTES = 2 ** 18;

/** How many times its compressed size a file may have; tables of spans have at most a tenth of that. */
const RATIO_MAX = 200;

/** Bytes that a file may have whatever its compressed size. */
const SMALL_BYTES = 2 ** 20;

/** An archive of so many bytes is read at once, which for many small files is far faster than by pieces. */
const WHOLE_BYTES_MAX = 2 ** 26;

/** Bytes that all files of an archive may have together. */
const TOTAL_BYTES_MAX = 2 ** 32;

/** Files of an archive, at most. */
const FILES_MAX = 40_000;

/**
 * Makes the bytes of an archive; at most one of its files is in memory at a time.
 *
 * @throws the error of whatever makes a file
 */
export async function* archiveBytes(files: Iterable<ArchiveFile>): AsyncGenerator<Uint8Array> {
  const writer = new ZipWriter();
  const output = new PassThrough();
  writer.outputStream.pipe(output);
  writer.on('error', (error: Error) => output.destroy(error));
  // The same recording makes the same file, whenever it is written.
  const mtime = new Date(1980, 0, 1);
  for (const { name, pieces } of files) {
    writer.addReadStreamLazy(name, { compressionLevel: LEVEL, mtime }, (take) => {
      take(
        null,
        Readable.from(shortPieces(pieces)).on('error', (error) => output.destroy(error)),
      );
    });
  }
  writer.end();
  for await (const piece of output) yield piece as Buffer;
}

/** Cuts a file into pieces that the compressor takes one by one. */
function* shortPieces(pieces: () => readonly Uint8Array[]): Generator<Buffer> {
  for (const { buffer: whole, byteOffset, byteLength } of pieces()) {
    for (let at = 0; at < byteLength; at += PIECE_BYTES) {
      yield Buffer.from(whole, byteOffset + at, Math.min(PIECE_BYTES, byteLength - at));
    }
  }
}

/** An archive that is open. Its files are read when they are asked for. */
export interface OpenArchive {
  /** The bytes of a file; undefined where there is none of that name. */
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  readonly close: () => void;
}

/** Given how much of an archive's files is unpacked by now, from 0 to 1. */
export type OnUnpacked = (share: number) => void;

/**
 * Opens an archive and checks its directory, before any file is unpacked.
 *
 * @throws ArchiveError where it is no archive, cannot be read, or holds more than it may
 */
export async function openArchive(path: string, onUnpacked?: OnUnpacked): Promise<OpenArchive> {
  const { zip, whole } = await openZip(path);
  try {
    const entries = await entriesOf(path, zip);
    const allBytes = sum(Array.from(entries.values(), ({ uncompressedSize }) => uncompressedSize));
    let unpackedBytes = 0;
    const count = (bytes: number) => {
      unpackedBytes += bytes;
      onUnpacked?.(unpackedBytes / Math.max(1, allBytes));
    };
    return {
      read: async (name) => {
        const entry = entries.get(name);
        return entry && (await readEntry(path, { zip, whole }, entry, count));
      },
      close: () => {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error instanceof ArchiveError
      ? error
      : new ArchiveError(path, systemReason(error), error);
  }
}

/** An archive that is being read; `whole` are its bytes, where they were read at once. */
interface Zip {
  readonly zip: ZipReader;
  readonly whole: Buffer | undefined;
}

async function openZip(path: string): Promise<Zip> {
  const options = { autoClose: false, lazyEntries: true, strictFileNames: true } as const;
  try {
    // Opening a pipe would wait for a writer.
    const found = await stat(path);
    if (!found.isFile()) throw new Error('it is no regular file');
    if (found.size > WHOLE_BYTES_MAX) {
      return { zip: await openPromise(path, options), whole: undefined };
    }
    const whole = await readFile(path);
    return { zip: await fromBufferPromise(whole, options), whole };
  } catch (error) {
    throw new ArchiveError(path, systemReason(error), error);
  }
}

async function entriesOf(path: string, zip: ZipReader): Promise<Map<string, Entry>> {
  if (zip.entryCount > FILES_MAX) throw new ArchiveError(path, `it holds ${zip.entryCount} files`);
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressedSize, uncompressedSize } = entry;
    total += uncompressedSize;
    const most = Math.max(SMALL_BYTES, compressedSize * RATIO_MAX);
    if (uncompressedSize > most || total > TOTAL_BYTES_MAX) {
      const size = formatBytes(uncompressedSize);
      throw new ArchiveError(path, `${fileName} would unpack to ${size}, which no recording does`);
    }
    if (entries.has(fileName)) throw new ArchiveError(path, `it holds ${fileName} twice`);
    entries.set(fileName, entry);
  }
  return entries;
}

async function readEntry(
  path: string,
  archive: Zip,
  entry: Entry,
  count: (bytes: number) => void,
): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await unpack(archive, entry, count);
  } catch (error) {
    throw new ArchiveError(path, `${entry.fileName}: ${systemReason(error)}`, error);
  }
  // The reader checks sizes alone.
  if (crc32(bytes) !== entry.crc32) throw new ArchiveError(path, `${entry.fileName} is corrupt`);
  return bytes;
}

/** How a file is packed: not at all, or deflated. */
const STORED = 0;
const DEFLATED = 8;

/** Unpacks a file: a small one that is in memory in one go, any other as a stream. */
async function unpack(
  { zip, whole }: Zip,
  entry: Entry,
  count: (bytes: number) => void,
): Promise<Uint8Array> {
  const { compressedSize, compressionMethod, uncompressedSize } = entry;
  const isPlain =
    !entry.isEncrypted() && (compressionMethod === STORED || compressionMethod === DEFLATED);
  if (whole === undefined || uncompressedSize > SMALL_BYTES || !isPlain) {
    const pieces = await zip.openReadStreamPromise(entry);
    pieces.on('data', (piece: Buffer) => {
      count(piece.length);
    });
    return buffer(pieces);
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = whole.subarray(fileDataStart, fileDataStart + compressedSize);
  const bytes =
    compressionMethod === STORED
      ? packed
      : inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
  if (bytes.length !== uncompressedSize) {
    throw new Error(`it has ${bytes.length} bytes in place of ${uncompressedSize}`);
  }
  count(bytes.length);
  return bytes;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
