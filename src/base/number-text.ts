import { exactNumber } from './exact-number.js';

/**
 * Reads numbers as people of any language type and paste them, for the fields of the window. A text
 * is read by what it can mean; only where it can mean two numbers do the reader's own signs decide.
 * The command line takes plain ASCII numbers alone, and needs none of this.
 */

/** The signs with which a reader's language writes numbers. */
export interface NumberSigns {
  /** Between whole part and fraction. */
  readonly decimal: string;
  /** Between thousands. */
  readonly group: string;
}

/** What a field takes. */
export interface NumberKind {
  /** Whole numbers only. */
  readonly whole: boolean;
  /** What it counts in, if that is a time; other units of time are converted to it. */
  readonly unit?: 'ms' | 'µs';
}

/** A few words that stand beside a field, and a clause that goes on after `… is “text”, `. */
export interface ReadingNote {
  readonly brief: string;
  readonly clause: string;
}

/** A text as a number, or why it is none. */
export type NumberReading =
  | {
      readonly ok: true;
      readonly value: number;
      /** Says how it was read, where the text could have meant another number. */
      readonly note: ReadingNote | null;
    }
  | { readonly ok: false; readonly problem: ReadingNote };

const ENGLISH: NumberSigns = { decimal: '.', group: ',' };

/** Returns the signs of a language, given by its BCP 47 tag; English ones where the tag is none. */
export function numberSigns(locale: string): NumberSigns {
  try {
    const parts = new Intl.NumberFormat(locale).formatToParts(12_345_678.5);
    const sign = (type: 'decimal' | 'group') => parts.find((part) => part.type === type)?.value;
    return {
      decimal: simplified(sign('decimal') ?? ENGLISH.decimal),
      group: simplified(sign('group') ?? ''),
    };
  } catch {
    // Linux systems name tags that are none, such as `en-US@posix`.
    return ENGLISH;
  }
}

/** Writes a number as a field shows it: its plain digits, with the reader's decimal sign. */
export function writeNumber(value: number, { decimal }: NumberSigns): string {
  return String(value).replace('.', decimal);
}

/** Reads a text as a number of a kind. */
export function readNumber(text: string, kind: NumberKind, signs: NumberSigns): NumberReading {
  const plain = simplified(text);
  if (plain === '') return refused('Needs a number', 'which is empty');
  const parts = PARTS.exec(plain)?.groups;
  if (parts === undefined) return refused('Not a number', whyUnreadable(plain));
  const { sign = '', mantissa = '', power = '0', unit } = parts;
  const shift = unit === undefined ? 0 : powerOfUnit(unit, kind);
  if (shift === undefined) return refused('Not a number', whyUnitless(kind));
  const digits = digitsOf(mantissa, parts['power'] !== undefined, kind, signs);
  if ('problem' in digits) return { ok: false, problem: digits.problem };
  const exponent = Number(power.replaceAll(' ', '')) + shift;
  const value = exactNumber(`${sign}${digits.plain}e${exponent}`);
  if (value === null) return refused('Too many digits', 'which cannot be kept exactly');
  // Adding 0 makes 0 of -0.
  return { ok: true, value: value + 0, note: digits.noteOn?.(value + 0) ?? null };
}

function refused(brief: string, clause: string): NumberReading {
  return { ok: false, problem: { brief, clause } };
}

/** The parts of a simplified text: a sign, digits and what stands between them, a power of ten, a unit. */
const PARTS =
  /^(?<sign>[+-]?) ?(?<mantissa>[\d.,٫'_ ]*[\d.,٫])(?: ?e ?(?<power>[+-]? ?\d+))?(?: ?(?<unit>\p{L}+))?$/u;

/**
 * Marks without a look of their own that join letters or say which way a line runs. Not among them are
 * those with a meaning: the soft hyphen, operators that are not seen, and what turns the order of digits.
 */
const UNSEEN = /(?![\u00ad\u202d\u202e\u2061-\u2064])\p{Default_Ignorable_Code_Point}/gu;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * A text in few signs: ASCII digits, `+`, `-`, `.`, `,`, `٫` (a decimal sign always), `'`, single
 * spaces, and `e` before a power of ten, however that was written.
 */
function simplified(text: string): string {
  return (
    text
      .replace(UNSEEN, '')
      // Raised digits first: the normal form has them on the line.
      .replace(/[⁺⁻]?[⁰¹²³⁴-⁹]+/gu, (power) => `^${onTheLine(power)}`)
      .replace(/[’‘ʼ′`´٬]/gu, "'")
      .normalize('NFKC')
      .replace(/\p{Nd}/gu, digitValue)
      .replace(/[‐‒–—―−˗➖]/gu, '-')
      .replace(/➕/gu, '+')
      .replace(/[،、]/gu, ',')
      .replace(/。/gu, '.')
      .replace(/\s+/gu, ' ')
      .trim()
      .replace(/ ?[×✕✖xх⋅·∙*] ?10 ?(?:\^|\*\*)/giu, 'e')
      .replace(/^([+-]? ?)10 ?(?:\^|\*\*)/u, '$11e')
      // The Ukrainian sign is a Cyrillic letter, the Arabic ones are words.
      .replace(/(?<=[\d.,٫] ?)(?:[eе⏨]|أس|اس)(?= ?[+-]? ?\d)/giu, 'e')
  );
}

function onTheLine(power: string): string {
  return power
    .replace('⁻', '-')
    .replace('⁺', '+')
    .replace(/[^+-]/gu, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
}

const DIGIT = /\p{Nd}/u;

/** The value of a decimal digit of any script. Unicode has them in runs of ten, from zero on. */
function digitValue(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(point - before - 1))) before += 1;
  return String(before % 10);
}

/** The powers of ten of the units of time; the normal form of micro is the Greek letter. */
const POWERS: Readonly<Record<string, number>> = { ns: -9, us: -6, μs: -6, ms: -3, s: 0 };

/** How a unit's power of ten differs from the field's; undefined where the field has no such unit. */
function powerOfUnit(unit: string, kind: NumberKind): number | undefined {
  const power = POWERS[unit.toLowerCase()];
  const own = POWERS[kind.unit?.normalize('NFKC') ?? ''];
  return power === undefined || own === undefined ? undefined : power - own;
}

function whyUnitless({ unit }: NumberKind): string {
  return unit === undefined
    ? 'which has more in it than a number'
    : 'whose unit is none of ns, µs, ms and s';
}

function whyUnreadable(plain: string): string {
  if (/^[+-]?0[xob]/iu.test(plain)) return 'which is not written in decimal digits';
  if (/[×x⋅·*] ?10/iu.test(plain)) return 'whose power of ten is not clear; write 1e-10';
  return 'which is no number';
}

/** Digits as a plain ASCII decimal, with what is to be said of the reading; or why they are none. */
type Digits =
  | { readonly plain: string; readonly noteOn: ((value: number) => ReadingNote) | null }
  | { readonly problem: ReadingNote };

const NO_DIGITS: Digits = {
  problem: { brief: 'Not a number', clause: 'whose signs between the digits make no number' },
};

/** Whole parts with thousands apart, or as in India with hundreds above the first thousand. */
const GROUPED = /^[1-9]\d{0,2}(?:(?<sign>[.,' ])\d{3})(?:\k<sign>\d{3})*$/u;
const GROUPED_IN_INDIA = /^[1-9]\d?(?:(?<sign>[.,' ])\d{2})(?:\k<sign>\d{2})*\k<sign>\d{3}$/u;
/** What programs write: digits with single underscores anywhere between them. */
const UNDERSCORED = /^\d+(?:_\d+)*$/u;
/** One sign before just three digits may stand between thousands or be the decimal sign. */
const AMBIGUOUS = /^[1-9]\d{0,2}(?<sign>[.,])\d{3}$/u;

function digitsOf(
  mantissa: string,
  hasPower: boolean,
  kind: NumberKind,
  signs: NumberSigns,
): Digits {
  const sign = hasPower ? undefined : AMBIGUOUS.exec(mantissa)?.groups?.['sign'];
  if (sign !== undefined) return ambiguousDigits(mantissa, sign, kind, signs);
  const at = decimalAt(mantissa);
  const whole = at === null ? mantissa : mantissa.slice(0, at);
  const fraction = at === null ? '' : mantissa.slice(at + 1);
  const isWhole = [/^$/u, UNDERSCORED, GROUPED, GROUPED_IN_INDIA].some((form) => form.test(whole));
  const isFraction = fraction === '' || UNDERSCORED.test(fraction);
  const plain = `${whole.replace(/\D/gu, '')}.${fraction.replaceAll('_', '')}`;
  return isWhole && isFraction && plain !== '.' ? { plain, noteOn: null } : NO_DIGITS;
}

/** Where the decimal sign stands: the last of two kinds of sign, or the only sign; null where there is none. */
function decimalAt(mantissa: string): number | null {
  const found = [...mantissa.matchAll(/[.,٫]/gu)];
  const last = found.at(-1);
  if (last === undefined) return null;
  const isGrouping = found.length > 1 && found.every(([sign]) => sign === last[0]);
  return isGrouping && last[0] !== '٫' ? null : last.index;
}

/** Reads digits with one sign before the last three of them as the reader's language has that sign. */
function ambiguousDigits(
  mantissa: string,
  sign: string,
  { whole }: NumberKind,
  signs: NumberSigns,
): Digits {
  const name = sign === '.' ? 'point' : 'comma';
  const grouped = mantissa.replace(sign, '');
  if (sign === signs.group) {
    const clause = (value: string) => `read as ${value}: the ${name} stands between thousands`;
    return { plain: grouped, noteOn: (value) => noted(value, signs, clause) };
  }
  const plain = mantissa.replace(sign, '.');
  // A point is what programs write; a comma counts as the decimal sign only where it is the reader's.
  if (whole || (sign === ',' && signs.decimal !== sign)) {
    const other = writeNumber(Number(plain), signs);
    return {
      problem: { brief: 'Two meanings', clause: `which may mean ${other} or ${grouped}` },
    };
  }
  const clause = (value: string) => `read as ${value}: the ${name} is the decimal sign`;
  const isPlain = sign === '.' && signs.decimal === '.';
  return { plain, noteOn: isPlain ? null : (value) => noted(value, signs, clause) };
}

function noted(value: number, signs: NumberSigns, clause: (value: string) => string): ReadingNote {
  const written = writeNumber(value, signs);
  return { brief: `Read as ${written}`, clause: clause(written) };
}
