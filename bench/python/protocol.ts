import * as v from 'valibot';
import type { Parameters } from '../../src/experiment/parameters.js';

/** What numba_bench.py can do; see there. */
export type NumbaMethod = 'serial' | 'prange' | 'pool' | 'pool-gil' | 'generate';

/** What numpy_bench.py can do; see there. */
export type NumpyMethod = 'serial' | 'pool';

/** A request to either script, but for what it is to do: the work that both sides share. */
export type NumbaWork = Pick<
  Parameters,
  'seed' | 'size' | 'matrices' | 'threads' | 'epsilon' | 'maxIterations'
>;

const NumpyHelloSchema = v.object({ python: v.string(), numpy: v.string(), blas: v.string() });

/** What numpy_bench.py says of itself when it is ready. */
export type NumpyHello = v.InferOutput<typeof NumpyHelloSchema>;

const HelloSchema = v.object({
  ...NumpyHelloSchema.entries,
  numba: v.string(),
  threadingLayer: v.string(),
});

/** What numba_bench.py says of itself when it is ready. */
export type NumbaHello = v.InferOutput<typeof HelloSchema>;

// JSON has no NaN, but Python writes one; parseLine reads it as null.
const number = v.union([
  v.number(),
  v.pipe(
    v.null(),
    v.transform(() => NaN),
  ),
]);

const AnswerSchema = v.object({
  seconds: v.number(),
  iterations: v.number(),
  eigenvalueSum: number,
  eigenvalues: v.optional(v.array(number), []),
  iterationCounts: v.optional(v.array(v.number()), []),
});

/** What a request took and gave; the lists are empty unless details were asked for. */
export type NumbaAnswer = v.InferOutput<typeof AnswerSchema>;

const GilHelloSchema = v.union([
  v.object({ python: v.string(), skipped: v.string() }),
  v.object({ python: v.string() }),
]);

/** What cpython_gil.py says of itself: its Python, or why it ends. */
export type GilHello = v.InferOutput<typeof GilHelloSchema>;

const TakeoversSchema = v.object({ takeovers: v.array(v.tuple([v.number(), v.number()])) });

/** A request as one line, its end included. */
export function requestLine(
  method: NumbaMethod | NumpyMethod,
  work: NumbaWork,
  details: boolean,
): string {
  const { seed, size, matrices, threads, epsilon, maxIterations } = work;
  const request = { method, seed, size, matrices, threads, epsilon, maxIterations, details };
  return `${JSON.stringify(request)}\n`;
}

/** @throws Error where the line is not what numba_bench.py says first */
export function readHello(line: string): NumbaHello {
  return v.parse(HelloSchema, parseLine(line));
}

/** @throws Error where the line is not what numpy_bench.py says first */
export function readNumpyHello(line: string): NumpyHello {
  return v.parse(NumpyHelloSchema, parseLine(line));
}

/** @throws Error where the line is no answer */
export function readAnswer(line: string): NumbaAnswer {
  return v.parse(AnswerSchema, parseLine(line));
}

/** Asks cpython_gil.py to have threads contend: one line, its end included. Times are in seconds. */
export function contentionLine(threads: number, seconds: number, interval: number): string {
  return `${JSON.stringify({ threads, seconds, interval })}\n`;
}

/** @throws Error where the line is not what cpython_gil.py says first */
export function readGilHello(line: string): GilHello {
  return v.parse(GilHelloSchema, parseLine(line));
}

/**
 * Who took CPython's lock when, in nanoseconds.
 *
 * @throws Error where the line is no answer of cpython_gil.py
 */
export function readTakeovers(line: string): (readonly [thread: number, atNs: number])[] {
  return v.parse(TakeoversSchema, parseLine(line)).takeovers;
}

/** Python's JSON: what is no finite number stands as NaN or Infinity, outside of strings. */
function parseLine(line: string): unknown {
  return JSON.parse(line.replace(/(?<=[:[,]\s*)(?:NaN|-?Infinity)\b/g, 'null'));
}
