import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadKernelModule } from '../../src/main/engine/kernel-module.js';
import { writePcg64 } from '../../src/shared/pcg64.js';
import { elementIndex, matrixLength, strideOf } from '../../src/shared/stride.js';
import { instantiateKernel, type Kernel } from '../../src/workers/kernel.js';
import { referenceMatrix, referencePowerMethod } from '../reference/index.js';
import { distance, multiplied, normalized, unitVector } from '../reference/power-method.js';

const KERNELS = new URL('../../out/kernel/', import.meta.url);

const ATTENTION = 1024;
const GENERATOR = 2048;
const RESULT = 2112;
const ARENA = 4096;

const SIZES = [...Array.from({ length: 17 }, (_, i) => i + 1), 33, 64, 100, 129];

/** One matrix, its vectors and a kernel over them, laid out as main does: cache line by line. */
class Bench {
  readonly kernel: Kernel;
  readonly memory: WebAssembly.Memory;
  readonly size: number;
  readonly stride: number;
  readonly matrix: number;
  readonly x: number;
  readonly y: number;
  readonly end: number;

  constructor(kernel: Kernel, memory: WebAssembly.Memory, size: number, arena = ARENA) {
    this.kernel = kernel;
    this.memory = memory;
    this.size = size;
    this.stride = strideOf(size);
    this.matrix = arena;
    this.x = alignUp(arena + matrixLength(size) * 8);
    this.y = alignUp(this.x + this.stride * 8);
    this.end = alignUp(this.y + this.stride * 8);
    // Whatever was there before must not matter.
    new Float64Array(memory.buffer, arena, (this.end - arena) / 8).fill(NaN);
    this.attention = 0;
    kernel.start(size, this.stride, this.x);
  }

  set attention(value: number) {
    new Int32Array(this.memory.buffer)[ATTENTION / 4] = value;
  }

  generate(seed: number, index = 0): 0 | 1 {
    writePcg64(new BigUint64Array(this.memory.buffer, GENERATOR, 4), seed);
    const first = index * this.size ** 2;
    const { kernel, matrix, size, stride } = this;
    return kernel.generate(matrix, size, stride, GENERATOR, first, ATTENTION);
  }

  /** Puts a full matrix, row by row, into its place in blocks, with zero padding. */
  setMatrix(full: ArrayLike<number>): void {
    const stored = this.stored();
    stored.fill(0);
    for (let at = 0; at < full.length; at += 1) {
      stored[this.#indexOf(at)] = full[at] ?? NaN;
    }
  }

  /** The matrix in full, row by row. */
  getMatrix(): number[] {
    const stored = this.stored();
    return Array.from({ length: this.size ** 2 }, (_, at) => stored[this.#indexOf(at)] ?? NaN);
  }

  stored(): Float64Array {
    return new Float64Array(this.memory.buffer, this.matrix, matrixLength(this.size));
  }

  vector(address: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, this.stride);
  }

  setVector(address: number, values: readonly number[]): void {
    this.vector(address).fill(0).set(values);
  }

  getVector(address: number): number[] {
    return [...this.vector(address).subarray(0, this.size)];
  }

  padding(address: number): number[] {
    return [...this.vector(address).subarray(this.size)];
  }

  product(): void {
    this.kernel.product(this.matrix, this.size, this.stride, this.x, this.y);
  }

  normalize(signAware: 0 | 1): number {
    return this.kernel.normalize(this.size, this.stride, this.x, this.y, signAware);
  }

  iterate(epsilon: number, budget: number, signAware: 0 | 1 = 0): number {
    const { kernel, matrix, size, stride, x, y } = this;
    return kernel.iterate(matrix, size, stride, x, y, epsilon, budget, signAware, ATTENTION);
  }

  finish(): { eigenvalue: number; rayleigh: number; residual: number } {
    const { kernel, matrix, size, stride, x, y } = this;
    kernel.finish(matrix, size, stride, x, y, RESULT);
    const [eigenvalue = NaN, rayleigh = NaN, residual = NaN] = new Float64Array(
      this.memory.buffer,
      RESULT,
      3,
    );
    return { eigenvalue, rayleigh, residual };
  }

  #indexOf(at: number): number {
    return elementIndex(this.size, Math.floor(at / this.size), at % this.size);
  }
}

function alignUp(address: number): number {
  return Math.ceil(address / 64) * 64;
}

/** The builds that this engine knows: both, or a test below fails. */
async function loadBuilds() {
  const names = ['kernel.simd.wasm', 'kernel.relaxed.wasm'];
  const files = await Promise.all(names.map((name) => readFile(new URL(name, KERNELS))));
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65_536, shared: true });
  return files.flatMap((bytes, i) => {
    if (!WebAssembly.validate(bytes)) return [];
    const module = new WebAssembly.Module(bytes);
    return [{ build: names[i], module, kernel: instantiateKernel(module, memory), memory }];
  });
}

const builds = await loadBuilds();

function onBothConvergences<T>(of: (convergence: 'strict' | 'sign-aware', flag: 0 | 1) => T): T[] {
  return [of('strict', 0), of('sign-aware', 1)];
}

/** Numbers of about 1, and now and then 0. */
const element = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** A symmetric matrix, row by row, and a vector, of a random size. */
const problem = fc.integer({ min: 1, max: 40 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    drawn: fc.array(element, { minLength: size * size, maxLength: size * size }),
    x: fc.array(element, { minLength: size, maxLength: size }),
  }),
);

function symmetrized(drawn: readonly number[], size: number): number[] {
  return drawn.map((_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return drawn[Math.min(row, column) * size + Math.max(row, column)] ?? NaN;
  });
}

/** Expects `found` to be `expected` to within 1e-12 of what the sums of magnitudes allow. */
function expectClose(found: readonly number[], expected: readonly number[], scale: number): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of found.entries()) {
    expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThanOrEqual(1e-12 * scale);
  }
}

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
  describe('generate', () => {
    it.each(SIZES)('gives the bits of NumPy and zero padding at size %i', (size) => {
      const bench = new Bench(kernel, memory, size);
      expect(bench.generate(42, 3)).toBe(1);
      const expected = referenceMatrix(42, 4, size, 3);
      expect(bench.getMatrix()).toEqual([...expected]);
      const stored = [...bench.stored()];
      bench.setMatrix(expected);
      expect(stored).toEqual([...bench.stored()]);
    });

    it('jumps to any draw a run can need', () => {
      const size = 5;
      fc.assert(
        fc.property(
          fc.maxSafeNat(),
          fc.integer({ min: 0, max: Math.floor((2 ** 53 - 1) / size ** 2) }),
          (seed, index) => {
            const bench = new Bench(kernel, memory, size);
            bench.generate(seed, index);
            expect(bench.getMatrix()).toEqual([...referenceMatrix(seed, Infinity, size, index)]);
          },
        ),
        { numRuns: 50 },
      );
    });

    it('leaves the generator as it is', () => {
      const bench = new Bench(kernel, memory, 9);
      bench.generate(7);
      const words = new BigUint64Array(4);
      writePcg64(words, 7);
      expect(new BigUint64Array(memory.buffer, GENERATOR, 4)).toEqual(words);
    });

    it('leaves at once when attention is asked for', () => {
      const bench = new Bench(kernel, memory, 9);
      writePcg64(new BigUint64Array(memory.buffer, GENERATOR, 4), 7);
      bench.attention = 1;
      expect(bench.generate(7)).toBe(0);
      bench.attention = 0;
      expect(bench.generate(7)).toBe(1);
    });
  });

  describe('start', () => {
    it.each(SIZES)('is the first unit vector at size %i', (size) => {
      const bench = new Bench(kernel, memory, size);
      expect(bench.getVector(bench.x)).toEqual(unitVector(size));
      expect(bench.padding(bench.x).every((value) => value === 0)).toBe(true);
    });
  });

  describe('product', () => {
    it.each(SIZES)('is that of plain loops at size %i', (size) => {
      const bench = new Bench(kernel, memory, size);
      const matrix = referenceMatrix(1, 1, size, 0);
      const x = [...referenceMatrix(2, 1, size, 0).subarray(0, size)];
      bench.setMatrix(matrix);
      bench.setVector(bench.x, x);
      bench.product();
      expectClose(bench.getVector(bench.y), multiplied(matrix, x), Math.sqrt(size));
      expect(bench.padding(bench.y).every((value) => value === 0)).toBe(true);
    });

    it('is that of plain loops for random matrices', () => {
      fc.assert(
        fc.property(problem, ({ size, drawn, x }) => {
          const matrix = symmetrized(drawn, size);
          const bench = new Bench(kernel, memory, size);
          bench.setMatrix(matrix);
          bench.setVector(bench.x, x);
          bench.product();
          expectClose(bench.getVector(bench.y), multiplied(matrix, x), Math.sqrt(size));
        }),
      );
    });

    it('works at the end of a memory of 4 GiB, beyond 2^31', { timeout: 60_000 }, () => {
      const whole = new WebAssembly.Memory({ initial: 65_536, maximum: 65_536, shared: true });
      const size = 9;
      const bytes = new Bench(kernel, memory, size).end - ARENA;
      const high = new Bench(instantiateKernel(module, whole), whole, size, 2 ** 32 - bytes);
      expect(high.end).toBe(2 ** 32);
      expect(high.generate(3)).toBe(1);
      expect(high.iterate(1e-10, 10_001, 1)).toBeLessThan(10_001);
      const low = new Bench(kernel, memory, size);
      low.generate(3);
      low.iterate(1e-10, 10_001, 1);
      expect(high.finish()).toEqual(low.finish());
    });
  });

  describe('normalize', () => {
    it('is that of plain loops for random vectors, either way round', () => {
      fc.assert(
        fc.property(problem, ({ size, drawn, x }) => {
          const y = drawn.slice(0, size);
          fc.pre(y.some((value) => Math.abs(value) > 1e-3));
          const expected = normalized(y);
          const minus = distance(x, expected);
          const plus = distance(
            x,
            expected.map((value) => -value),
          );
          onBothConvergences((_, flag) => {
            const bench = new Bench(kernel, memory, size);
            bench.setVector(bench.x, x);
            bench.setVector(bench.y, y);
            const error = bench.normalize(flag);
            expectClose(bench.getVector(bench.x), expected, 1);
            const scale = Math.sqrt(size);
            expectClose([error], [flag ? Math.min(minus, plus) : minus], scale);
            expect(bench.padding(bench.x).every((value) => value === 0)).toBe(true);
          });
        }),
      );
    });

    it('gives what is no number for a zero vector, as NumPy does', () => {
      const bench = new Bench(kernel, memory, 3);
      bench.setVector(bench.y, [0, 0, 0]);
      expect(bench.normalize(0)).toBeNaN();
      expect(bench.getVector(bench.x)).toEqual([NaN, NaN, NaN]);
    });
  });

  describe('iterate and finish', () => {
    it.each(SIZES)('agree with the reference at size %i', (size) => {
      const matrix = referenceMatrix(42, 1, size, 0);
      onBothConvergences((convergence, flag) => {
        const options = { epsilon: 1e-10, maxIterations: 2_000, convergence };
        const expected = referencePowerMethod(matrix, size, options);
        const bench = new Bench(kernel, memory, size);
        bench.setMatrix(matrix);
        const iterations = bench.iterate(options.epsilon, options.maxIterations + 1, flag);
        const converged = kernel.lastError() < options.epsilon;
        expect(converged).toBe(expected.converged);
        const leeway = converged ? 2 : 0;
        expect(Math.abs(iterations - expected.iterations)).toBeLessThanOrEqual(leeway);
        const { eigenvalue, rayleigh, residual } = bench.finish();
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
            const run = (work: (bench: Bench) => void) => {
              const bench = new Bench(kernel, memory, size);
              bench.generate(5);
              work(bench);
              return [...bench.getVector(bench.x), ...Object.values(bench.finish())];
            };
            // No error is below zero, so that only the budget ends it.
            const whole = run((bench) => {
              expect(bench.iterate(-1, steps)).toBe(steps);
            });
            expect(run((bench) => pieces.map((piece) => bench.iterate(-1, piece)))).toEqual(whole);
            const byHand = run((bench) => {
              for (let step = 0; step < steps; step += 1) {
                bench.product();
                bench.normalize(0);
              }
            });
            expect(byHand).toEqual(whole);
          },
        ),
      );
    });

    it('do nothing while attention is asked for', () => {
      const bench = new Bench(kernel, memory, 7);
      bench.generate(1);
      bench.iterate(-1, 3);
      const before = bench.getVector(bench.x);
      bench.attention = 2;
      expect(bench.iterate(-1, 3)).toBe(0);
      expect(bench.getVector(bench.x)).toEqual(before);
    });

    it('never converge strictly where the dominant eigenvalue is negative', () => {
      const diagonal = [0.5, 0, 0, 0, -2, 0, 0, 0, 0.25];
      const coupled = diagonal.map((value, at) => (at === 1 || at === 3 ? 0.1 : value));
      const strict = new Bench(kernel, memory, 3);
      strict.setMatrix(coupled);
      expect(strict.iterate(1e-10, 501)).toBe(501);
      expect(kernel.lastError()).toBeCloseTo(2, 9);
      const signAware = new Bench(kernel, memory, 3);
      signAware.setMatrix(coupled);
      expect(signAware.iterate(1e-10, 501, 1)).toBeLessThan(50);
      expect(signAware.finish().rayleigh).toBeCloseTo(strict.finish().rayleigh, 12);
    });

    it('end where the error is no number', () => {
      const bench = new Bench(kernel, memory, 2);
      bench.setMatrix([0, 0, 0, 0]);
      expect(bench.iterate(1e-10, 100)).toBe(1);
      expect(kernel.lastError()).toBeNaN();
    });

    it('give the infinite mean of NumPy where an element of x is zero', () => {
      const bench = new Bench(kernel, memory, 2);
      bench.setMatrix([1, 0.5, 0.5, 1]);
      expect(bench.finish()).toEqual({ eigenvalue: Infinity, rayleigh: 1, residual: 0.5 });
    });
  });
});
