import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementIndex, matrixLength, strideOf } from '../../src/memory/stride.js';

const sizes = fc.integer({ min: 1, max: 40 });

describe('the layout of matrices', () => {
  it.each([
    { size: 1, stride: 4, length: 16 },
    { size: 4, stride: 4, length: 16 },
    { size: 5, stride: 8, length: 48 },
    { size: 64, stride: 64, length: 2176 },
    { size: 4096, stride: 4096, length: 8_396_800 },
  ])('of size $size has stride $stride and $length doubles', ({ size, stride, length }) => {
    expect(strideOf(size)).toBe(stride);
    expect(matrixLength(size)).toBe(length);
  });

  it('draws the picture of three blocks a side', () => {
    const blockOf = (row: number, column: number) => Math.floor(elementIndex(12, row, column) / 16);
    expect([0, 4, 8].map((row) => [0, 4, 8].map((column) => blockOf(row, column)))).toEqual([
      [0, 1, 2],
      [1, 3, 4],
      [2, 4, 5],
    ]);
  });

  it('gives each element of the upper triangle a place of its own, within the length', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const places = new Set<number>();
        for (let row = 0; row < size; row += 1) {
          for (let column = row; column < size; column += 1) {
            places.add(elementIndex(size, row, column));
          }
        }
        expect(places.size).toBe((size * (size + 1)) / 2);
        expect(Math.max(...places)).toBeLessThan(matrixLength(size));
      }),
    );
  });
});
