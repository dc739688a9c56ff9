import { claimOf } from './lane-rows.js';
import { AXIS_HEIGHT } from '../paint/time-axis.js';

/** What a timeline has in rows. */
export interface Rows {
  readonly lanes: number;
  readonly hasLock: boolean;
}

/**
 * How two timelines one above the other share their room, as tracks of a grid: each has at least what
 * shows its lock and two lanes, or the one lane there is, and scrolls inside itself for more; what
 * room there is beyond that makes all lanes about equally high. The upper one has the axis.
 */
export function pairTracks(upper: Rows, lower: Rows): { upper: string; lower: string } {
  return { upper: track(upper, AXIS_HEIGHT), lower: track(lower, 0) };
}

function track({ lanes, hasLock }: Rows, axisPx: number): string {
  const { leastPx, fairPx } = claimOf(lanes, hasLock);
  return `minmax(${axisPx + leastPx}px, ${axisPx + fairPx}fr)`;
}
