import type { Timeline } from '../timeline.js';
import {
  figuresOfTimes,
  joinedTimes,
  rangeFigures,
  rangeTimes,
  type RangeFigures,
  type RangeTimes,
} from './selection-stats.js';
import type { Sliced, TimeRange } from './span-walk.js';
import {
  histogramOf,
  taskHistogram,
  type TaskHistogram,
  type TaskSource,
} from './task-histogram.js';
import { judge, verdictOf, type Verdict } from './verdict.js';
import { factsOf, sumOfFacts, type RangeFacts } from './verdict-facts.js';

/** What there is to say about a range of a repeat, or about all repeats of a run. */
export interface RangeAnalysis {
  readonly figures: RangeFigures;
  readonly verdict: Verdict;
  /** Null where no task is in the range. */
  readonly histogram: TaskHistogram | null;
}

/**
 * Analyses a range of a repeat that ran on a machine with so many logical cores; a baseline's tasks
 * are counted beside its own.
 */
export function* analyse(
  timeline: Timeline,
  range: TimeRange,
  cores: number,
  baseline: TaskSource | null = null,
): Sliced<RangeAnalysis> {
  const figures = yield* rangeFigures(timeline, range);
  const verdict = yield* verdictOf(timeline, figures, cores);
  const histogram = yield* taskHistogram({ timeline, range }, baseline);
  return { figures, verdict, histogram };
}

/** All spans of a repeat, and how long it took. */
export interface WholeRepeat {
  readonly timeline: Timeline;
  readonly wallNs: number;
}

/**
 * Analyses all repeats of a run together. Each repeat's spans are asked for in turn and let go, all
 * but their times (8 bytes a span). The figures are those of all spans, as if the repeats had
 * followed one another; the verdict is judged on the sums of what it rests on in each repeat. The
 * times of a baseline's tasks are counted beside them, and reordered.
 *
 * @throws RangeError where there is no repeat
 */
export function* analyseRepeats(
  repeats: readonly (() => Sliced<WholeRepeat>)[],
  cores: number,
  baselineTimes: Float64Array | null = null,
): Sliced<RangeAnalysis> {
  const times: RangeTimes[] = [];
  const facts: RangeFacts[] = [];
  for (const repeat of repeats) {
    const { timeline, wallNs } = yield* repeat();
    const range = { startNs: 0, endNs: wallNs };
    facts.push(yield* factsOf(timeline, yield* rangeFigures(timeline, range), cores));
    times.push(yield* rangeTimes(timeline, range));
  }
  const [first, ...others] = facts;
  if (first === undefined) throw new RangeError('a run without a repeat cannot be analysed');
  const sum = sumOfFacts(first, others);
  const joined = joinedTimes(times);
  const figures = yield* figuresOfTimes({ startNs: 0, endNs: sum.lengthNs }, joined);
  const histogram = yield* histogramOf(joined.task.times, baselineTimes);
  return { figures, verdict: judge(sum), histogram };
}
