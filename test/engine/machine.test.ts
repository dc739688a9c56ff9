import { afterEach, expect, it, vi } from 'vitest';
import { MemoryError } from '../../src/engine/index.js';
import { describeMachine, memoryBytes } from '../../src/engine/machine.js';
import { RunMemory } from '../../src/engine/run-memory.js';
import { smallRun } from '../fixtures/parameters.js';

afterEach(() => {
  vi.restoreAllMocks();
});

it.each([
  ['less than the machine has', 2e9, 2e9],
  ['none, said as 0', 0, 8e9],
  ['none, of which nothing is said', undefined, 8e9],
  ['none, said as more than there can be', 2 ** 64, 8e9],
])('with a limit of %s', (_, limitBytes, expected) => {
  expect(memoryBytes(8e9, () => limitBytes)).toBe(expected);
});

it('a limit holds for the machine that is told of and for the runs on it', () => {
  vi.spyOn(process, 'constrainedMemory').mockReturnValue(1e6);
  expect(describeMachine('SIMD').memoryBytes).toBe(1e6);
  const reserve = () => {
    new RunMemory().reserve(smallRun({ size: 512 }));
  };
  expect(reserve).toThrow(MemoryError);
  expect(reserve).toThrow('there are 1,000,000 bytes');
});
