import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryError } from '../../src/engine/index.js';
import { spanRoom } from '../../src/engine/memory-budget.js';
import { MEMORY_BYTES_MAX, layoutOf } from '../../src/memory/layout.js';
import { TIMING_BYTES } from '../../src/experiment/task-table.js';
import { formatBytes } from '../../src/base/units.js';
import { smallRun } from '../fixtures/parameters.js';

const state = (freeBytes: number, heldBytes = 0) => ({ freeBytes, heldBytes, newWorkers: 2 });

describe('the memory of a run', () => {
  it('leaves room for spans of what its matrices, timings and workers leave, and less of less', () => {
    const run = smallRun({ lock: 'gil-released', matrices: 3000, size: 8 });
    const room = spanRoom([run], state(700e6));
    const { totalBytes } = layoutOf(run);
    expect(room).toBeGreaterThan(10e6);
    // Kept, exported and shown they fit beside all else.
    expect(2 * room + totalBytes).toBeLessThan(700e6);
    expect(spanRoom([run], state(400e6))).toBeLessThan(room);
    expect(spanRoom([run], { ...state(700e6), newWorkers: 20 })).toBeLessThan(room);
    expect(spanRoom([run, run, run, run], state(700e6))).toBeLessThan(room);
  });

  it('leaves none for spans where there is just enough for the rest', () => {
    const run = smallRun({ size: 512 });
    const { totalBytes } = layoutOf(run);
    const enough = leastFree((freeBytes) => spanRoom([run], state(freeBytes)));
    expect(enough).toBeGreaterThan(totalBytes);
    expect(spanRoom([run], state(enough))).toBe(0);
  });

  it('counts what is held already', () => {
    const run = smallRun({ size: 512 });
    const { totalBytes } = layoutOf(run);
    const enough = leastFree((freeBytes) => spanRoom([run], state(freeBytes)));
    expect(() => spanRoom([run], state(enough - totalBytes, totalBytes))).not.toThrow();
  });

  it('refuses what does not fit, with the bytes that it needs and those that there are', () => {
    const run = smallRun({ size: 512 });
    const { totalBytes } = layoutOf(run);
    expect(() => spanRoom([run], state(90e6))).toThrow(MemoryError);
    expect(() => spanRoom([run], state(90e6))).toThrow(
      new RegExp(
        `needs ${formatBytes(totalBytes)} of shared memory and there are \\S+ MB. ` +
          'Take at most \\d+ matrices, or a size of \\d+ × \\d+\\.',
      ),
    );
  });

  it('refuses threads that do not fit', () => {
    const crowd = { freeBytes: 1e9, heldBytes: 0, newWorkers: 256 };
    expect(() => spanRoom([smallRun()], crowd)).toThrow(
      'needs 2.11 GB of memory for its threads and there are 1.00 GB. Take at most 117 threads.',
    );
    expect(() => spanRoom([smallRun()], state(0))).toThrow('there are 0 B');
  });

  it('refuses more than one shared memory can have, however much there is', () => {
    const huge = smallRun({ matrices: 1_000_000, size: 4096 });
    expect(() => spanRoom([huge], state(Infinity))).toThrow(
      `there are ${formatBytes(MEMORY_BYTES_MAX)}`,
    );
  });

  it('refuses timings that do not fit, of one run or of several that are kept together', () => {
    const long = smallRun({ matrices: 1_000_000, size: 1, repeats: 60 });
    const timings = 60e6 * TIMING_BYTES;
    expect(() => spanRoom([long], state(timings + 2e9))).not.toThrow();
    expect(() => spanRoom([long, long], state(timings + 2e9))).toThrow(
      new RegExp(
        `${formatBytes(2 * timings)} .* for its timings .* Take at most \\S+ matrices, or \\d+ repeats`,
      ),
    );
  });

  it('is never promised twice', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 4e9 }),
        fc.nat({ max: 1e9 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 600 }),
        (freeBytes, heldBytes, matrices, size) => {
          const run = smallRun({ matrices, size });
          let room = 0;
          try {
            room = spanRoom([run], { freeBytes, heldBytes, newWorkers: 2 });
          } catch (error) {
            expect(error).toBeInstanceOf(MemoryError);
          }
          const grows = room === 0 ? 0 : Math.max(0, layoutOf(run).totalBytes - heldBytes);
          expect(grows + 2 * room).toBeLessThanOrEqual(freeBytes);
        },
      ),
    );
  });
});

/** The least memory with which something is not refused, to the byte. */
function leastFree(attempt: (freeBytes: number) => unknown): number {
  let [low, high] = [0, 4e9];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    try {
      attempt(middle);
      high = middle;
    } catch {
      low = middle;
    }
  }
  return high;
}
