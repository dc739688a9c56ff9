import { COMPARED_SLEEPS } from '../experiment/compared-sleeps.js';
import type { Parameters } from '../experiment/parameters.js';
import {
  isSleeping,
  PYTHON_VARIANT_FACTS,
  type PythonVariant,
} from '../experiment/python-variants.js';
import { MeasuredAnswer, SleptAnswer, type Measured } from './protocol.js';
import type { PythonSession } from './python-session.js';

/** What running a variant once took, and what came of its matrices; null of sleeps. */
export interface VariantRun {
  readonly wallNs: number;
  readonly results: Measured | null;
}

/**
 * Has a Python that is prepared run a variant once.
 *
 * @throws PythonFailedError where it could not
 */
export async function runVariant(
  session: PythonSession,
  variant: PythonVariant,
  parameters: Parameters,
): Promise<VariantRun> {
  const { threads } = parametersOf(variant, parameters);
  if (isSleeping(variant)) {
    const { matrices: sleeps, sleepMs } = sleepsOf(parameters);
    const request = { do: 'sleep', variant, threads, sleeps, seconds: sleepMs / 1000 } as const;
    return { ...(await session.ask(request, SleptAnswer)), results: null };
  }
  const results = await session.ask({ do: 'measure', variant, threads }, MeasuredAnswer);
  return { wallNs: results.wallNs, results };
}

/** Returns on how many threads a variant works. */
export function threadsOf(variant: PythonVariant, parameters: Parameters): number {
  const isSerial = PYTHON_VARIANT_FACTS[variant].isSerial;
  return isSerial ? 1 : parametersOf(variant, parameters).threads;
}

/** Returns the sleeps of a comparison: its own work, or those beside its matrices. */
export function sleepsOf(parameters: Parameters): Parameters {
  return parameters.workload === 'sleep' ? parameters : { ...parameters, ...COMPARED_SLEEPS };
}

function parametersOf(variant: PythonVariant, parameters: Parameters): Parameters {
  return isSleeping(variant) ? sleepsOf(parameters) : parameters;
}
