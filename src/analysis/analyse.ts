import type { Timeline } from '../recording/timeline.js';
import {
  figuresOfTimes,
  joinedTimes,
  rangeFigures,
  rangeTimes,
  type RangeFigures,
  type RangeTimes,
} from './selection-stats.js';
import type { Sliced } from '../base/sliced.js';
import type { TimeRange } from '../recording/span-walk.js';
import { taskHistogram, type TaskHistogram, type TaskSource } from './task-histogram.js';
import { judge, verdictOf, type Verdict } from './verdict.js';
import { factsOf, sumOfFacts, type RangeFacts } from './verdict-facts.js';

/** What a range of a repeat, or all repeats of a run, are by themselves, whatever the baseline. */
export interface RangeMeaning {
  readonly figures: RangeFigures;
  readonly verdict: Verdict;
}

/** What there is to say about a range of a repeat, or about all repeats of a run. */
export interface RangeAnalysis extends RangeMeaning {
  /** Null where no task is in the range. */
  readonly histogram: TaskHistogram | null;
}

/**
 * Analyses a range of a repeat that ran on a machine with so many logical cores; a baseline's tasks
 * are counted beside its own.
 *
 * @param known its meaning, where that has been worked out before
 */
export function* analyse(
  { timeline, range }: TaskSource,
  cores: number,
  baseline: TaskSource | null = null,
  known: RangeMeaning | null = null,
): Sliced<RangeAnalysis> {
  const meaning = known ?? (yield* meaningOf(timeline, range, cores));
  return { ...meaning, histogram: yield* taskHistogram({ timeline, range }, baseline) };
}

function* meaningOf(timeline: Timeline, range: TimeRange, cores: number): Sliced<RangeMeaning> {
  const figures = yield* rangeFigures(timeline, range);
  return { figures, verdict: yield* verdictOf(timeline, figures, cores) };
}

/** All spans of a repeat, and how long it took. */
export interface WholeRepeat {
  readonly timeline: Timeline;
  readonly wallNs: number;
}

/** What all repeats of a run are together, and how long each task took in each, in ns and in no order. */
export interface RepeatsMeaning extends RangeMeaning {
  readonly taskTimes: Float64Array;
}

/**
 * Works out what all repeats of a run mean together. Each repeat's spans are asked for in turn and
 * let go, all but their times (8 bytes a span). The figures are those of all spans, as if the repeats
 * had followed one another; the verdict is judged on the sums of what it rests on in each repeat.
 *
 * @throws RangeError where there is no repeat
 */
export function* meaningOfRepeats(
  repeats: readonly (() => Sliced<WholeRepeat>)[],
  cores: number,
): Sliced<RepeatsMeaning> {
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
  return { figures, verdict: judge(sum), taskTimes: joined.task.times };
}
