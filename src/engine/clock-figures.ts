import type { ClockFigures } from '../recording/machine.js';
import { median } from '../base/statistics.js';
import type { Clock } from '../base/units.js';

/** Enough batches of readings for the smallest step to be seen; they take a millisecond or two. */
const BATCHES = 20;

/** Readings whose cost is taken together. */
const BATCH = 1000;

/** A coarse clock is read on until it has moved so often, */
const FEWEST_STEPS = 3;

/** but no more often than this. */
const MOST_BATCHES = 10_000;

/**
 * Measures a clock by reading it over and over. Where it is finer than a reading takes, the step is
 * what two readings differ by at least: nothing shorter can be measured with it.
 *
 * @throws RangeError of a clock that does not move
 */
export function measureClock(clock: Clock): ClockFigures {
  let step = Infinity;
  let steps = 0;
  let batches = 0;
  const costs: number[] = [];
  while (batches < BATCHES || (steps < FEWEST_STEPS && batches < MOST_BATCHES)) {
    const first = clock();
    let before = first;
    for (let reading = 0; reading < BATCH; reading += 1) {
      const now = clock();
      if (now > before) {
        step = Math.min(step, now - before);
        steps += 1;
      }
      before = now;
    }
    costs.push((before - first) / BATCH);
    batches += 1;
  }
  if (steps === 0) throw new RangeError('the clock does not move');
  return { stepNs: rounded(step * 1e6), readNs: rounded(costOf(costs) * 1e6) };
}

/**
 * The median of the batches, so that what interrupts some of them does not count; the mean where
 * the clock is so coarse that it stood for most of them.
 */
function costOf(costs: readonly number[]): number {
  const middle = median(costs);
  return middle > 0 ? middle : costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
}

/** To a tenth: of milliseconds in floating point, what is finer is noise. */
function rounded(time: number): number {
  return Math.round(time * 10) / 10;
}
