import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** Writes zip archives as a stream; open-archive.ts reads them. */

/** A file inside an archive. */
export interface ArchiveFile {
  readonly name: string;
  /** Makes it when it is written, in pieces one after another. */
  readonly pieces: () => MadePieces;
}

/** The bytes of a file, one piece after another; they may take their time. */
export type MadePieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** How hard files are compressed: most of the gain, at some 60 MB a second. */
const LEVEL = 1;

/** Bytes of a file that are handed to the compressor at a time. */
const PIECE_BYTES = 2 ** 18;

/**
 * Makes the bytes of an archive; at most one of its files is in memory at a time.
 *
 * @throws the error of whatever makes a file
 */
export async function* archiveBytes(files: Iterable<ArchiveFile>): AsyncGenerator<Uint8Array> {
  const writer = new ZipFile();
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
async function* shortPieces(pieces: () => MadePieces): AsyncGenerator<Buffer> {
  for await (const { buffer: whole, byteOffset, byteLength } of pieces()) {
    for (let at = 0; at < byteLength; at += PIECE_BYTES) {
      yield Buffer.from(whole, byteOffset + at, Math.min(PIECE_BYTES, byteLength - at));
    }
  }
}
