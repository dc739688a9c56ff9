import type { CooperativeTask } from '../base/cooperative-task.js';
import type { Timeline } from '../recording/timeline.js';
import type { WorkCosts } from './work-costs.js';
import type { RangeFigures } from './selection-stats.js';
import { BOUNDS, factsOf, type RangeFacts, type ThreadTime } from './verdict-facts.js';

/** What keeps the lanes from finishing sooner, or that nothing does. */
export const VERDICT_KINDS = [
  'nothing',
  'lock-bound',
  'imbalanced',
  'start-bound',
  'overhead-bound',
  'short-of-cores',
  'sleeping',
  'serial',
  'oversubscribed',
  'well-used',
] as const;

export type VerdictKind = (typeof VERDICT_KINDS)[number];

/** What sets the least time in a verdict: what sets that of the work, or the losses that stay. */
export const VERDICT_BOUNDS = [...BOUNDS, 'other losses'] as const;

/** The least time that a range takes without what is named, and what sets it. */
export interface Bound {
  readonly leastNs: number;
  readonly by: (typeof VERDICT_BOUNDS)[number];
}

export interface Verdict {
  readonly kind: VerdictKind;
  readonly lanes: number;
  readonly cores: number;
  readonly tasks: number;
  /** Times that the process-wide lock passed from one lane to another. */
  readonly handoffs: number;
  readonly lengthNs: number;
  /** Time in which the process stood still, which is left out of all else. */
  readonly suspendedNs: number;
  readonly time: ThreadTime;
  readonly bound: Bound;
  /** Whether the bound is one: nothing takes less. Else it is an estimate. */
  readonly isBound: boolean;
  /** The estimated least time as a share of the range, at most 1: how well it is used. */
  readonly used: number;
  /** How many times as fast the same work could be without what is named; at least 1. */
  readonly gain: number;
}

/** A range in which the work takes at most a tenth more than it must is well used. */
const WELL_USED_GAIN = 1 / 0.9;

/** Compute spans this many times as long as the core time in them are called crowded. */
const CROWDED_RATIO = 1.1;

/** What can be mended without a change to hand-overs: in the time of those nothing is gained. */
const KEEPS_DEAD_TIME: ReadonlySet<VerdictKind> = new Set(['imbalanced', 'serial', 'lock-bound']);

/** Two times that differ by less, as a share, are the same. */
const ROUNDING = 1e-9;

/** Losses that can be mended without a core more for those that compute. */
const LOSSES: ReadonlySet<VerdictKind> = new Set<VerdictKind>([
  'lock-bound',
  'imbalanced',
  'start-bound',
  'overhead-bound',
  'serial',
]);

/**
 * Judges a range of time.
 *
 * **The least time.** With L lanes and C cores, the same tasks take no less than the largest of
 * - core time / min(L, C): no more cores than that can compute,
 * - (core time + sleep) / L: a lane does one thing at a time,
 * - the longest task's own compute and sleep: a task is not divided.
 * For one lane alone, L is the number of cores. Of tasks that reach over an edge of the range the part
 * inside counts.
 *
 * **The lock's own cost.** Under gil-released the lock is taken and given up within compute spans. What
 * a hold and a hand-over cost is measured on the run's lanes before its first repeat
 * (`MeasuredCosts`); that times how often each came to pass is `lockNs`, and no core time. It is no
 * more than what computing took beyond its least. Under the other modes the lock's operations lie
 * between compute spans: a hand-over is waiting, and a hold's cost is taken out of the overhead.
 *
 * **Estimate and bound.** With core time as it was, less `lockNs`, the least time is an estimate: lanes
 * that compete for memory and caches compute longer, so that the same work may take less otherwise. The
 * verdict's kind rests on it. What releasing a lock gains at most rests on what cannot be faster: each
 * iteration as fast as the fastest one of such matrices that any lane of this process has had, without a
 * lock and with a core to itself (`LeastWork`), and each sleep as long as asked for. It is known of whole
 * repeats. Where there is a lock and another loss is named, the estimate stands as one. Where there is no
 * lock it is taken for a bound, which assumes that computing takes as much core time as it took here.
 * Where more lanes computed at once than there are cores, core time is as `coreTime` says, and the longest
 * task's computing is taken times cores / most lanes at once, what an even sharing leaves of it.
 *
 * **The gain** is the range's length over the bound, or over the estimate where there is no bound. It is
 * no more than doing without what is named alone would bring: where all other losses, staying as they
 * are, leave more time than the estimate, that time is what it is over, and an estimate too. An
 * even load or more lanes do not take away the time in which no lane computes or sleeps: there it is
 * added. A lock that is released takes its hand-overs with it, so that a bound does not have them; an
 * estimate does.
 *
 * **Interruptions.** Gaps in which the whole process stood still are left out, as if there were none.
 * Computing without a core (`queuedNs`) is no core time either, as far as the lanes do not take the cores
 * from each other. It is no reason for a gain either, unless it is what is named.
 *
 * **The rule**, the first that holds:
 * 1. no task: `nothing`;
 * 2. the range is at most 1/0.9 times as long as the estimate: `sleeping` where more time is slept than
 *    computed, `oversubscribed` where compute spans are at least 1.1 times their core time,
 *    else `well-used`;
 * 3. one lane that computes or sleeps at least 0.9 of the range: `serial`;
 * 4. else the loss without which most could be gained if all others stayed as they are: waiting, the
 *    lock's own cost, and idling at the end because others had waited (`lock-bound`); idling at the end
 *    because others had more work (`imbalanced`); computing without a core (`short-of-cores`); the time before lanes' first tasks and after the last
 *    of all (`start-bound`); all else (`overhead-bound`). Without a loss, a range takes no less than the
 *    estimate, than the lanes' remaining time over the lanes, and, unless the lock is what goes, than
 *    the time for which the one lock is held.
 * What other runs of the same work took has the last word: see `slowerThan`.
 *
 * A lane is idle at the end from its last task until the last task of all. Of that, as much is laid
 * to uneven load as the lane had less work (task time without waiting) than the lane with the most;
 * of the rest, summed over the lanes, up to as much as was waited in all is laid to the lock. What
 * lanes idle because the longest task sets the least time is no loss that an even load would mend.
 */
export function* verdictOf(
  timeline: Timeline,
  figures: RangeFigures,
  cores: number,
  costs: WorkCosts,
): CooperativeTask<Verdict> {
  return judge(yield* factsOf(timeline, figures, cores, costs));
}

/** Judges by the facts of a range, or by the sums of several (`sumOfFacts`). */
export function judge(facts: RangeFacts): Verdict {
  const { lanes, cores, tasks, handoffs, lengthNs, suspendedNs, time, hasLock, floorNs } = facts;
  const estimate = largest(facts.leastNs);
  const easy = kindWithoutLoss(facts, estimate);
  const { kind, leftNs } =
    easy === undefined ? largestLoss(facts, estimate) : { kind: easy, leftNs: 0 };
  const floor = kind === 'lock-bound' && floorNs !== null ? largest(floorNs) : null;
  const estimated = estimateWithout(kind, facts, estimate);
  const othersStay = floor === null && leftNs > estimated.withDeadNs * (1 + ROUNDING);
  const bound: Bound = othersStay
    ? { leastNs: leftNs, by: 'other losses' }
    : (floor ?? estimated.bound);
  const isBound = floor !== null || (!hasLock && !othersStay);
  const gain = gainOf(
    lengthNs,
    floor === null ? Math.max(leftNs, estimated.withDeadNs) : floor.leastNs,
  );
  const used = 1 / gainOf(lengthNs, estimate.leastNs);
  return {
    ...{ kind, lanes, cores, tasks, handoffs, lengthNs, suspendedNs, time },
    ...{ bound, isBound, used, gain },
  };
}

/** The least time without what is named, and that with the time in which no lane does anything. */
function estimateWithout(
  kind: VerdictKind,
  { leastQueuedNs, deadNs }: RangeFacts,
  estimate: Bound,
): { readonly bound: Bound; readonly withDeadNs: number } {
  // What is named leaves computing without a core as it is, unless that is what is named.
  const bound = LOSSES.has(kind) ? largest(leastQueuedNs) : estimate;
  return { bound, withDeadNs: bound.leastNs + (KEEPS_DEAD_TIME.has(kind) ? deadNs : 0) };
}

function gainOf(lengthNs: number, leastNs: number): number {
  return leastNs > 0 ? Math.max(1, lengthNs / leastNs) : 1;
}

function largest(leastNs: RangeFacts['leastNs']): Bound {
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

/** What is lost to something, and how long the range would last without it. */
interface Loss {
  readonly kind: VerdictKind;
  readonly goesNs: number;
  readonly leftNs: number;
}

/** The loss without which the range would be shortest, all others staying; lock first in a tie. */
function largestLoss({ lanes, time, heldNs }: RangeFacts, estimate: Bound): Loss {
  const { coreNs, queuedNs, sleepNs, waitNs, lockNs, startNs, tailNs, heldUpNs, overheadNs } = time;
  // A single lane's least time is that of several, which no loss of its own keeps it from.
  const leastNs = lanes === 1 ? 0 : estimate.leastNs;
  const workNs = coreNs + sleepNs;
  // While the longest task runs, an even load cannot keep more lanes busy than there is work for.
  const idleForLongestNs =
    estimate.by === 'longest task' ? Math.max(0, lanes * estimate.leastNs - workNs) : 0;
  const unevenNs = Math.max(0, tailNs - idleForLongestNs);
  const lostNs = waitNs + queuedNs + lockNs + startNs + tailNs + heldUpNs + overheadNs;
  const forLockNs = waitNs + lockNs + heldUpNs;
  const without = (goesNs: number, otherNs: number) =>
    Math.max(leastNs, otherNs, (workNs + lostNs - goesNs) / lanes);
  // Holders that have a core hold the lock for less, and it is waited for less in the same measure.
  const sparedNs = heldNs === 0 ? 0 : (waitNs + heldUpNs) * Math.min(1, queuedNs / heldNs);
  const losses = [
    { kind: 'lock-bound', goesNs: forLockNs, leftNs: without(forLockNs, 0) },
    {
      kind: 'short-of-cores',
      goesNs: queuedNs,
      leftNs: without(queuedNs + sparedNs, Math.max(0, heldNs - queuedNs)),
    },
    { kind: 'imbalanced', goesNs: unevenNs, leftNs: without(unevenNs, heldNs) },
    { kind: 'start-bound', goesNs: startNs, leftNs: without(startNs, heldNs) },
    { kind: 'overhead-bound', goesNs: overheadNs, leftNs: without(overheadNs, heldNs) },
  ] as const satisfies readonly Loss[];
  const [first, ...others] = losses.filter(({ goesNs }) => goesNs > 0);
  return others.reduce<Loss>(
    (most, each) => (each.leftNs < most.leftNs ? each : most),
    first ?? losses[4],
  );
}
