import { expect, it } from 'vitest';
import { magnifiedLevel } from '../../src/main/magnification.js';

it('magnification goes by half levels from a half to three times, and back to normal', () => {
  expect(magnifiedLevel(0, 'larger')).toBe(0.5);
  expect(magnifiedLevel(0.5, 'smaller')).toBe(0);
  expect(magnifiedLevel(2.5, 'normal-size')).toBe(0);
  // A level of another's, such as a browser's 125 %, joins the steps.
  expect(magnifiedLevel(1.22, 'larger')).toBe(1.5);
  expect(magnifiedLevel(6, 'larger')).toBe(6);
  expect(magnifiedLevel(-4, 'smaller')).toBe(-4);
  expect(1.2 ** 6).toBeCloseTo(3, 1);
  expect(1.2 ** -4).toBeCloseTo(0.5, 1);
});
