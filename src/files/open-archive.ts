import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw, crc32, inflateRawSync } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry } from 'yauzl';
import { shortened } from '../base/shortened.js';
import { formatBytes } from '../base/units.js';
import { systemReason } from './system-errors.js';

/** Reads zip archives (APPNOTE.TXT 6.3) as if their writer meant harm. */

/** An archive could not be read; the message says in a line which and why. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';

  constructor(path: string, reason: string, cause?: unknown) {
    super(`cannot open ${path}: ${shortened(reason, 300)}`, { cause });
  }
}

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

/** How a file is packed: not at all, or deflated. */
const STORED = 0;
const DEFLATED = 8;

/** Bytes of a file's local header before its name. */
const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_SIGNATURE = 0x04034b50;

/** Where and how a file lies in an archive. */
interface Place {
  readonly name: string;
  readonly headerAt: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc32: number;
  readonly method: typeof STORED | typeof DEFLATED;
}

/** Given how much of an archive's files is unpacked by now, from 0 to 1. */
export type OnUnpacked = (share: number) => void;

/** An archive whose directory is known. Its files are read while it is open. */
export class Archive {
  readonly #path: string;
  readonly #found: Stats;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #allBytes: number;
  readonly #onUnpacked: OnUnpacked | undefined;
  #content: Content | undefined;
  #unpackedBytes = 0;

  private constructor(
    path: string,
    found: Stats,
    places: ReadonlyMap<string, Place>,
    onUnpacked: OnUnpacked | undefined,
  ) {
    this.#path = path;
    this.#found = found;
    this.#places = places;
    this.#onUnpacked = onUnpacked;
    this.#allBytes = sum(Array.from(places.values(), ({ bytes }) => bytes));
  }

  /**
   * Opens an archive and checks its directory, before any file is unpacked.
   *
   * @throws ArchiveError where it is no archive, cannot be read, or holds more than it may
   */
  static async open(path: string, onUnpacked?: OnUnpacked): Promise<Archive> {
    const { found, content } = await openContent(path);
    try {
      const archive = new Archive(path, found, await placesIn(path, content), onUnpacked);
      archive.#content = content;
      return archive;
    } catch (error) {
      await content.close();
      throw error instanceof ArchiveError
        ? error
        : new ArchiveError(path, systemReason(error), error);
    }
  }

  /**
   * Opens it again after `close`.
   *
   * @throws ArchiveError where it is another file by now
   */
  async reopen(): Promise<void> {
    const { found, content } = await openContent(this.#path);
    const { ino, size, mtimeMs } = this.#found;
    if (found.ino !== ino || found.size !== size || found.mtimeMs !== mtimeMs) {
      await content.close();
      throw new ArchiveError(this.#path, 'it changed while it was read');
    }
    this.#content = content;
  }

  async close(): Promise<void> {
    const content = this.#content;
    this.#content = undefined;
    await content?.close();
  }

  /** Returns how many bytes a file has by the archive's directory; 0 where there is none of that name. */
  bytesOf(name: string): number {
    return this.#places.get(name)?.bytes ?? 0;
  }

  /**
   * Returns the bytes of a file; undefined where there is none of that name.
   *
   * @throws ArchiveError where it is corrupt or cannot be read
   */
  async read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const place = this.#places.get(name);
    if (place === undefined) return undefined;
    try {
      if (this.#content === undefined) throw new Error('the archive is closed');
      const bytes = await unpack(this.#content, place, this.#count);
      if (crc32(bytes) !== place.crc32) throw new Error('it is corrupt');
      return bytes;
    } catch (error) {
      throw new ArchiveError(this.#path, `${name}: ${systemReason(error)}`, error);
    }
  }

  readonly #count = (bytes: number) => {
    this.#unpackedBytes += bytes;
    this.#onUnpacked?.(this.#unpackedBytes / Math.max(1, this.#allBytes));
  };
}

/** The bytes of an archive: in memory, or in its file. */
interface Content {
  readonly bytes: number;
  /** Returns bytes that are all there. */
  readonly read: (at: number, length: number) => Buffer | Promise<Buffer>;
  readonly close: () => Promise<void>;
}

async function openContent(path: string): Promise<{ found: Stats; content: Content }> {
  try {
    // Opening a pipe would else wait for a writer.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await handle.stat();
    if (found.isFile() && found.size > WHOLE_BYTES_MAX) {
      return { found, content: contentOf(handle, found.size) };
    }
    await using closing = handle;
    if (!found.isFile()) throw new Error('it is no regular file');
    return { found, content: contentIn(await readFrom(closing, 0, found.size)) };
  } catch (error) {
    throw new ArchiveError(path, systemReason(error), error);
  }
}

function contentIn(whole: Buffer): Content {
  return {
    bytes: whole.length,
    read: (at, length) => {
      if (at + length > whole.length) throw new Error('the file is cut');
      return whole.subarray(at, at + length);
    },
    close: () => Promise.resolve(),
  };
}

function contentOf(handle: FileHandle, bytes: number): Content {
  return {
    bytes,
    read: (at, length) => {
      if (at + length > bytes) throw new Error('the file is cut');
      return readFrom(handle, at, length);
    },
    close: () => handle.close(),
  };
}

async function readFrom(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw new Error('the file is cut');
    done += bytesRead;
  }
  return bytes;
}

/** Reads an archive's directory for the library. */
class ContentReader extends RandomAccessReader {
  readonly #content: Content;

  constructor(content: Content) {
    super();
    this.#content = content;
  }

  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const take = (bytes: Buffer) => {
      bytes.copy(into, offset);
      callback(null);
    };
    let found: Buffer | Promise<Buffer>;
    try {
      found = this.#content.read(position, length);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    // What is in memory is there at once: waiting for it would be most of the work.
    if (found instanceof Promise) found.then(take, callback);
    else take(found);
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

async function placesIn(path: string, content: Content): Promise<Map<string, Place>> {
  const zip = await fromRandomAccessReaderPromise(new ContentReader(content), content.bytes, {
    autoClose: false,
    lazyEntries: true,
    strictFileNames: true,
  });
  if (zip.entryCount > FILES_MAX) throw new ArchiveError(path, `it holds ${zip.entryCount} files`);
  const places = new Map<string, Place>();
  let total = 0;
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    const place = placeOf(path, entry);
    total += place.bytes;
    const most = Math.max(SMALL_BYTES, place.packedBytes * RATIO_MAX);
    if (place.bytes > most || total > TOTAL_BYTES_MAX) {
      const size = formatBytes(place.bytes);
      throw new ArchiveError(
        path,
        `${place.name} would unpack to ${size}, which no recording does`,
      );
    }
    // Files that lie over one another would unpack to far more than there is.
    packed += place.packedBytes;
    if (packed > content.bytes) throw new ArchiveError(path, 'the file is cut');
    if (places.has(place.name)) throw new ArchiveError(path, `it holds ${place.name} twice`);
    places.set(place.name, place);
  }
  return places;
}

/** Keeps of a directory's entry what it takes to read the file. */
function placeOf(path: string, entry: Entry): Place {
  const { fileName: name, compressionMethod: method } = entry;
  if (entry.isEncrypted()) throw new ArchiveError(path, `${name} is encrypted`);
  if (method !== STORED && method !== DEFLATED) {
    throw new ArchiveError(path, `${name} is packed in a way that is not known (${method})`);
  }
  return {
    name,
    headerAt: entry.relativeOffsetOfLocalHeader,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    crc32: entry.crc32,
    method,
  };
}

/** Unpacks a file: a small one in one go, a large one piece by piece. */
async function unpack(
  content: Content,
  { headerAt, packedBytes, bytes, method }: Place,
  count: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = await content.read(headerAt, LOCAL_HEADER_BYTES);
  if (header.readUInt32LE(0) !== LOCAL_HEADER_SIGNATURE)
    throw new Error('it is not where it should be');
  const at = headerAt + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (bytes > SMALL_BYTES) {
    const unpacked = new Uint8Array(bytes);
    await unpackInto(unpacked, packedPieces(content, at, packedBytes), method, count);
    return unpacked;
  }
  const packed = await content.read(at, packedBytes);
  // Tables need memory of their own, as their columns begin at multiples of 8 bytes.
  const unpacked = method === STORED ? Uint8Array.from(packed) : inflated(packed, bytes);
  if (unpacked.length !== bytes) throw new Error(sizeReason(unpacked.length, bytes));
  count(bytes);
  return unpacked;
}

/** Inflates what has a known size. */
function inflated(packed: Buffer, bytes: number): Uint8Array<ArrayBuffer> {
  // With a byte more than it takes, the output is one chunk that is seen to be the last.
  const options = { maxOutputLength: Math.max(1, bytes), chunkSize: Math.max(64, bytes + 1) };
  return inflateRawSync(packed, options);
}

/** Packed bytes that are read at a time. */
const PIECE_BYTES = 2 ** 20;

async function* packedPieces(content: Content, from: number, length: number) {
  for (let done = 0; done < length; done += PIECE_BYTES) {
    yield await content.read(from + done, Math.min(PIECE_BYTES, length - done));
  }
}

/** Fills an array with the bytes of a file. */
async function unpackInto(
  unpacked: Uint8Array<ArrayBuffer>,
  packed: AsyncIterable<Buffer>,
  method: Place['method'],
  count: (bytes: number) => void,
): Promise<void> {
  let at = 0;
  const take = async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      if (at + piece.length > unpacked.length) {
        throw new Error(sizeReason(at + piece.length, unpacked.length));
      }
      unpacked.set(piece, at);
      at += piece.length;
      count(piece.length);
    }
  };
  if (method === STORED) await take(packed);
  else await pipeline(packed, createInflateRaw({ chunkSize: PIECE_BYTES }), take);
  if (at !== unpacked.length) throw new Error(sizeReason(at, unpacked.length));
}

function sizeReason(found: number, wanted: number): string {
  return `it has ${found} bytes in place of ${wanted}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
