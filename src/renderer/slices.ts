import type { Sliced } from '../shared/analysis/span-walk.js';

/**
 * How long a slice of work goes on before it gives way, in ms: with one last step, well under the
 * 8 ms that a frame leaves for scripts.
 */
const SLICE_MS = 3;

/** The clock and the scheduler that slices go by. */
export interface SliceHost {
  readonly now: () => number;
  /** Has something done soon, after the page's own turn. */
  readonly soon: (task: () => void) => void;
}

const pageHost: SliceHost = {
  now: () => performance.now(),
  soon: (task) => setTimeout(task),
};

/**
 * Does sliced work a few milliseconds at a time and hands over its result. What it returns gives
 * the work up.
 */
export function runInSlices<Result>(
  work: Sliced<Result>,
  onDone: (result: Result) => void,
  host = pageHost,
): () => void {
  let isGivenUp = false;
  const slice = () => {
    if (isGivenUp) return;
    const until = host.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done === true) {
        onDone(step.value);
        return;
      }
    } while (host.now() < until);
    host.soon(slice);
  };
  host.soon(slice);
  return () => {
    isGivenUp = true;
  };
}
