/**
 * A task that yields at least every millisecond or so, so that its caller can do other work between
 * two steps. What it returns at its end is complete.
 */
export type CooperativeTask<Result> = Generator<undefined, Result, undefined>;

/** Spans that a cooperative task handles between two yields: well under a millisecond. */
export const SPANS_A_SLICE = 4096;

/**
 * Takes steps of a task until it ends or a pause is due, which is asked after each step. Returns the
 * last step: `done` with the result, or not.
 */
export function advance<Result>(
  work: CooperativeTask<Result>,
  isPauseDue: () => boolean,
): IteratorResult<undefined, Result> {
  for (;;) {
    const step = work.next();
    if (step.done === true || isPauseDue()) return step;
  }
}

/** Runs a cooperative task to its end in one go. */
export function finish<Result>(work: CooperativeTask<Result>): Result {
  const step = advance(work, () => false);
  if (step.done !== true) throw new Error('a task without pauses goes on to its end');
  return step.value;
}
