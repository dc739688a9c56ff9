const ESCAPE = '\u001b';
const BELL = '\u0007';

/** What a string for the terminal has in it, from its first sign on. */
const STRING = `[\\]PX^_][^${BELL}${ESCAPE}]*`;

/**
 * Sequences that control a terminal: CSI, OSC and other strings up to their end, and two or three
 * characters (ECMA-48).
 */
const ESCAPES = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|${STRING}(?:${BELL}|${ESCAPE}\\\\)|[ -/]*[0-OQ-WYZ\\\\\\x60-~])`,
  'g',
);

/** The beginning of such a sequence, whose rest may be still to come. */
const BEGUN = new RegExp(`${ESCAPE}(?:\\[[0-?]*[ -/]*|${STRING}${ESCAPE}?|[ -/]*)?$`);

/** No sequence is so long: what looks like the beginning of one is none. */
const LONGEST_SEQUENCE = 4096;

/** What else is not seen, but for tabs and ends of lines. */
const UNSEEN = /[^\P{Cc}\t\n]/gu;

/**
 * Makes plain text of what a program prints, piece by piece: UTF-8, without what controls a terminal, its
 * lines ended by `\n` alone. A line that is written over becomes one line each time.
 */
export class PlainOutput {
  readonly #decoder = new TextDecoder();
  /** What may go on in the next piece. */
  #begun = '';

  /** Returns the text of a piece, as far as it is whole. */
  take(bytes: Uint8Array): string {
    return this.#clean(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Returns what is left at the end. */
  end(): string {
    const rest = this.#clean(this.#decoder.decode());
    const begun = this.#begun.startsWith('\r') ? '\n' : '';
    this.#begun = '';
    return rest + begun;
  }

  #clean(piece: string): string {
    const text = this.#begun + piece;
    const begun = text.endsWith('\r')
      ? '\r'
      : (BEGUN.exec(text.slice(-LONGEST_SEQUENCE))?.[0] ?? '');
    this.#begun = begun;
    return text
      .slice(0, text.length - begun.length)
      .replace(ESCAPES, '')
      .replace(/\r\n?/g, '\n')
      .replace(UNSEEN, '');
  }
}
