/**
 * Work that gives way: it yields at least once a millisecond or so, for a caller that must not be
 * held up. What it returns is complete.
 */
export type Sliced<Result> = Generator<undefined, Result, undefined>;

/** Spans that sliced work handles between two yields: well under a millisecond. */
export const SPANS_A_SLICE = 4096;

/** Runs sliced work to its end in one go. */
export function finish<Result>(work: Sliced<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
