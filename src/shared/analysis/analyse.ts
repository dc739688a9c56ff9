import type { Timeline } from '../timeline.js';
import { rangeFigures, type RangeFigures } from './selection-stats.js';
import type { Sliced, TimeRange } from './span-walk.js';
import { taskHistogram, type TaskHistogram } from './task-histogram.js';
import { verdictOf, type Verdict } from './verdict.js';

/** What there is to say about a range of a repeat. */
export interface RangeAnalysis {
  readonly figures: RangeFigures;
  readonly verdict: Verdict;
  /** Null where no task is in the range. */
  readonly histogram: TaskHistogram | null;
}

/** Analyses a range of a repeat that ran on a machine with so many logical cores. */
export function* analyse(
  timeline: Timeline,
  range: TimeRange,
  cores: number,
): Sliced<RangeAnalysis> {
  const figures = yield* rangeFigures(timeline, range);
  const verdict = yield* verdictOf(timeline, figures, cores);
  const histogram = yield* taskHistogram(timeline, range);
  return { figures, verdict, histogram };
}
