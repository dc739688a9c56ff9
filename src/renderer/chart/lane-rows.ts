/** Heights in CSS pixels. */
const LANE_MIN = 14;
const LANE_MAX = 56;
const LOCK_ROW = 26;
const LOCK_STRIP = 10;

/** A stripe across the plot, in canvas pixels. */
export interface Stripe {
  readonly top: number;
  readonly height: number;
}

/** Where the rows are: the lock's on top, then the lanes, which scroll where they do not fit. */
export interface LaneRows {
  /** The lock's strip; null where there is none. */
  readonly lock: Stripe | null;
  /** The area that the lanes are seen in. */
  readonly area: Stripe;
  readonly lanes: number;
  readonly laneHeight: number;
  /** How far the lanes are scrolled, and how far they can be. */
  readonly scroll: number;
  readonly maxScroll: number;
}

/** Lays out so many lanes in a stripe; `scroll` is wished for, and kept in bounds. */
export function laneRows(lanes: number, space: Stripe, hasLock: boolean, scroll: number): LaneRows {
  const top = space.top + (hasLock ? LOCK_ROW : 0);
  const height = Math.max(0, space.height - (hasLock ? LOCK_ROW : 0));
  const fitting = Math.floor(height / Math.max(1, lanes));
  const laneHeight = Math.min(Math.max(fitting, LANE_MIN), LANE_MAX);
  const maxScroll = Math.max(0, lanes * laneHeight - height);
  const lockTop = space.top + (LOCK_ROW - LOCK_STRIP) / 2;
  return {
    lock: hasLock ? { top: lockTop, height: LOCK_STRIP } : null,
    area: { top, height },
    lanes,
    laneHeight,
    scroll: Math.min(Math.max(0, scroll), maxScroll),
    maxScroll,
  };
}

/** The lanes that are in sight, from `first` to before `next`. */
export function lanesInSight(rows: LaneRows): { first: number; next: number } {
  const { scroll, area, laneHeight, lanes } = rows;
  const first = Math.floor(scroll / laneHeight);
  const next = Math.min(lanes, Math.ceil((scroll + area.height) / laneHeight));
  return { first, next };
}

/** The top of a lane's row, in canvas pixels. */
export function laneTop(rows: LaneRows, lane: number): number {
  return rows.area.top + lane * rows.laneHeight - rows.scroll;
}

/** What is at a height of the canvas: a lane, the lock, or nothing. */
export function rowAt(rows: LaneRows, y: number): number | 'lock' | null {
  const { lock, area } = rows;
  if (lock !== null && y >= lock.top - 2 && y < lock.top + lock.height + 2) return 'lock';
  if (y < area.top || y >= area.top + area.height) return null;
  const lane = Math.floor((y - area.top + rows.scroll) / rows.laneHeight);
  return lane < rows.lanes ? lane : null;
}

/** The stripes of each kind within a lane's row. */
export interface LaneBands {
  /** Computing, and sleeping in a lower block. */
  readonly block: Stripe;
  readonly sleep: Stripe;
  /** Waiting, a thin strip. */
  readonly wait: Stripe;
  /** Holding the lock, a strip on top of the block. */
  readonly hold: Stripe;
}

/** The bands of a row whose top is there, on whole pixels. */
export function laneBands(top: number, height: number): LaneBands {
  const margin = height >= 24 ? 3 : 1;
  const strip = height >= 24 ? 3 : 2;
  const y = Math.round(top) + margin;
  const full = Math.round(height) - 2 * margin;
  const block = { top: y + strip, height: full - strip };
  const waitHeight = Math.max(4, Math.round(full * 0.3));
  const sleepHeight = Math.max(5, Math.round(full * 0.55));
  return {
    block,
    sleep: centred(block, sleepHeight),
    wait: centred(block, waitHeight),
    hold: { top: y, height: strip },
  };
}

function centred(block: Stripe, height: number): Stripe {
  return { top: block.top + Math.round((block.height - height) / 2), height };
}
