import type { Readable } from 'node:stream';

/** The longest line of an answer, and bytes that may come beside answers, at most; a line is as dear as so many. */
const LINE_BYTES = 2 ** 22;
const JUNK_BYTES = 2 ** 22;
const BYTES_OF_LINE = 100;

/** What comes is none of ours: too much, or a line without an end. */
export class JunkError extends Error {
  override readonly name = 'JunkError';
}

/**
 * Reads the lines of a stream that begin with a mark, and returns what follows it. Others are let pass, up to a
 * bound, as packages print what they like.
 *
 * @throws JunkError where the stream has too much else
 */
export async function* markedLines(stream: Readable, mark: string): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  let junk = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, piece]);
    for (let end = rest.indexOf(LINE_FEED); end !== -1; end = rest.indexOf(LINE_FEED)) {
      const line = rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
      if (line.startsWith(mark)) yield line.slice(mark.length);
      else junk += line.length + BYTES_OF_LINE;
      if (junk > JUNK_BYTES) throw new JunkError();
    }
    if (rest.length > LINE_BYTES) throw new JunkError();
  }
}

const LINE_FEED = 0x0a;
