import { SPANS_A_SLICE, type Sliced } from '../base/sliced.js';
import type { Timeline } from '../recording/timeline.js';
import { coreTime, type CoreTime } from './core-time.js';
import type { RangeFigures } from './selection-stats.js';
import { partNs, spansIn, type TimeRange } from '../recording/span-walk.js';

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

/** What sets the least time of work: the cores, the lanes (for work that sleeps), or its longest task. */
export const BOUNDS = ['cores', 'lanes', 'longest task'] as const;
export type BoundBy = (typeof BOUNDS)[number];

/** What a verdict on a range of time rests on. */
export interface RangeFacts {
  readonly lanes: number;
  readonly cores: number;
  readonly tasks: number;
  readonly lengthNs: number;
  readonly time: ThreadTime;
  /** The time in which no lane computes or sleeps. */
  readonly deadNs: number;
  /** For how long the process-wide lock is held; 0 where there is none. */
  readonly heldNs: number;
  /** The times that the work cannot take less than, by what sets them (see `verdictOf`). */
  readonly leastNs: Readonly<Record<BoundBy, number>>;
}

/** Searches for a task's own time between two yields: each takes as long as walking many spans. */
const SEARCHES_A_SLICE = 256;

/** Gathers what the verdict on a range rests on. */
export function* factsOf(
  timeline: Timeline,
  figures: RangeFigures,
  cores: number,
): Sliced<RangeFacts> {
  const { range, all } = figures;
  const { lanes } = timeline;
  const lengthNs = range.endNs - range.startNs;
  const core = yield* coreTime(timeline, range, cores);
  const longestNs = yield* longestTask(timeline, range, Math.min(1, cores / core.peak));
  const time = threadTime(timeline, figures, core);
  const usedLanes = lanesToUse(lanes, cores);
  return {
    lanes,
    cores,
    tasks: all.kinds.task.count,
    lengthNs,
    time,
    deadNs: Math.max(0, lengthNs - core.busyNs),
    heldNs: timeline.lock.coveredNs(range.startNs, range.endNs),
    leastNs: {
      cores: time.coreNs / Math.min(usedLanes, cores),
      lanes: (time.coreNs + time.sleepNs) / usedLanes,
      'longest task': longestNs,
    },
  };
}

/** The facts of ranges of the same work as those of one, which lasted as long as all of them. */
export function sumOfFacts(first: RangeFacts, others: readonly RangeFacts[]): RangeFacts {
  return others.reduce<RangeFacts>(
    (sum, next) => ({
      ...sum,
      tasks: sum.tasks + next.tasks,
      lengthNs: sum.lengthNs + next.lengthNs,
      time: added(sum.time, next.time),
      deadNs: sum.deadNs + next.deadNs,
      heldNs: sum.heldNs + next.heldNs,
      leastNs: added(sum.leastNs, next.leastNs),
    }),
    first,
  );
}

/** How many lanes the same work could use: one lane alone is judged as a lane for each core. */
export function lanesToUse(lanes: number, cores: number): number {
  return lanes === 1 ? cores : lanes;
}

function added<Name extends string>(
  one: Readonly<Record<Name, number>>,
  other: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(one) as Name[];
  const sums = names.map((name) => [name, one[name] + other[name]]);
  return Object.fromEntries(sums) as Record<Name, number>;
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
