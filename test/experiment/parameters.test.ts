import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PARAMETER_NAMES,
  SPECIFICATIONS,
  checkParameters,
  defaultParameters,
  describeRange,
  isEffective,
  withFallbacks,
  type Specification,
} from '../../src/experiment/parameters.js';

const defaults = defaultParameters(4);

function messagesOf(input: unknown): string[] {
  const checked = checkParameters(input);
  return checked.ok ? [] : checked.problems.map(({ message }) => message);
}

describe('defaults', () => {
  it('are those that the documentation says', () => {
    expect(defaults).toEqual({
      workload: 'power',
      matrices: 100,
      size: 64,
      sleepMs: 1000,
      seed: 42,
      threads: 4,
      scheduler: 'executor',
      lock: 'none',
      switchIntervalMs: 5,
      interpreterUs: 0,
      epsilon: 1e-10,
      maxIterations: 10_000,
      convergence: 'strict',
      repeats: 3,
      warmup: 1,
    });
  });

  it('pass their own check', () => {
    expect(checkParameters(defaults)).toEqual({ ok: true, parameters: defaults });
  });

  it('take no more threads than the range has', () => {
    expect(defaultParameters(1000).threads).toBe(256);
    expect(defaultParameters(0).threads).toBe(1);
  });
});

describe('a refused value is told in a line with parameter, value and range', () => {
  it.each([
    ['matrices', 0, 'matrices is 0; it takes a whole number from 1 to 1,000,000'],
    ['matrices', 1_000_001, 'matrices is 1000001; it takes a whole number from 1 to 1,000,000'],
    ['matrices', 1.5, 'matrices is 1.5; it takes a whole number from 1 to 1,000,000'],
    ['size', 4097, 'size is 4097; it takes a whole number from 1 to 4,096'],
    ['size', '12abc', 'size is "12abc"; it takes a whole number from 1 to 4,096'],
    ['threads', 257, 'threads is 257; it takes a whole number from 1 to 256'],
    ['threads', NaN, 'threads is not a number; it takes a whole number from 1 to 256'],
    ['sleepMs', -1, 'sleepMs is -1; it takes a number from 0 to 60,000'],
    ['interpreterUs', -1, 'interpreterUs is -1; it takes a number from 0 to 10,000'],
    ['interpreterUs', 10_001, 'interpreterUs is 10001; it takes a number from 0 to 10,000'],
    ['seed', -1, 'seed is -1; it takes a whole number from 0 to 9,007,199,254,740,991'],
    [
      'seed',
      2 ** 53,
      'seed is 9007199254740992; it takes a whole number from 0 to 9,007,199,254,740,991',
    ],
    ['switchIntervalMs', 0, 'switchIntervalMs is 0; it takes a number from 0.1 to 1,000'],
    ['epsilon', 0, 'epsilon is 0; it takes a finite number greater than 0'],
    ['epsilon', Infinity, 'epsilon is Infinity; it takes a finite number greater than 0'],
    [
      'maxIterations',
      1e8,
      'maxIterations is 100000000; it takes a whole number from 1 to 10,000,000',
    ],
    ['repeats', 0, 'repeats is 0; it takes a whole number from 1 to 1,000'],
    ['warmup', 101, 'warmup is 101; it takes a whole number from 0 to 100'],
    ['workload', 'nap', 'workload is "nap"; it takes one of power, sleep'],
    ['scheduler', null, 'scheduler is missing; it takes one of serial, static, executor, dynamic'],
    [
      'threads',
      'x'.repeat(99),
      `threads is "${'x'.repeat(20)}…${'x'.repeat(19)}"; it takes a whole number from 1 to 256`,
    ],
    ['threads', 10n, 'threads is "10"; it takes a whole number from 1 to 256'],
    ['threads', [[1]], 'threads is a list; it takes a whole number from 1 to 256'],
    ['threads', { a: 1 }, 'threads is an object; it takes a whole number from 1 to 256'],
    ['convergence', 1, 'convergence is 1; it takes one of strict, sign-aware'],
    [
      'lock',
      'gil',
      'lock is "gil"; it takes one of none, gil-held, gil-released, gil-switching, per-object',
    ],
  ])('%s %s', (name, value, message) => {
    expect(messagesOf({ ...defaults, [name]: value })).toEqual([message]);
  });

  it('and all of them at once', () => {
    const checked = checkParameters({ ...defaults, size: 0, threads: 0 });
    expect(checked.ok ? [] : checked.problems.map(({ parameter }) => parameter)).toEqual([
      'size',
      'threads',
    ]);
  });

  it('as are missing and unknown parameters, by name', () => {
    const rest = Object.fromEntries(Object.entries(defaults).filter(([name]) => name !== 'size'));
    expect(messagesOf(rest)).toEqual([expect.stringContaining('size')]);
    expect(messagesOf({ ...defaults, colour: 1 })).toEqual([
      expect.stringMatching(/colour.* is no parameter/),
    ]);
  });

  it.each([[null], [undefined], ['x'], [[]], [7]])('and what is no object at all: %s', (input) => {
    expect(messagesOf(input).length).toBeGreaterThan(0);
  });
});

describe('ranges', () => {
  const numbers = PARAMETER_NAMES.flatMap((name) => {
    const specification: Specification = SPECIFICATIONS[name];
    return specification.type === 'number' ? [{ name, ...specification }] : [];
  });

  it.each(numbers)('$name takes its bounds and what is between', (parameter) => {
    const { name, min, max, whole, exclusiveMin } = parameter;
    const least = exclusiveMin === true ? Number.MIN_VALUE : min;
    const inside = whole
      ? fc.integer({ min, max })
      : fc.double({ min: least, max, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.oneof(fc.constant(least), fc.constant(max), inside), (value) => {
        expect(messagesOf({ ...defaults, [name]: value })).toEqual([]);
      }),
    );
  });

  it.each(numbers)('$name has its default inside', ({ min, max, fallback }) => {
    expect(fallback).toBeGreaterThanOrEqual(min);
    expect(fallback).toBeLessThanOrEqual(max);
  });

  it('are described in words', () => {
    expect(describeRange(SPECIFICATIONS.epsilon)).toBe('a finite number greater than 0');
    expect(describeRange(SPECIFICATIONS.workload)).toBe('one of power, sleep');
  });
});

it('only what has an effect counts', () => {
  expect(isEffective('sleepMs', defaults)).toBe(false);
  expect(isEffective('sleepMs', { ...defaults, workload: 'sleep' })).toBe(true);
  expect(isEffective('interpreterUs', defaults)).toBe(true);
  expect(isEffective('interpreterUs', { ...defaults, workload: 'sleep' })).toBe(false);
  expect(isEffective('size', { ...defaults, workload: 'sleep' })).toBe(false);
  expect(isEffective('switchIntervalMs', { ...defaults, lock: 'gil-switching' })).toBe(true);
  expect(isEffective('threads', { ...defaults, scheduler: 'serial' })).toBe(false);
});

describe('parameters of another version', () => {
  const fallbacks = defaultParameters(2);

  it('are taken where they are right, each for itself', () => {
    const values = { threads: 7, size: 0, lock: 'none of these', seed: '42', later: 1 };
    expect(withFallbacks(values, fallbacks)).toEqual({ ...fallbacks, threads: 7 });
  });

  it('are the fallbacks where there are none', () => {
    expect(withFallbacks({}, fallbacks)).toEqual(fallbacks);
  });
});
