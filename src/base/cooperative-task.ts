/**
 * A task that yields at least every millisecond or so, so that its caller can do other work between
 * two steps. What it returns at its end is complete.
 */
export type CooperativeTask<Result> = Generator<undefined, Result, undefined>;

/** Spans that a cooperative task handles between two yields: well under a millisecond. */
export const SPANS_A_SLICE = 4096;

/** Runs a cooperative task to its end in one go. */
export function finish<Result>(work: CooperativeTask<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
