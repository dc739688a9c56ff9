import type { TimeRange } from '../../recording/span-walk.js';
import {
  readNumber,
  writeNumber,
  type NumberReading,
  type NumberSigns,
} from '../../base/number-text.js';
import { toNanoseconds, unitFor } from '../../base/units.js';

/** The two fields of a range. */
export type RangeField = 'From' | 'To';

/** What the two fields of a range say: a range, the whole repeat (null), or what is wrong. */
export type RangeEntry =
  | {
      readonly ok: true;
      readonly range: TimeRange | null;
      /** Says how a time was read that could have been another; null where there is none. */
      readonly note: string | null;
    }
  | {
      readonly ok: false;
      readonly problem: string;
      /** The fields that it is about. */
      readonly at: readonly RangeField[];
    };

const NS_PER_MS = 1e6;

/** Reads one of the two fields, in ms. */
export function readTime(text: string, signs: NumberSigns): NumberReading {
  return readNumber(text, { whole: false, unit: 'ms' }, signs);
}

/**
 * Reads a range from its two fields, in ms. An empty field stands for its end of the repeat, and
 * times outside the repeat for the nearest in it.
 */
export function readRange(from: string, to: string, endNs: number, signs: NumberSigns): RangeEntry {
  const start = endOf('From', from, 0, signs);
  const end = endOf('To', to, endNs, signs);
  if (!start.ok) return start;
  if (!end.ok) return end;
  const range = { startNs: Math.max(0, start.timeNs), endNs: Math.min(endNs, end.timeNs) };
  if (range.startNs >= range.endNs) {
    const last = writeNumber(Math.round(endNs) / NS_PER_MS, signs);
    const problem = `From must lie before To, both within 0 and ${last} ms`;
    return { ok: false, problem, at: ['From', 'To'] };
  }
  const isWhole = range.startNs === 0 && range.endNs === endNs;
  const notes = [start.note, end.note].filter((note) => note !== null);
  return {
    ok: true,
    range: isWhole ? null : range,
    note: notes.length === 0 ? null : notes.join('; '),
  };
}

/** Reads one end of a range: what an empty field stands for, or the time that is written. */
function endOf(field: RangeField, text: string, emptyNs: number, signs: NumberSigns) {
  if (text.trim() === '') return { ok: true, timeNs: emptyNs, note: null } as const;
  const reading = readTime(text, signs);
  const quoted = `${field} is “${text.trim().slice(0, 40)}”`;
  if (!reading.ok) {
    const problem = `${quoted}, ${reading.problem.clause}; it is a time in milliseconds`;
    return { ok: false, problem, at: [field] } as const;
  }
  const note = reading.note === null ? null : `${quoted}, ${reading.note.clause}`;
  return { ok: true, timeNs: toNanoseconds(reading.value), note } as const;
}

/** A range as its two fields show it, in ms. */
export function rangeTexts(range: TimeRange, signs: NumberSigns): [from: string, to: string] {
  const [from, to] = endsIn(range, NS_PER_MS);
  return [writeNumber(Number(from), signs), writeNumber(Number(to), signs)];
}

/** A selected range with its unit, as finely as its fields show it: `1.5 – 398.25 ms`. */
export function selectedSpan(range: TimeRange): string {
  const { name, nanoseconds } = unitFor(range.endNs);
  return `${endsIn(range, nanoseconds).join(' – ')} ${name}`;
}

/** Significant digits that each end of a range keeps, however long the range is. */
const DIGITS = 4;

/**
 * The ends of a range in a unit, as finely as a ten-thousandth of its length, and each with four
 * significant digits at least; no finer than to the nanosecond, and without zeros at the end.
 */
function endsIn({ startNs, endNs }: TimeRange, unitNs: number): [start: string, end: string] {
  const finest = Math.round(Math.log10(unitNs));
  const text = (timeNs: number) => {
    if (timeNs === 0) return '0';
    const resolutionNs = Math.min((endNs - startNs) / 1e4, timeNs / 10 ** (DIGITS - 1));
    const decimals = Math.ceil(Math.log10(unitNs / resolutionNs));
    const value = (timeNs / unitNs).toFixed(Math.min(Math.max(0, decimals), finest));
    return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
  };
  return [text(startNs), text(endNs)];
}
