import type { ClockFigures } from '../../shared/run-record.js';
import type { Clock } from '../../shared/units.js';

/** Enough readings for the smallest step to be seen; they take a millisecond or two. */
const READINGS = 20_000;

/** A coarse clock is read on until it has moved so often, */
const FEWEST_STEPS = 3;

/** but no more often than this. */
const MOST_READINGS = 10_000_000;

/**
 * Measures a clock by reading it over and over. Where it is finer than a reading takes, the step is
 * what two readings differ by at least: nothing shorter can be told by it.
 *
 * @throws RangeError of a clock that does not move
 */
export function measureClock(clock: Clock): ClockFigures {
  let step = Infinity;
  let steps = 0;
  let readings = 0;
  const first = clock();
  let before = first;
  while (readings < READINGS || (steps < FEWEST_STEPS && readings < MOST_READINGS)) {
    const now = clock();
    readings += 1;
    if (now > before) {
      step = Math.min(step, now - before);
      steps += 1;
    }
    before = now;
  }
  if (steps === 0) throw new RangeError('the clock does not move');
  return { stepNs: rounded(step * 1e6), readNs: rounded(((before - first) * 1e6) / readings) };
}

/** To a tenth: of milliseconds in floating point, what is finer is noise. */
function rounded(time: number): number {
  return Math.round(time * 10) / 10;
}
