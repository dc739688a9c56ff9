import { partNs, spansIn, type TimeRange } from '../../../recording/span-walk.js';
import type { SpanTrack } from '../../../recording/span-track.js';
import type { Timeline } from '../../../recording/timeline.js';
import { formatShare } from '../../../base/units.js';
import type { LaneSpan } from './lane-spans.js';

/** One lane that held or awaited the lock during a span, and for which share of it. */
export interface ShareLine {
  /** `lane 2`, `+3 more`, or `free` where nobody held the lock. */
  readonly label: string;
  /** What the lane was in for most of that, where that is known: `parse (app.py:12)`. */
  readonly doing: string | null;
  /** The lane, where it is one. */
  readonly lane: number | null;
  /** How many lanes it stands for; 0 where the lock was free. */
  readonly lanes: number;
  /** For how long, in ns, of all of them together or of the one that waited longest. */
  readonly timeNs: number;
  readonly share: string;
}

type Part = Pick<LaneSpan, 'lane' | 'startNs' | 'endNs'>;

/** Lists who held the lock during a wait, or who waited for it during a hold. */
export function contentionLines(
  timeline: Timeline,
  span: Part & Pick<LaneSpan, 'kind'>,
  named: number,
): ShareLine[] {
  if (span.kind === 'wait') return holderLines(timeline, span, named);
  return span.kind === 'hold' ? waiterLines(timeline, span, named) : [];
}

/**
 * Who held a lock during a wait, whoever held it longest first: so many lanes by name, the others
 * together, and last the time in which the process-wide lock was free. The shares make up the whole,
 * but where each object has a lock of its own. None where no other lane held any.
 */
function holderLines(
  timeline: Timeline,
  { lane, startNs, endNs }: Part,
  named: number,
): ShareLine[] {
  const lengthNs = endNs - startNs;
  const holders = timeline.holders(startNs, endNs).filter((holder) => holder.lane !== lane);
  if (holders.length === 0) return [];
  const [shown, others] = split(holders, named);
  const othersNs = others.reduce((sum, { heldNs }) => sum + heldNs, 0);
  const { lock } = timeline;
  const freeNs = lock.length === 0 ? 0 : lengthNs - lock.coveredNs(startNs, endNs);
  const isFree = Math.round((100 * freeNs) / lengthNs) > 0;
  const share = (partNs: number) => formatShare(partNs / lengthNs);
  return [
    ...shown.map((each) => ({
      ...laneLine(timeline, each.lane, each.heldNs, share(each.heldNs)),
      doing: doingMostly(timeline.lane(each.lane).hold, timeline.holderLabels, { startNs, endNs }),
    })),
    ...othersLine(others.length, othersNs, share(othersNs)),
    ...(isFree
      ? [{ label: 'free', doing: null, lane: null, lanes: 0, timeNs: freeNs, share: share(freeNs) }]
      : []),
  ];
}

/**
 * Who waited for a lock during a hold, whoever waited longest first: so many lanes by name, and the
 * others by the most that one of them waited, as many wait at a time.
 */
function waiterLines(
  timeline: Timeline,
  { lane, startNs, endNs }: Part,
  named: number,
): ShareLine[] {
  const waiters = Array.from({ length: timeline.lanes }, (_, other) => ({
    lane: other,
    waitedNs: timeline.lane(other).wait.coveredNs(startNs, endNs),
  }))
    .filter((waiter) => waiter.lane !== lane && waiter.waitedNs > 0)
    .sort((a, b) => b.waitedNs - a.waitedNs);
  const [shown, others] = split(waiters, named);
  const mostNs = others[0]?.waitedNs ?? 0;
  const share = (partNs: number) => formatShare(partNs / (endNs - startNs));
  return [
    ...shown.map((each) => ({
      ...laneLine(timeline, each.lane, each.waitedNs, share(each.waitedNs)),
      doing: doingMostly(timeline.lane(each.lane).wait, timeline.labels, { startNs, endNs }),
    })),
    ...othersLine(others.length, mostNs, `up to ${share(mostNs)}`),
  ];
}

function laneLine(timeline: Timeline, lane: number, timeNs: number, share: string): ShareLine {
  return { label: timeline.laneName(lane), doing: null, lane, lanes: 1, timeNs, share };
}

function othersLine(lanes: number, timeNs: number, share: string): ShareLine[] {
  return lanes === 0
    ? []
    : [{ label: `+${lanes} more`, doing: null, lane: null, lanes, timeNs, share }];
}

/** So many spans are looked at for what a lane was in, which is told while the pointer moves. */
const MOST_LOOKED_AT = 2000;

/** The label of the spans that cover most of a range; null where none is known. */
function doingMostly(
  track: SpanTrack,
  labels: readonly string[] | null,
  range: TimeRange,
): string | null {
  if (labels === null) return null;
  const { first, end } = spansIn(track, range);
  const times = new Map<number, number>();
  for (let index = first; index < Math.min(end, first + MOST_LOOKED_AT); index += 1) {
    const tag = track.tag(index);
    times.set(tag, (times.get(tag) ?? 0) + partNs(track, index, range));
  }
  const [most] = [...times].sort(([, a], [, b]) => b - a);
  return labels[most?.[0] ?? NaN] ?? null;
}

/** So many by name, and the others. */
function split<Each>(all: readonly Each[], named: number): [Each[], Each[]] {
  return [all.slice(0, named), all.slice(named)];
}
