import type { Timeline } from '../../shared/timeline.js';
import { formatShare } from '../../shared/units.js';
import type { LaneSpan } from './lane-spans.js';

/** Who held the lock during a wait, and for which share of it. */
export interface HolderLine {
  /** `lane 2`, `+3 more`, or `free` where nobody did. */
  readonly label: string;
  /** The lane, where it is one. */
  readonly lane: number | null;
  readonly share: string;
}

/**
 * Who held a lock during a wait, whoever held it longest first: so many lanes by name, the others
 * together, and last the time in which the process-wide lock was free. The shares make up the whole,
 * but where each object has a lock of its own. None where no other lane held any.
 */
export function holderLines(
  timeline: Timeline,
  { lane, startNs, endNs }: Pick<LaneSpan, 'lane' | 'startNs' | 'endNs'>,
  named: number,
): HolderLine[] {
  const lengthNs = endNs - startNs;
  const holders = timeline.holders(startNs, endNs).filter((holder) => holder.lane !== lane);
  if (holders.length === 0) return [];
  // One that is left over is as soon named as counted.
  const shown = holders.length === named + 1 ? named + 1 : named;
  const others = holders.slice(shown);
  const othersNs = others.reduce((sum, { heldNs }) => sum + heldNs, 0);
  const { lock } = timeline;
  const freeNs = lock.length === 0 ? 0 : lengthNs - lock.coveredNs(startNs, endNs);
  const isFree = Math.round((100 * freeNs) / lengthNs) > 0;
  const line = (label: string, of: number | null, partNs: number): HolderLine => ({
    label,
    lane: of,
    share: formatShare(partNs / lengthNs),
  });
  return [
    ...holders.slice(0, shown).map((each) => line(`lane ${each.lane}`, each.lane, each.heldNs)),
    ...(others.length > 0 ? [line(`+${others.length} more`, null, othersNs)] : []),
    ...(isFree ? [line('free', null, freeNs)] : []),
  ];
}
