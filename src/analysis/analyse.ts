import type { Timeline } from '../recording/timeline.js';
import {
  figuresOfTimes,
  joinedTimes,
  rangeFigures,
  rangeTimes,
  type RangeFigures,
  type RangeTimes,
} from './selection-stats.js';
import type { CooperativeTask } from '../base/cooperative-task.js';
import type { TimeRange } from '../recording/span-walk.js';
import { costsOfPart, type WorkCosts } from './work-costs.js';
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

/** What a verdict rests on besides the spans. */
export interface VerdictBasis {
  /** Logical cores of the machine that the run was made on. */
  readonly cores: number;
  readonly costs: WorkCosts;
}

/**
 * Analyses a range of a repeat; a baseline's tasks are counted beside its own.
 *
 * @param basis with the costs of a part where the range is no whole repeat
 * @param known its meaning, where that has been worked out before
 */
export function* analyse(
  { timeline, range }: TaskSource,
  basis: VerdictBasis,
  baseline: TaskSource | null = null,
  known: RangeMeaning | null = null,
): CooperativeTask<RangeAnalysis> {
  const meaning = known ?? (yield* meaningOf(timeline, range, basis));
  return { ...meaning, histogram: yield* taskHistogram({ timeline, range }, baseline) };
}

function* meaningOf(
  timeline: Timeline,
  range: TimeRange,
  { cores, costs }: VerdictBasis,
): CooperativeTask<RangeMeaning> {
  const figures = yield* rangeFigures(timeline, range);
  return { figures, verdict: yield* verdictOf(timeline, figures, cores, costs) };
}

/** All spans of a repeat, and how long it took. */
export interface WholeRepeat {
  readonly timeline: Timeline;
  readonly wallNs: number;
  /** Its spans are there to its end, so that the costs of a whole repeat are its own. */
  readonly isComplete: boolean;
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
  repeats: readonly (() => CooperativeTask<WholeRepeat>)[],
  { cores, costs }: VerdictBasis,
): CooperativeTask<RepeatsMeaning> {
  const times: RangeTimes[] = [];
  const facts: RangeFacts[] = [];
  let hasTasks = true;
  for (const repeat of repeats) {
    const { timeline, wallNs, isComplete } = yield* repeat();
    hasTasks = timeline.labels === null;
    const range = { startNs: 0, endNs: wallNs };
    const own = isComplete ? costs : costsOfPart(costs);
    facts.push(yield* factsOf(timeline, yield* rangeFigures(timeline, range), cores, own));
    times.push(yield* rangeTimes(timeline, range));
  }
  const [first, ...others] = facts;
  if (first === undefined) throw new RangeError('a run without a repeat cannot be analysed');
  const sum = sumOfFacts(first, others);
  const joined = joinedTimes(times);
  const whole = { startNs: 0, endNs: sum.lengthNs };
  const figures = yield* figuresOfTimes(whole, joined, hasTasks);
  return { figures, verdict: judge(sum), taskTimes: joined.task.times };
}
