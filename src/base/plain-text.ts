import { shortened } from './shortened.js';

/**
 * Characters that control a terminal or the direction of text, are halves of others, or are not seen
 * at all. The joiners that some scripts need (U+200C, U+200D) are none of them.
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;

/**
 * Returns a text from outside as it may be shown: on one line, without what turns, hides or controls
 * text, and of at most so many characters.
 */
export function plainLine(text: string, most: number): string {
  // What is cut may have left half a sign.
  return shortened(text.replace(UNSEEN, ' ').trim(), most)
    .replace(/\p{Cs}/gu, ' ')
    .trim();
}

/** The same of a text of several lines. */
export function plainLines(text: string, most: number): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u);
  return shortened(
    lines
      .map((line) => plainLine(line, most))
      .join('\n')
      .trim(),
    most,
  );
}
