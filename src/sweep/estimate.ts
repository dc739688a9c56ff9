import { likelyRepeatNs, longestRepeatNs } from '../experiment/expected-time.js';
import type { Portion } from './plan.js';

/** How long a sweep takes, as far as its parameters tell. */
export interface Estimate {
  readonly aboutNs: number;
  readonly atMostNs: number;
}

/** Estimates the time of so many uncounted executions and all rounds. */
export function estimateOf(
  { cells, rounds }: Portion,
  warmup: number,
  usableCores: number,
): Estimate {
  const times = rounds.length === 0 ? 0 : warmup + rounds.length;
  const sum = (timeOf: typeof likelyRepeatNs) =>
    times * cells.reduce((total, { parameters }) => total + timeOf(parameters, usableCores), 0);
  return { aboutNs: sum(likelyRepeatNs), atMostNs: sum(longestRepeatNs) };
}
