import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkOf, flopsPerProduct, laneCount } from '../../src/experiment/plan.js';
import { smallRun } from '../fixtures/parameters.js';

describe('chunks', () => {
  it('are contiguous, larger ones first', () => {
    const chunks = [0, 1, 2].map((lane) => chunkOf(11, 3, lane));
    expect(chunks).toEqual([
      { first: 0, end: 4 },
      { first: 4, end: 8 },
      { first: 8, end: 11 },
    ]);
  });

  it('partition the tasks, and differ by one at most', () => {
    const tasks = fc.integer({ min: 1, max: 1_000_000 });
    const lanes = fc.integer({ min: 1, max: 256 });
    fc.assert(
      fc.property(tasks, lanes, (taskCount, count) => {
        const chunks = Array.from({ length: count }, (_, lane) => chunkOf(taskCount, count, lane));
        const sizes = chunks.map(({ first, end }) => end - first);
        expect(chunks[0]?.first).toBe(0);
        expect(chunks.at(-1)?.end).toBe(taskCount);
        chunks.slice(1).forEach(({ first }, index) => {
          expect(first).toBe(chunks[index]?.end);
        });
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('a serial run has one lane, another one a thread', () => {
  expect(laneCount(smallRun({ scheduler: 'serial', threads: 8 }))).toBe(1);
  expect(laneCount(smallRun({ scheduler: 'dynamic', threads: 8 }))).toBe(8);
});

it('a product multiplies and adds once an element', () => {
  expect(flopsPerProduct(64)).toBe(8192);
});
