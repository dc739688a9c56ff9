import { describe, expect, it, vi } from 'vitest';
import { MemoryError } from '../../src/engine/index.js';
import { RunMemory } from '../../src/engine/run-memory.js';
import { layoutOf } from '../../src/memory/layout.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { smallRun } from '../fixtures/parameters.js';

const PAGE_BYTES = 2 ** 16;

/** A memory to which the system gives so many bytes and no more. */
function limitedTo(bytes: number): RunMemory {
  const runMemory = new RunMemory();
  const { memory } = runMemory;
  const grow = memory.grow.bind(memory);
  vi.spyOn(memory, 'grow').mockImplementation((pages) => {
    if (memory.buffer.byteLength + pages * PAGE_BYTES > bytes) throw new RangeError('no more');
    return grow(pages);
  });
  return runMemory;
}

function refusal(memory: RunMemory, parameters: Parameters): string {
  try {
    memory.reserve(parameters);
  } catch (error) {
    if (error instanceof MemoryError) return error.message;
  }
  throw new Error('the run was not refused');
}

/** The numbers that a refusal advises. */
function advised(message: string): { matrices: number; size: number } {
  const found = /Take at most ([\d,]+) matri\S+, or a size of ([\d,]+) × /.exec(message);
  const [matrices = NaN, size = NaN] = (found?.slice(1) ?? []).map((text) =>
    Number(text.replaceAll(',', '')),
  );
  return { matrices, size };
}

describe('a run for which the system gives too little memory', () => {
  const large = smallRun({ matrices: 400, size: 512 });

  it.each([64e6, 150e6, 300e6])('of %i bytes is told what would fit, and that fits', (bytes) => {
    expect(layoutOf(large).totalBytes).toBeGreaterThan(300e6);
    const memory = limitedTo(bytes);
    const { matrices, size } = advised(refusal(memory, large));
    expect(matrices).toBeGreaterThan(0);
    expect(size).toBeGreaterThan(0);
    memory.reserve({ ...large, matrices });
    memory.reserve({ ...large, size });
    // It is nearly the most.
    expect(
      layoutOf({ ...large, matrices: Math.ceil(1.05 * matrices) + 1 }).totalBytes,
    ).toBeGreaterThan(0.97 * bytes);
  });

  it('of sleeps is told no size', () => {
    const sleeps = smallRun({ workload: 'sleep', matrices: 1_000_000 });
    const message = refusal(limitedTo(30e6), sleeps);
    expect(message).toMatch(/Take at most [\d,]+ matrices\.$/);
  });

  it('is told to take less where even the least does not fit', () => {
    expect(refusal(limitedTo(PAGE_BYTES), smallRun({ threads: 64 }))).toMatch(
      /Take fewer matrices or smaller ones\.$/,
    );
  });
});
