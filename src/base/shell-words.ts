/** The words of a command line, as a POSIX shell has them; nothing is expanded or run. */

/** What a text was split into, or why it cannot be. */
export type SplitWords =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/**
 * One piece of a word: in single quotes, in double quotes, after a backslash, or as it stands. A quote
 * without its end goes on to the end of the text.
 */
const PIECE =
  /'(?<single>[^']*)(?<singleEnd>'?)|"(?<double>(?:[^"\\]|\\[^])*)(?<doubleEnd>"?)|\\(?<escaped>[^]?)|(?<plain>[^\s'"\\]+)/y;

/** Splits a text into words at spaces that are not quoted. */
export function splitWords(text: string): SplitWords {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) return { ok: true, words };
    let word = '';
    while (at < text.length && !/\s/.test(text[at] ?? '')) {
      PIECE.lastIndex = at;
      const { 0: piece = '', groups = {} } = PIECE.exec(text) ?? {};
      const problem = unfinished(groups);
      if (problem !== null) return { ok: false, problem };
      word += textOf(groups);
      at += piece.length;
    }
    words.push(word);
  }
}

type Groups = Readonly<Partial<Record<string, string>>>;

function unfinished({ singleEnd, doubleEnd, escaped }: Groups): string | null {
  if (singleEnd === '' || doubleEnd === '') return 'a quote has no end';
  return escaped === '' ? 'it ends with a backslash' : null;
}

function textOf({ single, double, escaped, plain }: Groups): string {
  // In double quotes a backslash stands before these alone.
  return single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '';
}

/** Characters that nobody sees but the space, letters without a picture among them, or that turn the direction of a text. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u;

/** Words as one line that a shell splits into them again; what cannot be seen in it is written out. */
export function joinWords(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(word)) return word;
  if (!UNSEEN.test(word)) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = Array.from(word, (sign) =>
    UNSEEN.test(sign) ? unicodeEscape(sign) : sign.replace(/[\\']/, String.raw`\$&`),
  );
  return `$'${escaped.join('')}'`;
}

function unicodeEscape(sign: string): string {
  return `\\U${(sign.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
}
