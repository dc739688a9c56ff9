import type { TimeRange } from '../../recording/span-walk.js';
import { toNanoseconds, unitFor } from '../../base/units.js';

/** What the two fields of a range say: a range, the whole repeat (null), or what is wrong. */
export type RangeEntry =
  | { readonly ok: true; readonly range: TimeRange | null }
  | { readonly ok: false; readonly problem: string };

const NS_PER_MS = 1e6;

/**
 * Reads a range from its two fields, in ms. An empty field stands for its end of the repeat, and
 * times outside the repeat for the nearest in it.
 */
export function readRange(from: string, to: string, endNs: number): RangeEntry {
  const startNs = from.trim() === '' ? 0 : toNanoseconds(Number(from));
  const stopNs = to.trim() === '' ? endNs : toNanoseconds(Number(to));
  if (Number.isNaN(startNs) || Number.isNaN(stopNs)) {
    return { ok: false, problem: 'From and To are times in milliseconds' };
  }
  const range = { startNs: Math.max(0, startNs), endNs: Math.min(endNs, stopNs) };
  if (range.startNs >= range.endNs) {
    return {
      ok: false,
      problem: `From must lie before To, both within 0 and ${fieldText(endNs)} ms`,
    };
  }
  return { ok: true, range: range.startNs === 0 && range.endNs === endNs ? null : range };
}

/** A range as its two fields show it, in ms. */
export function rangeTexts(range: TimeRange): [from: string, to: string] {
  return endsIn(range, NS_PER_MS);
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

/** A time in ms, exact to the nanosecond. */
function fieldText(timeNs: number): string {
  return String(Math.round(timeNs) / NS_PER_MS);
}
