import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatCores,
  formatCounted,
  formatDuration,
  formatNumber,
  formatRoughDuration,
  formatShare,
  plainDecimal,
  toNanoseconds,
  unitFor,
} from '../../src/base/units.js';

describe('conversion', () => {
  it('is to whole nanoseconds', () => {
    expect(toNanoseconds(1.2345678)).toBe(1_234_568);
    expect(toNanoseconds(6e-7)).toBe(1);
    // Halves go to the even number.
    expect([5e-7, 1.5e-6, 2.5e-6, -5e-7].map(toNanoseconds).map((ns) => ns + 0)).toEqual([
      0, 2, 2, 0,
    ]);
    expect(toNanoseconds(-1.2)).toBe(-1_200_000);
    expect(toNanoseconds(0)).toBe(0);
  });

  it('gives back every nanosecond of 26 days', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 51), max: 2 ** 51 }), (ns) => {
        expect(toNanoseconds(ns / 1e6) - ns).toBe(0);
      }),
    );
  });

  it('is to the nearest', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (milliseconds) => {
        const ns = toNanoseconds(milliseconds);
        expect(Number.isInteger(ns)).toBe(true);
        expect(Math.abs(ns - milliseconds * 1e6)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});

describe('durations', () => {
  it.each([
    [0, '0 ns'],
    [1, '1.00 ns'],
    [999, '999 ns'],
    [1000, '1.00 µs'],
    [1_234_567, '1.23 ms'],
    [999_499, '999 µs'],
    [999_600, '1.00 ms'],
    [45_600_000, '45.6 ms'],
    [1e9, '1.00 s'],
    [123e9, '123 s'],
    [4567e9, '4,567 s'],
    [-1500, '-1.50 µs'],
  ])('%d ns is %s', (time, text) => {
    expect(formatDuration(time)).toBe(text);
  });

  it('read back within half a per cent', () => {
    const lengths: Record<string, number> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e15 }), (time) => {
        const [number = '', unit = ''] = formatDuration(time).split(' ');
        const back = Number(number.replaceAll(',', '')) * (lengths[unit] ?? NaN);
        expect(Math.abs(back / time - 1)).toBeLessThanOrEqual(0.005);
      }),
    );
  });

  it('choose the largest unit of which there is one', () => {
    expect(unitFor(0).name).toBe('ns');
    expect(unitFor(1e6 - 1).name).toBe('µs');
    expect(unitFor(1e6).name).toBe('ms');
    expect(unitFor(-2e9).name).toBe('s');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.05214, '0.0521'],
    [1.239, '1.24'],
    [12, '12.0'],
    [999.6, '1,000'],
    [1_190_000, '1,190,000'],
    [NaN, '–'],
    [Infinity, '–'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('counts are grouped', () => {
    expect(formatCount(41_204)).toBe('41,204');
  });

  it('so many of something are named by how many they are', () => {
    expect(formatCounted(1, 'task')).toBe('1 task');
    expect(formatCounted(0, 'task')).toBe('0 tasks');
    expect(formatCounted(41_204, 'matrix', 'matrices')).toBe('41,204 matrices');
    expect([0.5, 1, 1.25, 8].map(formatCores)).toEqual([
      '0.5 cores',
      '1 core',
      '1.25 cores',
      '8 cores',
    ]);
  });

  it.each([
    [0, '0 %'],
    [0.004, '0.4 %'],
    [0.0994, '9.9 %'],
    [0.0996, '10 %'],
    [0.89, '89 %'],
    [1, '100 %'],
    [NaN, '–'],
  ])('the share %d is %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [6_553_600, '6.55 MB'],
    [2 ** 32, '4.29 GB'],
    [2e12, '2.00 TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

it.each([
  [1e-10, '0.0000000001'],
  [0.5, '0.5'],
  [-3, '-3'],
  [1_000_000, '1000000'],
  [2 ** 49, '562949953421312'],
  [Number.MAX_VALUE, undefined],
  [NaN, undefined],
])('%d is %s in plain digits', (value, digits) => {
  expect(plainDecimal(value)).toBe(digits);
});

describe('a rough duration', () => {
  it.each([
    [0.4e6, '400 µs'],
    [32e6, '30 ms'],
    [0.96e9, '1 s'],
    [3.1e9, '3 s'],
    [47e9, '50 s'],
    [100e9, '2 min'],
    [3500e9, '60 min'],
    [4 * 3600e9, '4 h'],
    [40 * 3600e9, '2 days'],
  ])('of %d ns is %s', (timeNs, text) => {
    expect(formatRoughDuration(timeNs)).toBe(text);
  });
});
