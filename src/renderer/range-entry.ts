import type { TimeRange } from '../shared/analysis/span-walk.js';
import { toNanoseconds } from '../shared/units.js';

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

/** A range as its two fields show it, in ms: as finely as a ten-thousandth of its length. */
export function rangeTexts({ startNs, endNs }: TimeRange): [from: string, to: string] {
  const decimals = Math.ceil(Math.log10(NS_PER_MS / ((endNs - startNs) / 1e4)));
  const places = Math.min(Math.max(0, decimals), 6);
  const text = (timeNs: number) => String(Number((timeNs / NS_PER_MS).toFixed(places)));
  return [text(startNs), text(endNs)];
}

/** A time in ms, exact to the nanosecond. */
function fieldText(timeNs: number): string {
  return String(Math.round(timeNs) / NS_PER_MS);
}
