import { cellsOf, REPEATS_MAX, type Axes, type Cell } from './axes.js';
import { SPECIFICATIONS } from '../experiment/parameters.js';

/** All that a sweep is asked to measure: what its parts have in common, and what its file says of it. */
export interface SweepPlan {
  readonly axes: Axes;
  /** It goes on until every speed-up's interval is at most so wide, as a share of it; null for no such end. */
  readonly untilShare: number | null;
}

/** Part `index` of `count`, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The one part of a sweep that is not cut. */
export const WHOLE: Shard = { index: 1, count: 1 };

/** What a part of a sweep measures: these cells, in these rounds (from 0). */
export interface Portion {
  readonly cells: readonly Cell[];
  readonly rounds: readonly number[];
}

/** How many rounds a sweep has; at most, where it ends when its intervals are narrow. */
export function roundsOf({ axes, untilShare }: SweepPlan): number {
  if (untilShare === null) return leastRounds(axes);
  const most = Math.floor(REPEATS_MAX / cellsOf(axes).length);
  return Math.min(SPECIFICATIONS.repeats.max, most);
}

/** How many rounds it has at least. */
export function leastRounds(axes: Axes): number {
  return axes.repeats[0] ?? SPECIFICATIONS.repeats.fallback;
}

/** Uncounted executions of each cell before its first round. */
export function warmupOf(axes: Axes): number {
  return axes.warmup[0] ?? SPECIFICATIONS.warmup.fallback;
}

/** What the random order of a sweep follows from: the first of its seeds. */
export function seedOf(axes: Axes): number {
  return axes.seed[0] ?? SPECIFICATIONS.seed.fallback;
}
