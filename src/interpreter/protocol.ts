import * as v from 'valibot';
import type { Parameters } from '../experiment/parameters.js';
import { PYTHON_VARIANTS, type PythonVariant } from '../experiment/python-variants.js';

/** What is asked of experiment.py, and what it answers; see there. */

const Text = v.pipe(v.string(), v.maxLength(2000));
const Whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Nanoseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const Missing = v.record(v.picklist(['numpy', 'numba']), Text);

/** What a Python that is too old says first. */
export const OldPythonSchema = v.object({ tooOld: Text });

export const AboutAnswer = v.object({
  version: Text,
  implementation: Text,
  executable: Text,
  isFreeThreaded: v.boolean(),
  packages: v.object({
    numpy: v.nullable(Text),
    numba: v.nullable(Text),
    scipy: v.nullable(Text),
  }),
  missing: Missing,
});

export const PreparedAnswer = v.object({
  variants: v.array(v.picklist(PYTHON_VARIANTS)),
  hasGil: v.boolean(),
  missing: Missing,
  blas: v.nullable(Text),
  threadingLayer: v.nullable(Text),
  plainMatrices: v.nullable(v.pipe(Whole, v.minValue(1))),
});
export type Prepared = v.InferOutput<typeof PreparedAnswer>;

export const MeasuredAnswer = v.object({
  wallNs: Nanoseconds,
  tasks: Whole,
  iterations: Whole,
  eigenvalues: v.array(v.nullable(v.number())),
  iterationCounts: v.array(Whole),
});
export type Measured = v.InferOutput<typeof MeasuredAnswer>;

export const SleptAnswer = v.object({ wallNs: Nanoseconds });

export const InterpreterAnswer = v.object({ iterationNs: Nanoseconds });

export const ErrorAnswer = v.object({ error: Text });

/** What a Python is asked to do. */
export type PythonRequest =
  | ({ readonly do: 'prepare'; readonly signAware: boolean; readonly plainSeconds: number } & Pick<
      Parameters,
      'seed' | 'size' | 'matrices' | 'epsilon' | 'maxIterations' | 'threads'
    >)
  | { readonly do: 'measure'; readonly variant: PythonVariant; readonly threads: number }
  | {
      readonly do: 'sleep';
      readonly variant: PythonVariant;
      readonly threads: number;
      readonly sleeps: number;
      readonly seconds: number;
    }
  | { readonly do: 'interpreter' };
