import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writePcg64 } from '../../../src/base/pcg64.js';
import { GENERATOR, OneMatrix, SIZES, loadBuilds } from '../../fixtures/one-matrix.js';
import { referenceMatrix } from '../../reference/index.js';

const builds = await loadBuilds();

describe.each(builds)('$build', ({ kernel, memory }) => {
  describe('generate', () => {
    it.each(SIZES)('gives the bits of NumPy and zero padding at size %i', (size) => {
      const one = new OneMatrix(kernel, memory, size);
      expect(one.generate(42, 3)).toBe(1);
      const expected = referenceMatrix(42, 4, size, 3);
      expect(one.getMatrix()).toEqual([...expected]);
      const stored = [...one.stored()];
      one.setMatrix(expected);
      expect(stored).toEqual([...one.stored()]);
    });

    it('jumps to any draw a run can need', () => {
      const size = 5;
      fc.assert(
        fc.property(
          fc.maxSafeNat(),
          fc.integer({ min: 0, max: Math.floor((2 ** 53 - 1) / size ** 2) }),
          (seed, index) => {
            const one = new OneMatrix(kernel, memory, size);
            one.generate(seed, index);
            expect(one.getMatrix()).toEqual([...referenceMatrix(seed, Infinity, size, index)]);
          },
        ),
        { numRuns: 50 },
      );
    });

    it('leaves the generator as it is', () => {
      const one = new OneMatrix(kernel, memory, 9);
      one.generate(7);
      const words = new BigUint64Array(4);
      writePcg64(words, 7);
      expect(new BigUint64Array(memory.buffer, GENERATOR, 4)).toEqual(words);
    });

    it('leaves at once when attention is asked for', () => {
      const one = new OneMatrix(kernel, memory, 9);
      writePcg64(new BigUint64Array(memory.buffer, GENERATOR, 4), 7);
      one.attention = 1;
      expect(one.generate(7)).toBe(0);
      one.attention = 0;
      expect(one.generate(7)).toBe(1);
    });
  });
});
