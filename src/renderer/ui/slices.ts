import { advance, type CooperativeTask } from '../../base/cooperative-task.js';

/**
 * How long a slice of work lasts before it yields, in ms: with one last step, well under the
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
  work: CooperativeTask<Result>,
  onDone: (result: Result) => void,
  host = pageHost,
): () => void {
  let isGivenUp = false;
  const slice = () => {
    if (isGivenUp) return;
    const until = host.now() + SLICE_MS;
    const step = advance(work, () => host.now() >= until);
    if (step.done === true) onDone(step.value);
    else host.soon(slice);
  };
  host.soon(slice);
  return () => {
    isGivenUp = true;
  };
}

/** The same, for those who wait for the result; fails where the work does. */
export function doneInSlices<Result>(
  work: CooperativeTask<Result>,
  host = pageHost,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    function* guarded(): CooperativeTask<void> {
      try {
        resolve(yield* work);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
    runInSlices(guarded(), () => undefined, host);
  });
}

/** How long awaited steps go on before they yield, in ms: as each may be as long as a slice. */
const AWAITED_MS = 12;

/** Awaited between steps of work; yields where they have gone on for long. */
export function givingWay(host = pageHost): () => Promise<void> {
  let until = host.now() + AWAITED_MS;
  return async () => {
    if (host.now() < until) return;
    await new Promise<void>((resolve) => {
      host.soon(resolve);
    });
    until = host.now() + AWAITED_MS;
  };
}

/** Progress is reported of work that takes longer than this, in ms. */
const TOLD_AFTER_MS = 500;

/** Reports the progress of work that begins now, 0 to 1, in tenths, if it takes long. */
export function tellingTenths(
  tell: (share: number) => void,
  now = pageHost.now,
): (share: number) => void {
  const toldFrom = now() + TOLD_AFTER_MS;
  let told = 0;
  return (share) => {
    const tenth = Math.min(10, Math.floor(10 * share));
    if (tenth <= told || now() < toldFrom) return;
    told = tenth;
    tell(tenth / 10);
  };
}

/** Work of so many steps that reports its progress, as `tellingTenths` does. */
export function* telling<Result>(
  work: CooperativeTask<Result>,
  steps: number,
  tell: (share: number) => void,
  now = pageHost.now,
): CooperativeTask<Result> {
  const tellShare = tellingTenths(tell, now);
  for (let done = 0; ; done += 1) {
    const step = work.next();
    if (step.done === true) return step.value;
    tellShare(done / steps);
    yield;
  }
}
