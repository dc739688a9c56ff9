import * as v from 'valibot';
import type { Failure } from '../ipc/index.js';
import { PARAMETER_NAMES } from '../experiment/parameters.js';
import { shortened } from '../base/shortened.js';
import { MemoryError } from '../engine/index.js';

/** Characters of what a refusal says of a request, at most; what was sent may be of any length. */
const REFUSAL_LENGTH = 200;

/** What went wrong, for the user to read, and at which field. */
export function failureOf(error: unknown): Failure {
  const { message } = asError(error);
  if (error instanceof MemoryError) return { message, parameter: 'matrices' };
  if (!v.isValiError(error)) return { message };
  const refusal = { message: shortened(message, REFUSAL_LENGTH) };
  const path = v.getDotPath(error.issues[0]);
  const parameter = PARAMETER_NAMES.find((name) => name === path?.split('.').at(-1));
  return parameter === undefined ? refusal : { ...refusal, parameter };
}

/** What was thrown as an error, whatever it is. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
