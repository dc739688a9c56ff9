/** Characters of a piece of text, or a few more: one write each, made in a few milliseconds. */
const PIECE_LENGTH = 1 << 16;

/**
 * Joins many short texts, such as lines, into pieces worth a write each. A piece never ends inside
 * a text, and no more than one is held at a time.
 */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
