import { describe, expect, it } from 'vitest';
import { formatLongTime, parseLongTime } from '../../src/base/long-times.js';

describe('a long time', () => {
  it.each([
    [0, '0.0 s'],
    [0.42e9, '0.4 s'],
    [0.97e9, '1 s'],
    [45.4e9, '45 s'],
    [59.6e9, '1 min'],
    [125e9, '2 min 5 s'],
    [120e9, '2 min'],
    [3599.9e9, '1 h'],
    [12_000e9, '3 h 20 min'],
    [86_399e9, '1 d'],
    [100_000e9, '1 d 4 h'],
  ])('of %d ns is %s', (ns, text) => {
    expect(formatLongTime(ns)).toBe(text);
  });

  it.each([
    ['90s', 90e9],
    ['10min', 600e9],
    ['10m', 600e9],
    ['1h30m', 5400e9],
    ['1 h 30 min', 5400e9],
    ['1.5h', 5400e9],
    ['500ms', 0.5e9],
    ['2d', 172_800e9],
  ])('is read from %s', (text, ns) => {
    expect(parseLongTime(text)).toBe(ns);
  });

  it.each([
    '',
    ' ',
    '10',
    's',
    '0s',
    '-5s',
    '10 parsecs',
    '1h30',
    '5s!',
    '1e3s',
    'constructor',
    '5toString',
  ])('is not read from "%s"', (text) => {
    expect(parseLongTime(text)).toBeNull();
  });
});
