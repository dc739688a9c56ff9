import { SPANS_A_SLICE, type CooperativeTask } from '../base/cooperative-task.js';
import type { Timeline } from '../recording/timeline.js';
import { coreTime, type CoreTime } from './core-time.js';
import type { SpanTrack } from '../recording/span-track.js';
import { idleAtEnds } from './idle-at-ends.js';
import { costsOfPart, type WorkCosts } from './work-costs.js';
import { rangeFigures, type RangeFigures } from './selection-stats.js';
import { partNs, spansIn, type TimeRange } from '../recording/span-walk.js';

/** Where the lanes' time went, in ns of thread time, which they add up to. */
export interface ThreadTime {
  /** Computing with a core, without what the lock costs within it. */
  readonly coreNs: number;
  /** Computing without one, while more lanes compute than there are cores. */
  readonly crowdedNs: number;
  /** Computing without one beyond that: other processes, a quota or another virtual machine had it. */
  readonly queuedNs: number;
  readonly sleepNs: number;
  /** Waiting for a lock. */
  readonly waitNs: number;
  /** Taking the lock, giving it up and taking it over from another lane: measured costs times how often. */
  readonly lockNs: number;
  /** Before a lane's first task and after the last one of all: starting the lanes and hearing of their end. */
  readonly startNs: number;
  /** After a lane's last task, while another lane still had one, as it had more work. */
  readonly tailNs: number;
  /** After a lane's last task, while another lane still had one, as that had waited for a lock. */
  readonly heldUpNs: number;
  /** All else: handing tasks out and in, recording. */
  readonly overheadNs: number;
}

/** What sets the least time of work: the cores, the lanes (for work that sleeps), or its longest task. */
export const BOUNDS = ['cores', 'lanes', 'longest task'] as const;
export type BoundBy = (typeof BOUNDS)[number];

/** What a verdict on a range of time rests on. */
export interface RangeFacts {
  readonly lanes: number;
  readonly cores: number;
  readonly tasks: number;
  /** Times that the process-wide lock passed from one lane to another. */
  readonly handoffs: number;
  readonly lengthNs: number;
  /** Left out of the length and of all that follows: the process stood still. */
  readonly suspendedNs: number;
  readonly time: ThreadTime;
  /** The time in which no lane computes or sleeps. */
  readonly deadNs: number;
  /** For how long the process-wide lock is held; 0 where there is none. */
  readonly heldNs: number;
  readonly hasLock: boolean;
  /** About the least times that the work takes, by what sets them (see `verdictOf`). */
  readonly leastNs: Readonly<Record<BoundBy, number>>;
  /** The same where computing goes on having no core for as long as it had none here. */
  readonly leastQueuedNs: Readonly<Record<BoundBy, number>>;
  /** Times that it cannot take less than without its lock, in the same way; null where not known. */
  readonly floorNs: Readonly<Record<BoundBy, number>> | null;
}

/** Searches for a task's own time between two yields: each takes as long as walking many spans. */
const SEARCHES_A_SLICE = 256;

/**
 * Gathers what the verdict on a range rests on, without the gaps in which the process stood still: what
 * lies between them is taken for parts of a repeat that follow one another.
 */
export function* factsOf(
  timeline: Timeline,
  figures: RangeFigures,
  cores: number,
  costs: WorkCosts,
): CooperativeTask<RangeFacts> {
  const { range } = figures;
  const gaps = timeline.interruptions.suspensions.filter((gap) => overlapNs(gap, range) > 0);
  if (gaps.length === 0) return yield* factsBetweenGaps(timeline, figures, cores, costs);
  const starts = [range.startNs, ...gaps.map(({ endNs }) => endNs)];
  const ends = [...gaps.map(({ startNs }) => startNs), range.endNs];
  const parts: RangeFacts[] = [];
  for (const [index, startNs] of starts.entries()) {
    const endNs = ends[index] ?? startNs;
    if (endNs <= startNs) continue;
    const part = yield* rangeFigures(timeline, { startNs, endNs });
    parts.push(yield* factsBetweenGaps(timeline, part, cores, costsOfPart(costs)));
  }
  const [first, ...others] = parts;
  if (first === undefined) return yield* factsBetweenGaps(timeline, figures, cores, costs);
  const suspendedNs = gaps.reduce((sum, gap) => sum + overlapNs(gap, range), 0);
  return { ...sumOfFacts(first, others), suspendedNs };
}

function overlapNs(one: TimeRange, other: TimeRange): number {
  return Math.min(one.endNs, other.endNs) - Math.max(one.startNs, other.startNs);
}

/** Gathers what the verdict on a range rests on, with the costs of a part where it is no whole repeat. */
function* factsBetweenGaps(
  timeline: Timeline,
  figures: RangeFigures,
  cores: number,
  costs: WorkCosts,
): CooperativeTask<RangeFacts> {
  const { range, all } = figures;
  const { lanes } = timeline;
  const lengthNs = range.endNs - range.startNs;
  const core = yield* coreTime(timeline, range, cores);
  const handoffs = yield* handoffsIn(timeline.lock, range);
  const time = threadTime(timeline, figures, core, lockNsOf(figures, handoffs, costs), costs);
  // Computing as it would be without the lock's costs in it, and with a core of its own.
  const scale = Math.min(1, cores / core.peak) * (time.coreNs / core.coreNs);
  const longestNs = yield* longestTask(timeline, range, core.coreNs === 0 ? 1 : scale);
  const leastNs = leastTimes(time, longestNs, lanes, cores);
  const queuedCoreNs = time.coreNs + time.queuedNs;
  const slower = time.coreNs === 0 ? 1 : queuedCoreNs / time.coreNs;
  const queued = { coreNs: queuedCoreNs, sleepNs: time.sleepNs };
  const leastQueuedNs = leastTimes(queued, longestNs * slower, lanes, cores);
  return {
    lanes,
    cores,
    tasks: all.kinds.task.count,
    handoffs,
    lengthNs,
    suspendedNs: 0,
    time,
    deadNs: Math.max(0, lengthNs - core.busyNs),
    heldNs: timeline.lock.coveredNs(range.startNs, range.endNs),
    leastNs,
    leastQueuedNs,
    hasLock: costs.hasLock,
    floorNs: floorTimes(costs, lanes, cores),
  };
}

/** The times that work takes at least, by what sets them. */
function leastTimes(
  { coreNs, sleepNs }: Pick<ThreadTime, 'coreNs' | 'sleepNs'>,
  longestTaskNs: number,
  lanes: number,
  cores: number,
): Record<BoundBy, number> {
  const usedLanes = lanesToUse(lanes, cores);
  return {
    cores: coreNs / Math.min(usedLanes, cores),
    lanes: (coreNs + sleepNs) / usedLanes,
    'longest task': longestTaskNs,
  };
}

function floorTimes({ least }: WorkCosts, lanes: number, cores: number): RangeFacts['floorNs'] {
  if (least === null) return null;
  const { computeNs, sleepNs, longestTaskNs } = least;
  return leastTimes({ coreNs: computeNs, sleepNs }, longestTaskNs, lanes, cores);
}

/** Counts the holds of a lock in a range that another lane had before. */
function* handoffsIn(lock: SpanTrack, range: TimeRange): CooperativeTask<number> {
  const { first, end } = spansIn(lock, range);
  let count = 0;
  for (let index = Math.max(1, first); index < end; index += 1) {
    if (lock.tag(index) !== lock.tag(index - 1)) count += 1;
    if (index % SPANS_A_SLICE === 0) yield;
  }
  return count;
}

/** What the lock's operations in a range cost in all, by what each was measured to cost. */
function lockNsOf(
  { all }: RangeFigures,
  handoffs: number,
  { holdNs, handOverNs }: WorkCosts,
): number {
  const holds = all.kinds.hold.count;
  return Math.max(0, holds - handoffs) * holdNs + handoffs * handOverNs;
}

/** The facts of ranges of the same work as those of one, which lasted as long as all of them. */
export function sumOfFacts(first: RangeFacts, others: readonly RangeFacts[]): RangeFacts {
  return others.reduce<RangeFacts>(
    (sum, next) => ({
      ...sum,
      tasks: sum.tasks + next.tasks,
      handoffs: sum.handoffs + next.handoffs,
      lengthNs: sum.lengthNs + next.lengthNs,
      suspendedNs: sum.suspendedNs + next.suspendedNs,
      time: added(sum.time, next.time),
      deadNs: sum.deadNs + next.deadNs,
      heldNs: sum.heldNs + next.heldNs,
      leastNs: added(sum.leastNs, next.leastNs),
      leastQueuedNs: added(sum.leastQueuedNs, next.leastQueuedNs),
      floorNs:
        sum.floorNs === null || next.floorNs === null ? null : added(sum.floorNs, next.floorNs),
    }),
    first,
  );
}

/** How many lanes the same work could use: one lane alone is judged as a lane for each core. */
export function lanesToUse(lanes: number, cores: number): number {
  return lanes === 1 ? Math.max(1, cores) : lanes;
}

function added<Name extends string>(
  one: Readonly<Record<Name, number>>,
  other: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(one) as Name[];
  const sums = names.map((name) => [name, one[name] + other[name]]);
  return Object.fromEntries(sums) as Record<Name, number>;
}

function threadTime(
  timeline: Timeline,
  figures: RangeFigures,
  core: CoreTime,
  lockNs: number,
  { isLockInCompute, least }: WorkCosts,
): ThreadTime {
  const { compute, sleep, wait } = figures.all.kinds;
  const { startNs, endNs } = figures.range;
  const { beforeNs, idleNs, unevenNs } = idleAtEnds(timeline, figures);
  const heldUpNs = Math.min(idleNs - unevenNs, wait.sumNs);
  const known = compute.sumNs + sleep.sumNs + wait.sumNs + beforeNs + unevenNs + heldUpNs;
  const elseNs = Math.max(0, (endNs - startNs) * timeline.lanes - known);
  // No more than there is: the work itself computes, and what lies between is all there is besides.
  const crowdedNs = Math.max(0, compute.sumNs - core.coreNs);
  const queuedNs = Math.min(core.coreNs, Math.max(0, queuedIn(timeline, figures) - crowdedNs));
  const coreNs = core.coreNs - queuedNs;
  const inCompute = isLockInCompute
    ? Math.min(lockNs, Math.max(0, coreNs - (least?.computeNs ?? 0)))
    : 0;
  const between = isLockInCompute ? 0 : Math.min(lockNs, elseNs);
  return {
    coreNs: coreNs - inCompute,
    crowdedNs,
    queuedNs,
    sleepNs: sleep.sumNs,
    waitNs: wait.sumNs,
    lockNs: inCompute + between,
    startNs: beforeNs,
    tailNs: unevenNs,
    heldUpNs,
    overheadNs: elseNs - between,
  };
}

/** The computing without a core in a range, as each lane's share of it was in the whole repeat. */
function queuedIn({ interruptions }: Timeline, { lanes }: RangeFigures): number {
  return lanes.reduce(
    (sum, { kinds }, lane) => sum + kinds.compute.sumNs * (interruptions.queuedShares?.[lane] ?? 0),
    0,
  );
}

/** The longest time that a task computes (times `computeScale`) and sleeps in the range, in ns. */
function* longestTask(
  timeline: Timeline,
  range: TimeRange,
  computeScale: number,
): CooperativeTask<number> {
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
