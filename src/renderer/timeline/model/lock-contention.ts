import type { Timeline } from '../../../recording/timeline.js';
import { formatShare } from '../../../base/units.js';
import type { LaneSpan } from './lane-spans.js';

/** One lane that held or awaited the lock during a span, and for which share of it. */
export interface ShareLine {
  /** `lane 2`, `+3 more`, or `free` where nobody held the lock. */
  readonly label: string;
  /** The lane, where it is one. */
  readonly lane: number | null;
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
  const line = (label: string, of: number | null, partNs: number): ShareLine => ({
    label,
    lane: of,
    share: formatShare(partNs / lengthNs),
  });
  return [
    ...shown.map((each) => line(`lane ${each.lane}`, each.lane, each.heldNs)),
    ...(others.length > 0 ? [line(`+${others.length} more`, null, othersNs)] : []),
    ...(isFree ? [line('free', null, freeNs)] : []),
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
    share: timeline.lane(other).wait.coveredNs(startNs, endNs) / (endNs - startNs),
  }))
    .filter((waiter) => waiter.lane !== lane && waiter.share > 0)
    .sort((a, b) => b.share - a.share);
  const [shown, others] = split(waiters, named);
  const [most] = others;
  return [
    ...shown.map((each) => ({
      label: `lane ${each.lane}`,
      lane: each.lane,
      share: formatShare(each.share),
    })),
    ...(most === undefined
      ? []
      : [
          {
            label: `+${others.length} more`,
            lane: null,
            share: `up to ${formatShare(most.share)}`,
          },
        ]),
  ];
}

/** So many by name and the others; one that is left over is as soon named as counted. */
function split<Each>(all: readonly Each[], named: number): [Each[], Each[]] {
  const shown = all.length === named + 1 ? named + 1 : named;
  return [all.slice(0, shown), all.slice(shown)];
}
