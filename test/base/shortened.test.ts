import { expect, it } from 'vitest';
import { shortened } from '../../src/base/shortened.js';

it('keeps what a text begins and ends with', () => {
  expect(shortened('abcdefghij', 10)).toBe('abcdefghij');
  expect(shortened('abcdefghij', 7)).toBe('abc…hij');
  expect(shortened('abcdefghij', 2)).toBe('a…');
});
