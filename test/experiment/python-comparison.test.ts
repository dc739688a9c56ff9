import { describe, expect, it } from 'vitest';
import { pythonComparisonOf } from '../../src/experiment/python-comparison.js';
import { pythonComparisonMarkdown } from '../../src/experiment/python-comparison-markdown.js';
import type { PythonMeasurements, PythonTimes } from '../../src/experiment/python-measurements.js';
import {
  OWN_VARIANTS,
  ownParameters,
  pythonVariants,
  PYTHON_VARIANTS,
  type PythonAbilities,
  type PythonVariant,
} from '../../src/experiment/python-variants.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import { smallRun } from '../fixtures/parameters.js';
import { PYTHON_ABOUT } from '../fixtures/python-comparisons.js';
import { recordOf } from '../fixtures/records.js';

const ALL: PythonAbilities = {
  variants: PYTHON_VARIANTS.slice(0, 8),
  hasGil: true,
  interpreterUs: 8,
  plainMatrices: null,
};
const PLAIN: PythonAbilities = {
  variants: ['python-serial', 'python-pool'],
  hasGil: true,
  interpreterUs: null,
  plainMatrices: 2,
};

/** A comparison in which variants took so many ms in each of three rounds, all others 100. */
function comparisonOf(
  parameters: Parameters,
  abilities: PythonAbilities,
  ms: Readonly<Record<string, number>> = {},
  about: Partial<PythonMeasurements['about']> = {},
  differing = 0,
) {
  const wallsOf = (variant: string) =>
    [0.999, 1, 1.001].map((factor) => Math.round((ms[variant] ?? 100) * 1e6 * factor));
  const parametersOf = ownParameters(parameters, abilities);
  const own = OWN_VARIANTS.filter((variant) => parametersOf[variant] !== undefined);
  const recordings = own.map((variant) =>
    recordOf({ parameters: parametersOf[variant] ?? {}, walls: wallsOf(variant) }),
  );
  const timesOf = (variant: PythonVariant): PythonTimes => ({
    ...{ variant, threads: 2, tasks: parameters.matrices, wallsNs: wallsOf(variant) },
    ...{ iterations: 10_000, compared: 4, differing },
  });
  return pythonComparisonOf(recordings, {
    about: { ...PYTHON_ABOUT, ...about },
    interpreterUs: abilities.interpreterUs,
    own,
    times: pythonVariants(parameters, abilities).map(timesOf),
    recorded: [],
  });
}

const WORK = smallRun({ matrices: 4, threads: 2 });

describe('a comparison with a Python', () => {
  it('sets each variant in the Python below Gilscope’s of the same work', () => {
    const { rows } = comparisonOf(WORK, ALL);
    expect(rows.map(({ by, variant }) => `${by} ${variant}`)).toEqual([
      'gilscope serial',
      'numba numba-serial',
      'numba numba-serial-sliced',
      'gilscope static',
      'numba numba-prange',
      'numba numba-prange-sliced',
      'gilscope executor',
      'numba numba-pool',
      'gilscope gilHeld',
      'numba numba-pool-gil',
      'gilscope serialReleased',
      'numpy numpy-serial',
      'gilscope released',
      'numpy numpy-pool',
      'gilscope serialSleep',
      'python sleep-serial',
      'gilscope sleeping',
      'python sleep-pool',
    ]);
  });

  it('has each speed-up over the serial variant by the same means', () => {
    const ms = { serial: 200, executor: 100, 'numba-serial': 600, 'numba-pool': 200 };
    const { rows } = comparisonOf(WORK, ALL, { ...ms, 'numpy-serial': 900, 'numpy-pool': 1000 });
    const speedUp = (wanted: string) => rows.find(({ variant }) => variant === wanted)?.speedup;
    expect(speedUp('executor')).toBe(2);
    expect(speedUp('numba-pool')).toBe(3);
    expect(speedUp('numpy-pool')).toBe(0.9);
  });

  it('takes plain Python where there is no NumPy, on the first matrices alone', () => {
    const { rows } = comparisonOf(WORK, PLAIN);
    expect(rows.map(({ variant }) => variant)).toContain('python-pool');
    const switching = ownParameters(WORK, PLAIN).switching;
    expect(switching).toMatchObject({ matrices: 2, lock: 'gil-switching', threads: 2 });
  });

  it('has lanes without a lock beside a Python without a GIL', () => {
    const free = { hasGil: false };
    expect(ownParameters(WORK, { ...PLAIN, ...free }).switching?.lock).toBe('none');
    expect(ownParameters(WORK, { ...ALL, ...free }).released?.lock).toBe('none');
  });

  it('has sleeps alone where sleeping is the work, beside the comparison’s own variants', () => {
    const { rows } = comparisonOf(smallRun({ workload: 'sleep', sleepMs: 1 }), ALL);
    expect(rows.map(({ variant }) => variant)).toEqual([
      'serial',
      'sleep-serial',
      'static',
      'executor',
      'sleep-pool',
      'gilHeld',
    ]);
  });

  it.each([
    [
      'agree',
      { 'numpy-serial': 110, 'numpy-pool': 100, serialReleased: 105, released: 100 },
      'NumPy’s pool is 1.10× as fast as serial, Gilscope’s 1.05×: they agree to 4.5 %.',
    ],
    [
      'differ as the products do',
      { 'numpy-serial': 800, 'numpy-pool': 800, serialReleased: 200, released: 100 },
      'so the interpreter, which needs the lock, has 10 % of it there and',
    ],
  ])('says where speed-ups %s', (_, ms, sentence) => {
    const large = { ...WORK, size: 512 };
    expect(comparisonOf(large, ALL, ms).conclusion.join(' ')).toContain(sentence);
  });

  it('has no share of the interpreter for a reason where all of an iteration has the lock', () => {
    const ms = { 'numpy-serial': 800, 'numpy-pool': 800, serialReleased: 200, released: 100 };
    const said = comparisonOf(WORK, ALL, ms).conclusion.join(' ');
    expect(said).toContain('Work and lock are alike');
  });

  it('says what the post’s slicing costs', () => {
    const costly = comparisonOf(WORK, ALL, { 'numba-serial-sliced': 500 }).conclusion.join(' ');
    expect(costly).toContain('a matrix takes 5.00× as long: Numba copies it for each product');
    const free = comparisonOf(WORK, ALL).conclusion.join(' ');
    expect(free).toContain('costs little here');
  });

  it('names a free-threaded build, and one whose packages have enabled the GIL again', () => {
    const free = { ...ALL, hasGil: false };
    const said = (about: Partial<PythonMeasurements['about']>) =>
      pythonComparisonMarkdown(comparisonOf(WORK, free, {}, about));
    expect(said({ isFreeThreaded: true, hasGil: false })).toContain('free-threaded, without a GIL');
    expect(said({ isFreeThreaded: true })).toContain('which one of its packages has enabled again');
  });

  it('names what is missing, and why', () => {
    const missing = { numba: 'ImportError: SciPy is needed | for this' };
    const text = pythonComparisonMarkdown(comparisonOf(WORK, ALL, {}, { missing }));
    expect(text).toContain('ImportError: SciPy is needed \\| for this');
  });

  it('warns where a variant did other work', () => {
    expect(comparisonOf(WORK, ALL).warnings.join()).not.toContain('other work');
    expect(comparisonOf(WORK, ALL, {}, {}, 1).warnings.join()).toContain(
      'NumPy, thread pool: 1 of 4 results differ from Gilscope’s, so that it did other work.',
    );
  });
});
