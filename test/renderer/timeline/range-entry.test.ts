import { describe, expect, it } from 'vitest';
import { rangeTexts, readRange, selectedSpan } from '../../../src/renderer/timeline/range-entry.js';

const END_NS = 10_000_000;

describe('the fields of a range', () => {
  it('give times in ms, exact to the nanosecond', () => {
    expect(readRange('1.5', '2.000001', END_NS)).toEqual({
      ok: true,
      range: { startNs: 1_500_000, endNs: 2_000_001 },
    });
  });

  it('stand for the ends of the repeat where they are empty', () => {
    expect(readRange('', '', END_NS)).toEqual({ ok: true, range: null });
    expect(readRange('4', ' ', END_NS)).toEqual({
      ok: true,
      range: { startNs: 4_000_000, endNs: END_NS },
    });
  });

  it('are kept within the repeat, all of which is no selection', () => {
    expect(readRange('-5', '99', END_NS)).toEqual({ ok: true, range: null });
  });

  it('say what is wrong with them', () => {
    const problem = 'From must lie before To, both within 0 and 10 ms';
    expect(readRange('3', '3', END_NS)).toEqual({ ok: false, problem });
    expect(readRange('20', '', END_NS)).toEqual({ ok: false, problem });
    expect(readRange('x', '', END_NS)).toMatchObject({ ok: false });
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
