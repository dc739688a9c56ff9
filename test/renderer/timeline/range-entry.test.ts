import { describe, expect, it } from 'vitest';
import {
  rangeTexts as textsOf,
  readRange as rangeOf,
  selectedSpan,
} from '../../../src/renderer/timeline/range-entry.js';
import type { TimeRange } from '../../../src/recording/span-walk.js';
import { numberSigns } from '../../../src/base/number-text.js';

const ENGLISH = numberSigns('en');
const readRange = (from: string, to: string, endNs: number) => rangeOf(from, to, endNs, ENGLISH);
const rangeTexts = (range: TimeRange) => textsOf(range, ENGLISH);

const END_NS = 10_000_000;

describe('the fields of a range', () => {
  it('give times in ms, exact to the nanosecond', () => {
    expect(readRange('1.5', '2.000001', END_NS)).toEqual({
      ok: true,
      range: { startNs: 1_500_000, endNs: 2_000_001 },
      note: null,
    });
  });

  it('stand for the ends of the repeat where they are empty', () => {
    expect(readRange('', '', END_NS)).toEqual({ ok: true, range: null, note: null });
    expect(readRange('4', ' ', END_NS)).toEqual({
      ok: true,
      range: { startNs: 4_000_000, endNs: END_NS },
      note: null,
    });
  });

  it('are kept within the repeat, all of which is no selection', () => {
    expect(readRange('-5', '99', END_NS)).toEqual({ ok: true, range: null, note: null });
  });

  it('say what is wrong with them', () => {
    const problem = 'From must lie before To, both within 0 and 10 ms';
    expect(readRange('3', '3', END_NS)).toMatchObject({ ok: false, problem, at: ['From', 'To'] });
    expect(readRange('20', '', END_NS)).toMatchObject({ ok: false, problem, at: ['From', 'To'] });
    expect(readRange('', '1.2.3', END_NS)).toEqual({
      ok: false,
      problem:
        'To is “1.2.3”, whose signs between the digits make no number; it is a time in milliseconds',
      at: ['To'],
    });
  });

  it('are read in the reader’s signs, with units, and say how', () => {
    const range = { startNs: 500_000, endNs: 2_000_000 };
    expect(rangeOf('0,5', '2 ms', END_NS, ENGLISH)).toEqual({ ok: true, range, note: null });
    expect(rangeOf('500 µs', '0,002 s', END_NS, ENGLISH)).toMatchObject({ ok: true, range });
    const ambiguous = rangeOf('1,234', '', END_NS, numberSigns('de'));
    expect(ambiguous).toMatchObject({
      range: { startNs: 1_234_000, endNs: END_NS },
      note: 'From is “1,234”, read as 1,234: the comma is the decimal sign',
    });
  });

  it('show what is read back as the same range', () => {
    for (const locale of ['en', 'de', 'fr', 'ar-EG', 'de-CH']) {
      const signs = numberSigns(locale);
      const range = { startNs: 1_234_000, endNs: 2_345_000 };
      const [from, to] = textsOf(range, signs);
      expect(rangeOf(from, to, END_NS, signs), locale).toMatchObject({ ok: true, range });
    }
  });

  it('show a range as finely as its length needs', () => {
    expect(rangeTexts({ startNs: 197_684_087, endNs: 362_012_345 })).toEqual(['197.68', '362.01']);
    expect(rangeTexts({ startNs: 2_000_001, endNs: 2_000_545 })).toEqual(['2.000001', '2.000545']);
    expect(rangeTexts({ startNs: 0, endNs: 9_000_000_000 })).toEqual(['0', '9000']);
  });

  it('show an end as it was typed, however long the range is', () => {
    for (const [from, to] of [
      ['1.5', '398'],
      ['0.001', '398'],
      ['1.004', '9000'],
      ['12.25', '398.25'],
      ['0.000001', '0.000002'],
      ['100', '2000'],
    ] as const) {
      const entry = readRange(from, to, 10_000_000_000);
      expect(entry.ok && entry.range !== null && rangeTexts(entry.range)).toEqual([from, to]);
    }
  });

  it('are the ends that its title has', () => {
    expect(selectedSpan({ startNs: 1_500_000, endNs: 398_000_000 })).toBe('1.5 – 398 ms');
    expect(selectedSpan({ startNs: 0, endNs: 23_100_000 })).toBe('0 – 23.1 ms');
    expect(selectedSpan({ startNs: 1_500_000, endNs: 2_000_000_000 })).toBe('0.0015 – 2 s');
    expect(selectedSpan({ startNs: 1, endNs: 2 })).toBe('1 – 2 ns');
  });
});
