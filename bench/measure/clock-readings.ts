import { systemClock } from '../../src/base/units.js';

/** A loop that reads the clock; the sum is used, so that no reading is left out. */
export function clockReadings(count: number): void {
  let sum = 0;
  for (let turn = 0; turn < count; turn += 1) sum += systemClock();
  if (!Number.isFinite(sum)) throw new RangeError('the clock gave no number');
}
