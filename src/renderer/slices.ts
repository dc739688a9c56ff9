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

/** The same, for those who wait for the result; fails where the work does. */
export function doneInSlices<Result>(work: Sliced<Result>, host = pageHost): Promise<Result> {
  return new Promise((resolve, reject) => {
    function* guarded(): Sliced<void> {
      try {
        resolve(yield* work);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    runInSlices(guarded(), () => undefined, host);
  });
}

/** Work that takes longer than this, in ms, is told how far it is. */
const TOLD_AFTER_MS = 500;

/** Work of so many steps that tells how far it is, 0 to 1 in tenths, where it takes long. */
export function* telling<Result>(
  work: Sliced<Result>,
  steps: number,
  tell: (share: number) => void,
  now = pageHost.now,
): Sliced<Result> {
  const toldFrom = now() + TOLD_AFTER_MS;
  let told = 0;
  for (let done = 0; ; done += 1) {
    const step = work.next();
    if (step.done === true) return step.value;
    const tenth = Math.min(10, Math.floor((10 * done) / steps));
    if (tenth > told && now() >= toldFrom) {
      told = tenth;
      tell(tenth / 10);
    }
    yield;
  }
}
