import { SPANS_A_SLICE, type CooperativeTask } from '../base/cooperative-task.js';
import { LockTrack } from '../recording/lock-track.js';
import { partNs, spansIn, type OrderedSpans, type TimeRange } from '../recording/span-walk.js';
import type { SpanTrack } from '../recording/span-track.js';
import type { LaneTrack, Timeline } from '../recording/timeline.js';
import { WHOLE } from './thread-shares.js';

/**
 * Who kept the others waiting: while a thread waits for a lock, its wait counts for the label that holds
 * that lock. Of a lock that nobody was seen to hold, waits count for nobody.
 */

/** What threads did under one label, in ns; where several did at a time, each counts. */
export interface LabelTimes {
  readonly label: number;
  heldNs: number;
  /** Of the time held, that in which at least one other waited for the same lock. */
  contendedNs: number;
  /** The waiting of all others that its holds caused. */
  causedWaitNs: number;
  /** The longest time that it held a lock without a break. */
  longestNs: number;
  /** Computing without a lock. */
  computeNs: number;
}

/** How long waits of one label lay in holds of another, in ns. */
export interface LabelPair {
  readonly holder: number;
  readonly waiter: number;
  waitNs: number;
}

export interface Contention {
  /** Those that held or computed, whoever caused most waiting first. */
  readonly labels: readonly LabelTimes[];
  /** The longest first. */
  readonly pairs: readonly LabelPair[];
}

/**
 * Works out the contention of a range.
 *
 * @param locks the lock of each lane, by any numbers; null where it takes none
 */
export function* contentionIn(
  timeline: Timeline,
  locks: readonly (number | null)[],
  range: TimeRange = WHOLE,
): CooperativeTask<Contention> {
  const tally = new Tally();
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    yield* addCompute(tally, timeline.lane(lane).compute, range);
  }
  for (const lock of new Set(locks)) {
    if (lock === null) continue;
    const lanes = locks.flatMap((own, lane) => (own === lock ? [timeline.lane(lane)] : []));
    yield* addLock(tally, lanes, range);
  }
  return tally.sorted();
}

function* addCompute(tally: Tally, track: SpanTrack, range: TimeRange): CooperativeTask<void> {
  const { first, end } = spansIn(track, range);
  for (let index = first; index < end; index += 1) {
    tally.label(track.tag(index)).computeNs += partNs(track, index, range);
    if (index % SPANS_A_SLICE === 0) yield;
  }
}

/** The holds of one lock in order of time, each with its label and its lane. */
interface Holds {
  readonly spans: SpanTrack;
  readonly labels: Uint32Array;
}

function* addLock(
  tally: Tally,
  lanes: readonly LaneTrack[],
  range: TimeRange,
): CooperativeTask<void> {
  const holds = holdsInOrder(lanes);
  yield;
  const { first, end } = spansIn(holds.spans, range);
  for (let index = first; index < end; index += 1) {
    const heldNs = partNs(holds.spans, index, range);
    const times = tally.label(holds.labels[index] ?? NaN);
    times.heldNs += heldNs;
    times.longestNs = Math.max(times.longestNs, heldNs);
    if (index % SPANS_A_SLICE === 0) yield;
  }
  for (const { wait } of lanes) yield* addWaits(tally, wait, holds, range);
  yield* addContended(tally, lanes, holds, range);
}

function holdsInOrder(lanes: readonly LaneTrack[]): Holds {
  const spans = new LockTrack().update(lanes);
  const next = new Uint32Array(lanes.length);
  const labels = spans.tags.map((lane) => {
    const index = next[lane] ?? 0;
    next[lane] = index + 1;
    return lanes[lane]?.hold.tag(index) ?? NaN;
  });
  return { spans, labels };
}

/** Adds each wait to the labels of the holds that lie in its time. */
function* addWaits(
  tally: Tally,
  waits: SpanTrack,
  holds: Holds,
  range: TimeRange,
): CooperativeTask<void> {
  const { first, end } = spansIn(waits, range);
  let steps = 0;
  for (let index = first; index < end; index += 1) {
    const wait = within(range, { startNs: waits.startNs(index), endNs: waits.endNs(index) });
    const during = spansIn(holds.spans, wait);
    for (let hold = during.first; hold < during.end; hold += 1) {
      const holder = holds.labels[hold] ?? NaN;
      const waitNs = partNs(holds.spans, hold, wait);
      tally.label(holder).causedWaitNs += waitNs;
      tally.pair(holder, waits.tag(index)).waitNs += waitNs;
      steps += 1;
      if (steps % SPANS_A_SLICE === 0) yield;
    }
  }
}

/** Adds to each label the time in which it held while somebody waited. */
function* addContended(
  tally: Tally,
  lanes: readonly LaneTrack[],
  holds: Holds,
  range: TimeRange,
): CooperativeTask<void> {
  const waited = yield* unionOf(lanes.map(({ wait }) => wait));
  for (let index = 0; index < waited.length; index += 1) {
    const part = within(range, { startNs: waited.startNs(index), endNs: waited.endNs(index) });
    const during = spansIn(holds.spans, part);
    for (let hold = during.first; hold < during.end; hold += 1) {
      tally.label(holds.labels[hold] ?? NaN).contendedNs += partNs(holds.spans, hold, part);
    }
    if (index % SPANS_A_SLICE === 0) yield;
  }
}

/** The times in which at least one of the tracks has a span. */
function* unionOf(tracks: readonly SpanTrack[]): CooperativeTask<OrderedSpans> {
  const count = tracks.reduce((sum, { length }) => sum + length, 0);
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  let filled = 0;
  for (const track of tracks) {
    for (let index = 0; index < track.length; index += 1) {
      starts[filled] = track.startNs(index);
      ends[filled] = track.endNs(index);
      filled += 1;
    }
    yield;
  }
  starts.sort();
  yield;
  ends.sort();
  yield;
  // As many spans are open as have started and not ended: where that falls to none, a part ends.
  let length = 0;
  let startNs = starts[0] ?? 0;
  for (let index = 0; index < count; index += 1) {
    const nextStartNs = starts[index + 1] ?? Infinity;
    const endNs = ends[index] ?? 0;
    if (nextStartNs <= endNs) continue;
    starts[length] = startNs;
    ends[length] = endNs;
    length += 1;
    startNs = nextStartNs;
  }
  return { length, startNs: (index) => starts[index] ?? NaN, endNs: (index) => ends[index] ?? NaN };
}

function within(outer: TimeRange, inner: TimeRange): TimeRange {
  return {
    startNs: Math.max(outer.startNs, inner.startNs),
    endNs: Math.min(outer.endNs, inner.endNs),
  };
}

/** Sums by label and by pair of labels. */
class Tally {
  readonly #labels = new Map<number, LabelTimes>();
  readonly #pairs = new Map<number, Map<number, LabelPair>>();

  label(label: number): LabelTimes {
    const known = this.#labels.get(label);
    if (known !== undefined) return known;
    const times = { heldNs: 0, contendedNs: 0, causedWaitNs: 0, longestNs: 0, computeNs: 0 };
    const made: LabelTimes = { label, ...times };
    this.#labels.set(label, made);
    return made;
  }

  pair(holder: number, waiter: number): LabelPair {
    const waiters = this.#pairs.get(holder) ?? new Map<number, LabelPair>();
    this.#pairs.set(holder, waiters);
    const pair = waiters.get(waiter) ?? { holder, waiter, waitNs: 0 };
    waiters.set(waiter, pair);
    return pair;
  }

  sorted(): Contention {
    const pairs = [...this.#pairs.values()].flatMap((waiters) => [...waiters.values()]);
    return {
      labels: [...this.#labels.values()].sort(
        (a, b) =>
          b.causedWaitNs - a.causedWaitNs || b.heldNs - a.heldNs || b.computeNs - a.computeNs,
      ),
      pairs: pairs.sort((a, b) => b.waitNs - a.waitNs),
    };
  }
}
