import { MemoryError } from '../engine/index.js';
import { UnsuitablePythonError } from '../interpreter/index.js';

/** The exit codes, as scripts rely on them. */
export const EXIT = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** What was asked for cannot be: a line for each reason. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

/** The user ended it from outside. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor() {
    super('interrupted');
  }
}

/** What ends the command line: its exit code, and what standard error says, line by line. */
export interface ExitFailure {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

/** Sorts an error. */
export function failureOf(error: unknown): ExitFailure {
  if (error instanceof AggregateError) {
    const failures = error.errors.map(failureOf);
    const isRefused = failures.every(({ exitCode }) => exitCode === EXIT.refused);
    return {
      exitCode: isRefused ? EXIT.refused : EXIT.failed,
      // What is wrong with several exports is said once.
      lines: [...new Set(failures.flatMap(({ lines }) => lines))],
    };
  }
  if (error instanceof RefusedError) return { exitCode: EXIT.refused, lines: error.problems };
  if (error instanceof MemoryError || error instanceof UnsuitablePythonError)
    return { exitCode: EXIT.refused, lines: [error.message] };
  if (error instanceof InterruptedError) {
    return { exitCode: EXIT.interrupted, lines: [error.message] };
  }
  return { exitCode: EXIT.failed, lines: [error instanceof Error ? error.message : String(error)] };
}

/**
 * Takes every step, whether or not one before it failed.
 *
 * @throws AggregateError of all that failed; the signal's reason as soon as that aborts
 */
export async function takeAll(
  steps: readonly (() => Promise<void>)[],
  signal?: AbortSignal,
): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      signal?.throwIfAborted();
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors);
}
