import * as v from 'valibot';
import type { Failure } from '../ipc/index.js';
import { MemoryError } from '../engine/index.js';

/** What went wrong, for the user to read, and at which field. */
export function failureOf(error: unknown): Failure {
  const { message } = asError(error);
  if (error instanceof MemoryError) return { message, parameter: 'matrices' };
  const path = v.isValiError(error) ? v.getDotPath(error.issues[0]) : null;
  const parameter = path?.split('.').at(-1);
  return parameter === undefined ? { message } : { message, parameter };
}

/** What was thrown as an error, whatever it is. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
