import type { TimeRange } from '../recording/span-walk.js';
import type { LaneTrack } from '../recording/timeline.js';

/** What a thread of a program can be in, each a kind of span; together they are all of its time. */
export const THREAD_STATES = ['hold', 'wait', 'compute', 'sleep', 'blocked', 'queued'] as const;
export type ThreadState = (typeof THREAD_STATES)[number];

/** A thread's time by what it was in; `compute` is without a lock. */
export type StateTimes = Readonly<Record<ThreadState, number>>;

/** All of a recording's time. */
export const WHOLE: TimeRange = { startNs: 0, endNs: Infinity };

/** The time of a thread in each state within a range, in ns. */
export function stateTimes(lane: LaneTrack, { startNs, endNs }: TimeRange = WHOLE): StateTimes {
  return byState((state) => lane[state].coveredNs(startNs, endNs));
}

/** The shares of its time that a thread was in each state; they add up to 1 unless it has no time. */
export function sharesOf(times: StateTimes): StateTimes {
  const totalNs = totalOf(times);
  return byState((state) => (totalNs > 0 ? times[state] / totalNs : 0));
}

/** All of the time, in ns. */
export function totalOf(times: StateTimes): number {
  return THREAD_STATES.reduce((sum, state) => sum + times[state], 0);
}

/** The times of several threads together. */
export function summed(threads: readonly StateTimes[]): StateTimes {
  return byState((state) => threads.reduce((sum, times) => sum + times[state], 0));
}

function byState(valueOf: (state: ThreadState) => number): StateTimes {
  return {
    hold: valueOf('hold'),
    wait: valueOf('wait'),
    compute: valueOf('compute'),
    sleep: valueOf('sleep'),
    blocked: valueOf('blocked'),
    queued: valueOf('queued'),
  };
}
