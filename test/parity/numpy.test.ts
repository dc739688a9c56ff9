import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/index.js';
import { GENERATOR_ADDRESS } from '../../src/memory/layout.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { writePcg64 } from '../../src/base/pcg64.js';
import { reportOf, type Report } from '../../src/experiment/report.js';
import { elementIndex, matrixLength, strideOf } from '../../src/memory/stride.js';
import { instantiateKernel } from '../../src/engine/lane/kernel.js';
import { builtEngine, builtKernel } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';
import { LARGE_CASES, randomCases } from './cases.js';
import { findNumpy, runNumpy, type NumpyResult } from './numpy.js';

const SIZES = [1, 2, 3, 7, 16, 33, 64, 100];
const CONVERGENCES = ['strict', 'sign-aware'] as const;
const SCHEDULERS = ['serial', 'static', 'executor'] as const;
const LOCKS = ['none', 'gil-held'] as const;

/** Iterations may differ where the errors of the last ones straddle epsilon. */
const ITERATIONS_APART = 2;
const RELATIVE = 1e-9;

/** NumPy's interpreter takes microseconds an iteration: time for all of them, in ms. */
const PYTHON_MS = 180_000;

const python = findNumpy();
const title =
  python === undefined
    ? 'parity with NumPy (skipped: NumPy is not installed)'
    : 'parity with NumPy';

/** What is computed of each size, under one of the tests. */
function parametersOf(size: number, convergence: Parameters['convergence']): Parameters {
  return smallRun({ matrices: 16, size, convergence, maxIterations: 2000, seed: 7, repeats: 1 });
}

const combinations = CONVERGENCES.flatMap((convergence) =>
  SCHEDULERS.flatMap((scheduler) => LOCKS.map((lock) => ({ convergence, scheduler, lock }))),
);

describe.skipIf(python === undefined)(title, () => {
  let engine: Engine;
  const expected = new Map<string, NumpyResult>();

  beforeAll(async () => {
    engine = await builtEngine();
    const cases = SIZES.flatMap((size) => CONVERGENCES.map((test) => parametersOf(size, test)));
    const results = runNumpy(python ?? '', cases);
    results.forEach((result, index) => {
      const { size = NaN, convergence = '' } = cases[index] ?? {};
      expected.set(`${size} ${convergence}`, result);
    });
  }, PYTHON_MS);

  afterAll(async () => {
    await engine.close();
  });

  function numpyOf({ size, convergence }: Parameters): NumpyResult {
    const result = expected.get(`${size} ${convergence}`);
    if (result === undefined) throw new Error(`NumPy did not do size ${size}, ${convergence}`);
    return result;
  }

  it.each(SIZES)('the matrices of size %d are the same, bit for bit', async (size) => {
    const parameters = parametersOf(size, 'strict');
    expect(await hashOfMatrices(parameters)).toBe(numpyOf(parameters).sha256);
  });

  describe.each(combinations)('$scheduler, $lock, $convergence', (combination) => {
    it.each(SIZES)('size %d', async (size) => {
      const parameters = { ...parametersOf(size, combination.convergence), ...combination };
      const { record } = await engine.run(parameters);
      if (record === null) throw new Error('a run that was not stopped has a record');
      expectAgreement(reportOf(record).results, numpyOf(parameters));
    });
  });
});

describe.skipIf(python === undefined)(`${title}: other sizes and seeds`, () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await builtEngine();
  });

  afterAll(async () => {
    await engine.close();
  });

  it.each<[string, readonly Parameters[]]>([
    ['200 random cases up to size 300', randomCases(200)],
    ...LARGE_CASES.map((large): [string, Parameters[]] => [`size ${large.size}`, [large]]),
  ])(
    '%s: matrices bit for bit, eigenvalues, iterations and convergence',
    async (_, cases) => {
      for (const [index, expected] of runNumpy(python ?? '', cases).entries()) {
        const parameters = cases[index] ?? smallRun();
        expect(await hashOfMatrices(parameters), describeCase(parameters)).toBe(expected.sha256);
        const { record } = await engine.run(parameters);
        if (record === null) throw new Error('a run that was not stopped has a record');
        expectAgreement(reportOf(record).results, expected, describeCase(parameters));
      }
    },
    PYTHON_MS,
  );
});

function describeCase({ seed, size, matrices, convergence }: Parameters): string {
  return `seed ${seed}, size ${size}, matrices ${matrices}, ${convergence}`;
}

function expectAgreement(ours: Report['results'], numpy: NumpyResult, of = ''): void {
  expect(ours.converged, of).toEqual(numpy.converged);
  numpy.iterations.forEach((iterations, task) => {
    const apart = Math.abs((ours.iterations[task] ?? NaN) - iterations);
    expect(apart, `iterations of task ${task}, ${of}`).toBeLessThanOrEqual(
      numpy.converged[task] === true ? ITERATIONS_APART : 0,
    );
  });
  for (const figure of ['eigenvalue', 'rayleigh'] as const) {
    numpy[figure].forEach((value, task) => {
      expectNear(ours[figure][task], value, `${figure} of task ${task}, ${of}`);
    });
  }
}

function expectNear(ours: number | null | undefined, value: number | null, what: string): void {
  if (value === null) {
    expect(ours, what).toBeNull();
    return;
  }
  const error = Math.abs((ours ?? NaN) - value) / Math.abs(value);
  expect(error, `${what}: ${String(ours)}, not ${value}`).toBeLessThanOrEqual(RELATIVE);
}

/** Generates a run's matrices as a lane does, and hashes them as they are row by row. */
async function hashOfMatrices({ seed, size, matrices }: Parameters): Promise<string> {
  const place = GENERATOR_ADDRESS + 1024;
  const pages = Math.ceil((place + 8 * matrixLength(size)) / 2 ** 16) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536, shared: true });
  const kernel = instantiateKernel((await builtKernel()).module, memory);
  const elements = new Float64Array(memory.buffer, place, matrixLength(size));
  writePcg64(new BigUint64Array(memory.buffer, GENERATOR_ADDRESS, 4), seed);
  const hash = createHash('sha256');
  const line = new Float64Array(size);
  for (let matrix = 0; matrix < matrices; matrix += 1) {
    elements.fill(0);
    const firstDraw = matrix * size * size;
    kernel.generate(place, size, strideOf(size), GENERATOR_ADDRESS, firstDraw, 0);
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        line[column] = elements[elementIndex(size, row, column)] ?? NaN;
      }
      hash.update(new Uint8Array(line.buffer));
    }
  }
  return hash.digest('hex');
}
