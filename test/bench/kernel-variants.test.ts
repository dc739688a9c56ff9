import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { withoutLooks } from '../../bench/measure/kernel-variants.js';
import { once } from '../../bench/measure/runs.js';
import { iterations, soloLane } from '../../bench/measure/solo-lane.js';
import { KERNEL_FILES } from '../../src/engine/kernel-module.js';
import { ATTENTION, CONTROL, vectorsOf } from '../../src/memory/layout.js';
import { compileOptimised } from '../../src/engine/optimised-module.js';
import { instantiateKernel } from '../../src/engine/lane/kernel.js';
import { builtKernel } from '../fixtures/engine.js';

it('makes a kernel that computes the same and never leaves', async () => {
  const kernel = await builtKernel();
  const bytes = await readFile(resolve('out/kernel', KERNEL_FILES[kernel.build]));
  const size = 9;
  const { kernel: looking, memory, prepared } = soloLane(kernel, once(1, { size, matrices: 1 }));
  const blind = instantiateKernel(compileOptimised(withoutLooks(bytes)), memory);
  const { result } = vectorsOf(prepared.layout, 0);
  const results = new Float64Array(memory.buffer, result, 3);

  iterations(looking, prepared.layout, size)(7);
  looking.finish(result);
  const expected = [...results];

  Atomics.store(new Int32Array(memory.buffer), CONTROL.attention, ATTENTION.stop);
  iterations(looking, prepared.layout, size)(7);
  expect(looking.lastError()).toBe(Infinity);
  iterations(blind, prepared.layout, size)(7);
  blind.finish(result);
  expect([...results]).toEqual(expected);
});

it('knows a kernel that looks in another way', () => {
  expect(() => withoutLooks(new Uint8Array([0, 1, 2]))).toThrow('does not know');
});
