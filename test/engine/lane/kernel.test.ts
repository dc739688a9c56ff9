import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { compileFunction } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadKernelModule } from '../../../src/engine/kernel-module.js';
import { withV8Flags } from '../../../src/engine/v8-flags.js';
import { instantiateKernel } from '../../../src/engine/lane/kernel.js';
import {
  ARENA,
  ATTENTION,
  KERNELS,
  OneMatrix,
  SIZES,
  expectClose,
  loadBuilds,
  onBothConvergences,
  problem,
  symmetrized,
} from '../../fixtures/one-matrix.js';
import { referenceMatrix, referencePowerMethod } from '../../reference/index.js';
import { distance, multiplied, normalized, unitVector } from '../../reference/power-method.js';

const builds = await loadBuilds();

/** A thread that raises a word of the memory and lowers it, again and again, once it has begun. */
async function startToggler(memory: WebAssembly.Memory, address: number): Promise<Worker> {
  const source = `const { workerData: { memory, index }, parentPort } = require('node:worker_threads');
    const words = new Int32Array(memory.buffer);
    parentPort.postMessage('begun');
    for (;;) Atomics.xor(words, index, 1);`;
  const toggler = new Worker(source, { eval: true, workerData: { memory, index: address / 4 } });
  await new Promise((resolve) => toggler.once('message', resolve));
  return toggler;
}

/** Whether V8 has a function of WebAssembly as its optimising compiler made it. */
function isOptimised(f: (...parameters: never[]) => unknown): boolean {
  return withV8Flags({ 'allow-natives-syntax': true }, () => {
    const ask = compileFunction('return %IsTurboFanFunction(f)', ['f']) as (
      asked: unknown,
    ) => boolean;
    return ask(f);
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('is there in both builds', () => {
  expect(builds.map(({ build }) => build)).toEqual(['kernel.simd.wasm', 'kernel.relaxed.wasm']);
});

describe('loadKernelModule', () => {
  it('takes relaxed SIMD where the engine knows it', async () => {
    const { module, build } = await loadKernelModule(KERNELS);
    expect(build).toBe('relaxed SIMD');
    expect(WebAssembly.Module.imports(module)).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ]);
  });

  it('takes plain SIMD where it does not', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const compile = vi.spyOn(WebAssembly, 'Module');
    const { build } = await loadKernelModule(KERNELS);
    expect(build).toBe('SIMD');
    const plain = await readFile(new URL('kernel.simd.wasm', KERNELS));
    expect(compile.mock.calls).toEqual([[plain]]);
  });

  it('has it optimised before the first call', async () => {
    const { module } = await loadKernelModule(KERNELS);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
    const { generate, iterate } = instantiateKernel(module, memory);
    expect([generate, iterate].map(isOptimised)).toEqual([true, true]);
  });
});

describe('instantiateKernel', () => {
  it('refuses a module that lacks the functions', () => {
    // The smallest module: magic number and version.
    const empty = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    expect(() => instantiateKernel(empty, memory)).toThrow(/lacks a function/);
  });
});

describe.each(builds)('$build', ({ module, kernel, memory }) => {
  describe('begin', () => {
    it.each(SIZES)('is at the first unit vector at size %i', (size) => {
      const one = new OneMatrix(kernel, memory, size);
      expect(one.getVector(one.a)).toEqual(unitVector(size));
      expect(one.padding(one.a).every((value) => value === 0)).toBe(true);
      expect(kernel.lastError()).toBe(Infinity);
    });
  });

  describe('product', () => {
    it.each(SIZES)('is that of plain loops at size %i', (size) => {
      const one = new OneMatrix(kernel, memory, size);
      const matrix = referenceMatrix(1, 1, size, 0);
      const x = [...referenceMatrix(2, 1, size, 0).subarray(0, size)];
      one.setMatrix(matrix);
      one.setVector(one.a, x);
      expect(kernel.product()).toBe(1);
      expectClose(one.getVector(one.c), multiplied(matrix, x), Math.sqrt(size));
      expect(one.padding(one.c).every((value) => value === 0)).toBe(true);
    });

    it('is that of plain loops for random matrices', () => {
      fc.assert(
        fc.property(problem, ({ size, drawn, x }) => {
          const matrix = symmetrized(drawn, size);
          const one = new OneMatrix(kernel, memory, size);
          one.setMatrix(matrix);
          one.setVector(one.a, x);
          kernel.product();
          expectClose(one.getVector(one.c), multiplied(matrix, x), Math.sqrt(size));
        }),
      );
    });

    it('leaves when attention is asked for, and goes on later', () => {
      const one = new OneMatrix(kernel, memory, 7);
      one.generate(1);
      one.attention = 1;
      expect(kernel.product()).toBe(0);
      one.attention = 0;
      expect(kernel.product()).toBe(1);
    });

    it('works at the end of a memory of 4 GiB, beyond 2^31', { timeout: 60_000 }, () => {
      const whole = new WebAssembly.Memory({ initial: 65_536, maximum: 65_536, shared: true });
      const size = 9;
      const bytes = new OneMatrix(kernel, memory, size).end - ARENA;
      const highKernel = instantiateKernel(module, whole);
      const high = new OneMatrix(highKernel, whole, size, 2 ** 32 - bytes);
      expect(high.end).toBe(2 ** 32);
      expect(high.generate(3)).toBe(1);
      expect(highKernel.iterate(1e-10, 10_001, 1)).toBeLessThan(10_001);
      const low = new OneMatrix(kernel, memory, size);
      low.generate(3);
      kernel.iterate(1e-10, 10_001, 1);
      expect(high.finish()).toEqual(low.finish());
    });
  });

  describe('update', () => {
    it('is how far unit vectors move for random vectors, either way round', () => {
      fc.assert(
        fc.property(problem, ({ size, drawn, x }) => {
          const y = drawn.slice(0, size);
          for (const vector of [x, y]) fc.pre(vector.some((value) => Math.abs(value) > 1e-3));
          const expected = normalized(y);
          const minus = distance(normalized(x), expected);
          const plus = distance(
            normalized(x),
            expected.map((value) => -value),
          );
          onBothConvergences((_, flag) => {
            const one = new OneMatrix(kernel, memory, size);
            one.setVector(one.a, x);
            one.setVector(one.c, y);
            const error = kernel.update(flag);
            expect(kernel.lastError()).toBe(error);
            expectClose([error], [flag ? Math.min(minus, plus) : minus], Math.sqrt(size));
          });
        }),
      );
    });

    it('gives what is no number for a zero vector, as NumPy does', () => {
      const one = new OneMatrix(kernel, memory, 3);
      one.setVector(one.c, [0, 0, 0]);
      expect(kernel.update(0)).toBeNaN();
    });

    it.each([1e-20, 1e20])('keeps digits while lengths go far from 1: by %d a step', (factor) => {
      const matrix = [2, 1, 1, 3].map((value) => value * factor);
      const one = new OneMatrix(kernel, memory, 2);
      one.setMatrix(matrix);
      for (let step = 0; step < 40; step += 1) {
        kernel.product();
        kernel.update(0);
      }
      const expected = (5 + Math.sqrt(5)) / 2;
      expect(one.finish().rayleigh / factor).toBeCloseTo(expected, 12);
    });
  });

  describe('interpret', () => {
    it.each([0, 1, 255, 256, 257, 100_000])('does %i turns to the last', (turns) => {
      new OneMatrix(kernel, memory, 1);
      expect(kernel.interpret(turns, ATTENTION)).toBe(0);
    });

    it('does none while attention is asked for', () => {
      new OneMatrix(kernel, memory, 1).attention = 2;
      expect(kernel.interpret(1000, ATTENTION)).toBe(1000);
    });

    it('leaves within few turns when attention is asked for, and goes on with what is left', async () => {
      new OneMatrix(kernel, memory, 1);
      const toggler = await startToggler(memory, ATTENTION);
      const calls: number[] = [];
      // However the threads are given cores: until it was left in the midst often enough.
      while (calls.length < 20) {
        const left = kernel.interpret(1e9, ATTENTION);
        if (left > 0 && left < 1e9) calls.push(left);
      }
      await toggler.terminate();
      for (const left of calls) expect((1e9 - left) % 256).toBe(0);
    });
  });

  describe('iterate and finish', () => {
    it.each(SIZES)('agree with the reference at size %i', (size) => {
      const matrix = referenceMatrix(42, 1, size, 0);
      onBothConvergences((convergence, flag) => {
        const options = { epsilon: 1e-10, maxIterations: 2_000, convergence };
        const expected = referencePowerMethod(matrix, size, options);
        const one = new OneMatrix(kernel, memory, size);
        one.setMatrix(matrix);
        const iterations = kernel.iterate(options.epsilon, options.maxIterations + 1, flag);
        const converged = kernel.lastError() < options.epsilon;
        expect(converged).toBe(expected.converged);
        const leeway = converged ? 2 : 0;
        expect(Math.abs(iterations - expected.iterations)).toBeLessThanOrEqual(leeway);
        const { eigenvalue, rayleigh, residual } = one.finish();
        expect(Math.abs(rayleigh / expected.rayleigh - 1)).toBeLessThan(1e-9);
        expect(Math.abs(eigenvalue / expected.eigenvalue - 1)).toBeLessThan(1e-9);
        expect(Math.abs(residual - expected.residual)).toBeLessThan(1e-9);
      });
    });

    it('give bit for bit the same in pieces, or step by step from outside', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 40 }),
          fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
          (size, pieces) => {
            const steps = pieces.reduce((sum, piece) => sum + piece, 0);
            const run = (work: () => void) => {
              const one = new OneMatrix(kernel, memory, size);
              one.generate(5);
              work();
              return [kernel.lastError(), ...Object.values(one.finish())];
            };
            // No error is below zero, so that only the budget ends it.
            const whole = run(() => {
              expect(kernel.iterate(-1, steps, 0)).toBe(steps);
            });
            const inPieces = run(() => {
              for (const piece of pieces) expect(kernel.iterate(-1, piece, 0)).toBe(piece);
            });
            expect(inPieces).toEqual(whole);
            const byHand = run(() => {
              for (let step = 0; step < steps; step += 1) {
                kernel.product();
                kernel.update(0);
              }
            });
            expect(byHand).toEqual(whole);
          },
        ),
      );
    });

    it('give bit for bit the same where attention takes them out of products', async () => {
      const begin = () => {
        const one = new OneMatrix(kernel, memory, 128);
        one.generate(5);
        return one;
      };
      const interrupted = begin();
      const toggler = await startToggler(memory, ATTENTION);
      let steps = 0;
      let left = 0;
      // However the threads are given cores: until both have come about often enough.
      while (left < 1000 || steps < 1000) {
        const taken = kernel.iterate(-1, 10, 0);
        steps += taken;
        if (taken < 10) left += 1;
      }
      await toggler.terminate();
      const found = [kernel.lastError(), interrupted.finish()];

      const whole = begin();
      kernel.iterate(-1, steps, 0);
      expect(found).toEqual([kernel.lastError(), whole.finish()]);
    });

    it('do nothing without a budget', () => {
      new OneMatrix(kernel, memory, 7).generate(1);
      kernel.iterate(-1, 3, 0);
      const before = kernel.lastError();
      expect(kernel.iterate(-1, 0, 0)).toBe(0);
      expect(kernel.lastError()).toBe(before);
    });

    it('do nothing while attention is asked for', () => {
      const one = new OneMatrix(kernel, memory, 7);
      one.generate(1);
      kernel.iterate(-1, 3, 0);
      const before = kernel.lastError();
      one.attention = 2;
      expect(kernel.iterate(-1, 3, 0)).toBe(0);
      expect(kernel.lastError()).toBe(before);
    });

    it('never converge strictly where the dominant eigenvalue is negative', () => {
      const diagonal = [0.5, 0, 0, 0, -2, 0, 0, 0, 0.25];
      const coupled = diagonal.map((value, at) => (at === 1 || at === 3 ? 0.1 : value));
      const strict = new OneMatrix(kernel, memory, 3);
      strict.setMatrix(coupled);
      expect(kernel.iterate(1e-10, 501, 0)).toBe(501);
      expect(kernel.lastError()).toBeCloseTo(2, 9);
      const { rayleigh } = strict.finish();
      const signAware = new OneMatrix(kernel, memory, 3);
      signAware.setMatrix(coupled);
      expect(kernel.iterate(1e-10, 501, 1)).toBeLessThan(50);
      expect(signAware.finish().rayleigh).toBeCloseTo(rayleigh, 12);
    });

    it('end where the error is no number', () => {
      const one = new OneMatrix(kernel, memory, 2);
      one.setMatrix([0, 0, 0, 0]);
      expect(kernel.iterate(1e-10, 100, 0)).toBe(1);
      expect(kernel.lastError()).toBeNaN();
    });

    it('give the infinite mean of NumPy where an element of x is zero', () => {
      const one = new OneMatrix(kernel, memory, 2);
      one.setMatrix([1, 0.5, 0.5, 1]);
      expect(one.finish()).toEqual({ eigenvalue: Infinity, rayleigh: 1, residual: 0.5 });
    });
  });
});
