import { setImmediate as nextTurn } from 'node:timers/promises';
import { advance, type CooperativeTask } from '../../base/cooperative-task.js';

/** How long work goes on before it lets the main process do other work, in ms. */
const SLICE_MS = 4;

/**
 * Does work a few milliseconds at a time.
 *
 * @param afterSlice called after each pause; where it throws, the work is given up
 */
export async function inSlices<Result>(
  work: CooperativeTask<Result>,
  afterSlice: () => void = () => undefined,
): Promise<Result> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    const step = advance(work, () => performance.now() >= until);
    if (step.done === true) return step.value;
    await nextTurn();
    afterSlice();
  }
}
