import { describe, expect, it } from 'vitest';
import { exactNumber } from '../../src/base/exact-number.js';

describe('an exact number', () => {
  it.each([
    ['12', 12],
    ['1e3', 1000],
    ['+0.5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-1', -1],
    ['2.5E-3', 0.0025],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['00012.500e1', 125],
    ['1200e-2', 12],
    ['-0', -0],
    ['0.000', 0],
    ['0.1000000000000000055511151231257827', 0.1],
  ])('is %s', (text, value) => {
    expect(exactNumber(text)).toBe(value);
  });

  it.each(['9007199254740993', '4.0000000000000000001', '1e400', '-1e400', '1e-400'])(
    'is not %s, which would be rounded to another',
    (text) => {
      expect(exactNumber(text)).toBeNull();
    },
  );

  it.each(['', '.', 'e3', '1,5', '0x10', 'NaN', 'Infinity', ' 5', '1_0', '٥'])(
    'is not "%s"',
    (text) => {
      expect(exactNumber(text)).toBeNull();
    },
  );
});
