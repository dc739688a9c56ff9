import { describe, expect, it } from 'vitest';
import {
  contentionLine,
  readAnswer,
  readGilHello,
  readHello,
  readNumpyHello,
  readTakeovers,
  requestLine,
} from '../../bench/python/protocol.js';
import { once } from '../../bench/measure/runs.js';

it('asks in one line, with the work and nothing else of the parameters', () => {
  const line = requestLine('pool-gil', once(2, { size: 8, matrices: 3, maxIterations: 9 }), true);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({
    method: 'pool-gil',
    seed: 42,
    size: 8,
    matrices: 3,
    threads: 2,
    epsilon: 1e-10,
    maxIterations: 9,
    details: true,
  });
});

describe('readAnswer', () => {
  it('reads an answer without details', () => {
    const line = '{"seconds": 0.25, "iterations": 12, "eigenvalueSum": -1.5}';
    expect(readAnswer(line)).toEqual({
      seconds: 0.25,
      iterations: 12,
      eigenvalueSum: -1.5,
      eigenvalues: [],
      iterationCounts: [],
    });
  });

  it("reads what Python's JSON has for no finite number", () => {
    const line =
      '{"seconds": 1, "iterations": 3, "eigenvalueSum": NaN, ' +
      '"eigenvalues": [NaN, 2.5, -Infinity], "iterationCounts": [1, 1, 1]}';
    const { eigenvalueSum, eigenvalues } = readAnswer(line);
    expect(eigenvalueSum).toBeNaN();
    expect(eigenvalues).toEqual([NaN, 2.5, NaN]);
  });

  it.each(['', '{}', 'Traceback (most recent call last):', '{"seconds": "1"}'])(
    'refuses %j',
    (line) => {
      expect(() => readAnswer(line)).toThrow();
    },
  );
});

it('reads what Numba says of itself', () => {
  const hello = {
    python: '3.11.2',
    numba: '0.56.4',
    numpy: '1.24.2',
    threadingLayer: 'omp',
    blas: 'OpenBLAS 0.3.21',
  };
  expect(readHello(JSON.stringify(hello))).toEqual(hello);
});

it('reads what NumPy says of itself', () => {
  const hello = { python: '3.11.2', numpy: '1.24.2', blas: 'OpenBLAS 0.3.21' };
  expect(readNumpyHello(JSON.stringify(hello))).toEqual(hello);
  expect(() => readNumpyHello('{"python": "3.11.2"}')).toThrow();
});

it('asks for contention in one line', () => {
  expect(contentionLine(4, 0.5, 0.005)).toBe('{"threads":4,"seconds":0.5,"interval":0.005}\n');
});

it('reads what CPython says of itself, and why there is nothing to measure', () => {
  const hello = { python: '3.11.2' };
  expect(readGilHello(JSON.stringify(hello))).toEqual(hello);
  const none = { python: '3.14.0', skipped: 'this Python runs without the lock' };
  expect(readGilHello(JSON.stringify(none))).toEqual(none);
});

it('reads takeovers', () => {
  expect(readTakeovers('{"takeovers": [[0, 100], [1, 105]]}')).toEqual([
    [0, 100],
    [1, 105],
  ]);
});
