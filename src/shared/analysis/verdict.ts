import type { Timeline } from '../timeline.js';
import { coreTime, type CoreTime } from './core-time.js';
import type { RangeFigures } from './selection-stats.js';
import { SPANS_A_SLICE, partNs, spansIn, type Sliced, type TimeRange } from './span-walk.js';

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

/** Where the lanes' time went, in ns of thread time, which they add up to. */
export interface ThreadTime {
  /** Computing with a core. */
  readonly coreNs: number;
  /** Computing without one, while more lanes compute than there are cores. */
  readonly crowdedNs: number;
  readonly sleepNs: number;
  /** Waiting for a lock. */
  readonly waitNs: number;
  /** After a lane's last task, while another lane still had one, as it had more work. */
  readonly tailNs: number;
  /** After a lane's last task, while another lane still had one, as that had waited for a lock. */
  readonly heldUpNs: number;
  /** All else: handing tasks out and in, taking and giving up locks, recording. */
  readonly overheadNs: number;
}

/** The least time that work can take, however it is scheduled. */
export interface Bound {
  readonly leastNs: number;
  /** What sets it: the cores, the lanes (for work that sleeps), or the longest task. */
  readonly by: 'cores' | 'lanes' | 'longest task';
}

export interface Verdict {
  readonly kind: VerdictKind;
  readonly lanes: number;
  readonly cores: number;
  readonly tasks: number;
  readonly lengthNs: number;
  readonly time: ThreadTime;
  readonly bound: Bound;
  /** How many times sooner the same work could be done at most: length over bound, at least 1. */
  readonly gain: number;
}

/** A range in which the work takes at most a tenth more than it must is well used. */
const WELL_USED_GAIN = 1 / 0.9;

/** Searches for a task's own time between two yields: each takes as long as walking many spans. */
const SEARCHES_A_SLICE = 256;

/** Compute spans this many times as long as the core time in them are called crowded. */
const CROWDED_RATIO = 1.1;

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
 *    goes, than the time for which the one lock is held. This names the loss alone: the gain that is
 *    told is the bound's, since the other losses may well shrink with it.
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
  const { range, all } = figures;
  const lanes = timeline.lanes;
  const lengthNs = range.endNs - range.startNs;
  const core = yield* coreTime(timeline, range, cores);
  const longestNs = yield* longestTask(timeline, range, Math.min(1, cores / core.peak));
  const time = threadTime(timeline, figures, core);
  const bound = boundOf(time, longestNs, lanes === 1 ? cores : lanes, cores);
  const gain = bound.leastNs > 0 ? Math.max(1, lengthNs / bound.leastNs) : 1;
  const facts = { lanes, cores, tasks: all.kinds.task.count, lengthNs, time, bound, gain };
  const kind = kindWithoutLoss(facts) ?? largestLoss(facts, heldNs(timeline, range));
  return { ...facts, kind };
}

type Facts = Omit<Verdict, 'kind'>;

/** The kind where no loss has to be named. */
function kindWithoutLoss({ lanes, tasks, lengthNs, time, gain }: Facts): VerdictKind | undefined {
  const { coreNs, crowdedNs, sleepNs } = time;
  if (tasks === 0) return 'nothing';
  if (gain <= WELL_USED_GAIN) {
    if (sleepNs > coreNs) return 'sleeping';
    return coreNs + crowdedNs >= CROWDED_RATIO * coreNs ? 'oversubscribed' : 'well-used';
  }
  if (lanes === 1 && coreNs + sleepNs >= lengthNs / WELL_USED_GAIN) return 'serial';
  return undefined;
}

/** The loss without which the range would be shortest, all others staying; lock first in a tie. */
function largestLoss({ lanes, time, bound }: Facts, lockNs: number): VerdictKind {
  const { coreNs, sleepNs, waitNs, tailNs, overheadNs } = time;
  // A single lane's bound is that of several, which no loss of its own keeps it from.
  const leastNs = lanes === 1 ? 0 : bound.leastNs;
  const without = (stayingNs: number, otherNs: number) =>
    Math.max(leastNs, otherNs, (coreNs + sleepNs + stayingNs) / lanes);
  const noWaiting = without(tailNs + overheadNs, 0);
  const noTail = without(waitNs + overheadNs, lockNs);
  const noOverhead = without(waitNs + tailNs, lockNs);
  if (noWaiting <= Math.min(noTail, noOverhead) && waitNs > 0) return 'lock-bound';
  return noTail <= noOverhead && tailNs > 0 ? 'imbalanced' : 'overhead-bound';
}

function boundOf(time: ThreadTime, longestNs: number, lanes: number, cores: number): Bound {
  const { coreNs, sleepNs } = time;
  const bounds: Bound[] = [
    { leastNs: coreNs / Math.min(lanes, cores), by: 'cores' },
    { leastNs: (coreNs + sleepNs) / lanes, by: 'lanes' },
    { leastNs: longestNs, by: 'longest task' },
  ];
  return bounds.reduce((most, each) => (each.leastNs > most.leastNs ? each : most));
}

/** For how long the process-wide lock is held in a range, in ns; 0 where there is none. */
function heldNs({ lock }: Timeline, { startNs, endNs }: TimeRange): number {
  return lock.coveredNs(startNs, endNs);
}

function threadTime(timeline: Timeline, figures: RangeFigures, core: CoreTime): ThreadTime {
  const { compute, sleep, wait } = figures.all.kinds;
  const { startNs, endNs } = figures.range;
  const { idleNs, unevenNs } = idleAtEnd(timeline, figures);
  const heldUpNs = Math.min(idleNs - unevenNs, wait.sumNs);
  const known = compute.sumNs + sleep.sumNs + wait.sumNs + unevenNs + heldUpNs;
  return {
    coreNs: core.coreNs,
    crowdedNs: Math.max(0, compute.sumNs - core.coreNs),
    sleepNs: sleep.sumNs,
    waitNs: wait.sumNs,
    tailNs: unevenNs,
    heldUpNs,
    overheadNs: Math.max(0, (endNs - startNs) * timeline.lanes - known),
  };
}

/**
 * The thread time after lanes' last tasks, until the last task of all in the range ends, and how
 * much of it is due to their having less work than the lane with the most.
 */
function idleAtEnd(
  timeline: Timeline,
  { range, lanes }: RangeFigures,
): { readonly idleNs: number; readonly unevenNs: number } {
  const ends = lanes.map(({ kinds }, lane) => {
    const { task } = timeline.lane(lane);
    const { first, end } = spansIn(task, range);
    return {
      lastNs: end > first ? Math.min(task.endNs(end - 1), range.endNs) : range.startNs,
      hasMore: end < task.length,
      workNs: kinds.task.sumNs - kinds.wait.sumNs,
    };
  });
  const lastOfAll = ends.reduce((latest, { lastNs }) => Math.max(latest, lastNs), range.startNs);
  const mostWork = ends.reduce((most, { workNs }) => Math.max(most, workNs), 0);
  let idleNs = 0;
  let unevenNs = 0;
  for (const { lastNs, hasMore, workNs } of ends) {
    if (hasMore) continue;
    idleNs += lastOfAll - lastNs;
    unevenNs += Math.min(lastOfAll - lastNs, mostWork - workNs);
  }
  return { idleNs, unevenNs };
}

/** The longest time that a task computes (times `computeScale`) and sleeps in the range, in ns. */
function* longestTask(timeline: Timeline, range: TimeRange, computeScale: number): Sliced<number> {
  let longestNs = 0;
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    const { task, compute, sleep } = timeline.lane(lane);
    const { first, end } = spansIn(task, range);
    yield;
    let searched = 0;
    for (let index = first; index < end; index += 1) {
      if (index % SPANS_A_SLICE === 0) yield;
      if (partNs(task, index, range) <= longestNs) continue;
      searched += 1;
      if (searched % SEARCHES_A_SLICE === 0) yield;
      const startNs = Math.max(task.startNs(index), range.startNs);
      const endNs = Math.min(task.endNs(index), range.endNs);
      const ownNs =
        computeScale * compute.coveredNs(startNs, endNs) + sleep.coveredNs(startNs, endNs);
      longestNs = Math.max(longestNs, ownNs);
    }
  }
  return longestNs;
}
