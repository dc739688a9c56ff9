import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberStepOf, steppedNumber } from '../../../src/renderer/ui/number-steps.js';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false };
const step = (key: string) => {
  const found = numberStepOf({ key, ...none });
  if (found === undefined) throw new Error(`${key} steps nothing`);
  return found;
};

const WHOLE = { min: 1, max: 256, whole: true };
const TIME = { min: 0.1, max: 1000, whole: false };
const EPSILON = { min: 0, max: Number.MAX_VALUE, whole: false, exclusiveMin: true } as const;

describe('a step of a number', () => {
  it.each([
    [5, 'ArrowUp', WHOLE, 6],
    [5, 'ArrowDown', WHOLE, 4],
    [5, 'PageUp', WHOLE, 15],
    [5, 'PageDown', WHOLE, 1],
    [1, 'ArrowDown', WHOLE, 1],
    [250, 'PageUp', WHOLE, 256],
    [5, 'ArrowUp', TIME, 6],
    [1, 'ArrowUp', TIME, 2],
    [1, 'ArrowDown', TIME, 0.9],
    [0.9, 'ArrowUp', TIME, 1],
    [0.2, 'ArrowUp', TIME, 0.3],
    [0.1, 'ArrowDown', TIME, 0.1],
    [0.5, 'PageUp', TIME, 5],
    [0.5, 'PageDown', TIME, 0.1],
    [1e-10, 'ArrowUp', EPSILON, 2e-10],
    [1e-10, 'ArrowDown', EPSILON, 9e-11],
    [9e-11, 'ArrowUp', EPSILON, 1e-10],
    [1e-10, 'PageUp', EPSILON, 1e-9],
    [1e-10, 'PageDown', EPSILON, 1e-11],
    [5, 'PageDown', EPSILON, 5],
    [-5, 'ArrowUp', { min: -10, max: 10, whole: true }, -4],
    [0, 'ArrowUp', TIME, 1],
  ])('from %d by %s', (value, key, bounds, next) => {
    expect(steppedNumber(value, step(key), bounds)).toBe(next);
  });

  it('stays within the bounds', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'PageUp', 'PageDown');
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1000, noNaN: true }), keys, (value, key) => {
        const next = steppedNumber(value, step(key), TIME);
        expect(next).toBeGreaterThanOrEqual(TIME.min);
        expect(next).toBeLessThanOrEqual(TIME.max);
      }),
    );
  });

  it('is asked for by arrows and pages without a modifier alone', () => {
    expect(numberStepOf({ key: 'ArrowLeft', ...none })).toBeUndefined();
    expect(numberStepOf({ key: 'ArrowUp', ...none, shiftKey: true })).toBeUndefined();
    expect(numberStepOf({ key: 'ArrowUp', ...none, isComposing: true })).toBeUndefined();
  });
});
