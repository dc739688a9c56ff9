import type { Sliced } from '../base/sliced.js';
import type { Timeline } from '../recording/timeline.js';
import type { RangeFigures } from './selection-stats.js';
import {
  BOUNDS,
  factsOf,
  type BoundBy,
  type RangeFacts,
  type ThreadTime,
} from './verdict-facts.js';

/** What keeps the lanes from finishing sooner, or that nothing does. */
export const VERDICT_KINDS = [
  'nothing',
  'lock-bound',
  'imbalanced',
  'overhead-bound',
  'sleeping',
  'serial',
  'oversubscribed',
  'well-used',
] as const;

export type VerdictKind = (typeof VERDICT_KINDS)[number];

/** The least time that work can take, however it is scheduled. */
export interface Bound {
  readonly leastNs: number;
  readonly by: BoundBy;
}

export interface Verdict {
  readonly kind: VerdictKind;
  readonly lanes: number;
  readonly cores: number;
  readonly tasks: number;
  readonly lengthNs: number;
  readonly time: ThreadTime;
  readonly bound: Bound;
  /** How many times sooner the same work could be done at most without what is named; at least 1. */
  readonly gain: number;
}

/** A range in which the work takes at most a tenth more than it must is well used. */
const WELL_USED_GAIN = 1 / 0.9;

/** Compute spans this many times as long as the core time in them are called crowded. */
const CROWDED_RATIO = 1.1;

/** What can be mended without a change to hand-overs: in the time of those nothing is gained. */
const KEEPS_DEAD_TIME: ReadonlySet<VerdictKind> = new Set(['lock-bound', 'imbalanced', 'serial']);

/**
 * Judges a range of time.
 *
 * **The bound.** With L lanes and C cores, the same tasks cannot take less than the largest of
 * - core time / min(L, C): no more cores than that can compute,
 * - (core time + sleep) / L: a lane does one thing at a time,
 * - the longest task's own compute and sleep: a task is not divided.
 * It assumes that a task's computing takes as much core time as it took here (with a lock released,
 * lanes compete for memory and caches, so the real gain is smaller), that the lanes stay as many,
 * and that nothing else runs on the machine. Where more lanes computed at once than there are cores,
 * core time is as `coreTime` says, and the longest task's computing is taken times cores / most
 * lanes at once, what an even sharing leaves of it. Of tasks that reach over an edge of the range the
 * part inside counts. For one lane alone, the bound is that of as many lanes as there are cores.
 *
 * **The gain** is the range's length over the bound. Releasing a lock, an even load or more lanes do
 * not take away the time in which no lane computes or sleeps, such as hand-overs: where one of these
 * is what is named, that time is added to the bound. So none of them is said to gain more than the
 * cores, or the lanes if fewer, and where lanes sleep than the lanes.
 *
 * **The rule**, the first that holds:
 * 1. no task: `nothing`;
 * 2. the range is at most 1/0.9 times as long as the bound: `sleeping` where more time is slept than
 *    computed, `oversubscribed` where compute spans are at least 1.1 times their core time,
 *    else `well-used`;
 * 3. one lane that computes or sleeps at least 0.9 of the range: `serial`;
 * 4. else the loss without which most could be gained if all others stayed as they are: waiting, and
 *    idling at the end because others had waited (`lock-bound`); idling at the end because others
 *    had more work (`imbalanced`); all else (`overhead-bound`). Without a loss, a range takes no less
 *    than the bound, than the lanes' remaining time over the lanes, and, unless the lock is what
 *    goes, than the time for which the one lock is held.
 *
 * A lane is idle at the end from its last task until the last task of all. Of that, as much is laid
 * to uneven load as the lane had less work (task time without waiting) than the lane with the most;
 * of the rest, summed over the lanes, up to as much as was waited in all is laid to the lock.
 */
export function* verdictOf(
  timeline: Timeline,
  figures: RangeFigures,
  cores: number,
): Sliced<Verdict> {
  return judge(yield* factsOf(timeline, figures, cores));
}

/** Judges by the facts of a range, or by the sums of several (`sumOfFacts`). */
export function judge(facts: RangeFacts): Verdict {
  const { lanes, cores, tasks, lengthNs, time, deadNs } = facts;
  const bound = boundOf(facts);
  const kind = kindWithoutLoss(facts, bound) ?? largestLoss(facts, bound);
  const stayingNs = KEEPS_DEAD_TIME.has(kind) ? deadNs : 0;
  const gain = gainOf(lengthNs, bound.leastNs + stayingNs);
  return { kind, lanes, cores, tasks, lengthNs, time, bound, gain };
}

function gainOf(lengthNs: number, leastNs: number): number {
  return leastNs > 0 ? Math.max(1, lengthNs / leastNs) : 1;
}

function boundOf({ leastNs }: RangeFacts): Bound {
  const bounds = BOUNDS.map((by) => ({ by, leastNs: leastNs[by] }));
  return bounds.reduce((most, each) => (each.leastNs > most.leastNs ? each : most));
}

/** The kind where no loss has to be named. */
function kindWithoutLoss(
  { lanes, tasks, lengthNs, time }: RangeFacts,
  bound: Bound,
): VerdictKind | undefined {
  const { coreNs, crowdedNs, sleepNs } = time;
  if (tasks === 0) return 'nothing';
  if (gainOf(lengthNs, bound.leastNs) <= WELL_USED_GAIN) {
    if (sleepNs > coreNs) return 'sleeping';
    return coreNs + crowdedNs >= CROWDED_RATIO * coreNs ? 'oversubscribed' : 'well-used';
  }
  if (lanes === 1 && coreNs + sleepNs >= lengthNs / WELL_USED_GAIN) return 'serial';
  return undefined;
}

/** The loss without which the range would be shortest, all others staying; lock first in a tie. */
function largestLoss({ lanes, time, heldNs }: RangeFacts, bound: Bound): VerdictKind {
  const { coreNs, sleepNs, waitNs, tailNs, overheadNs } = time;
  // A single lane's bound is that of several, which no loss of its own keeps it from.
  const leastNs = lanes === 1 ? 0 : bound.leastNs;
  const without = (stayingNs: number, otherNs: number) =>
    Math.max(leastNs, otherNs, (coreNs + sleepNs + stayingNs) / lanes);
  const noWaiting = without(tailNs + overheadNs, 0);
  const noTail = without(waitNs + overheadNs, heldNs);
  const noOverhead = without(waitNs + tailNs, heldNs);
  if (noWaiting <= Math.min(noTail, noOverhead) && waitNs > 0) return 'lock-bound';
  return noTail <= noOverhead && tailNs > 0 ? 'imbalanced' : 'overhead-bound';
}
