import type { KindFigures, RangeFigures } from '../../analysis/selection-stats.js';
import { byKind } from '../../recording/spans.js';
import type { LaneTrack, Timeline } from '../../recording/timeline.js';

/** The figures of a running repeat: those that need no more than its tracks' totals. */
export interface RunningFigures {
  /** Counts and sums; quantiles and the longest time are not numbers, like the time without a task. */
  readonly figures: RangeFigures;
  /** The share of the time in which the process-wide lock was held, 0 to 1. */
  readonly heldShare: number;
  /** How many lanes waited, on average. */
  readonly waiting: number;
}

/**
 * Sums up the spans that a repeat has so far, in a few steps for each lane: working out more would
 * take time from the lanes that are being measured.
 */
export function runningFigures(timeline: Timeline): RunningFigures {
  const { endNs } = timeline;
  const lanes = Array.from({ length: timeline.lanes }, (_, lane) => totalsOf(timeline.lane(lane)));
  const all = lanes.reduce(added, totalsOf(undefined));
  const share = (timeNs: number) => (endNs > 0 ? timeNs / endNs : 0);
  return {
    figures: { range: { startNs: 0, endNs }, all, lanes },
    heldShare: Math.min(1, share(all.kinds.hold.sumNs)),
    waiting: share(all.kinds.wait.sumNs),
  };
}

function totalsOf(lane: LaneTrack | undefined): KindFigures {
  const kinds = byKind((kind) => ({
    count: lane?.[kind].length ?? 0,
    sumNs: lane?.[kind].totalNs ?? 0,
    ...UNKNOWN,
  }));
  return { kinds, idleNs: NaN };
}

function added(one: KindFigures, other: KindFigures): KindFigures {
  const kinds = byKind((kind) => ({
    count: one.kinds[kind].count + other.kinds[kind].count,
    sumNs: one.kinds[kind].sumNs + other.kinds[kind].sumNs,
    ...UNKNOWN,
  }));
  return { kinds, idleNs: NaN };
}

const UNKNOWN = { p50Ns: NaN, p95Ns: NaN, maxNs: NaN } as const;
