import { laneOfSlot, slotOf } from './pins.js';

/** Heights in CSS pixels. */
const LANE_MIN = 14;
const LANE_MAX = 120;
const LOCK_ROW = 26;
/** The lock's row where the lanes would have too little room beside it. */
const TIGHT_LOCK_ROW = 20;
const LOCK_STRIP = 14;
/** Of two timelines that share a room: the lanes that each shows at least, and a fair lane's height. */
const LEAST_LANES = 2;
const FAIR_LANE = 20;

/** A stripe across the plot, in canvas pixels. */
export interface Stripe {
  readonly top: number;
  readonly height: number;
}

/**
 * Where the rows are: the lock's on top, then the pinned lanes, then the others, which scroll where
 * they do not fit.
 */
export interface LaneRows {
  /** The lock's strip; null where there is none. */
  readonly lock: Stripe | null;
  /** The area of the pinned lanes; of no height where none is pinned. */
  readonly pinned: Stripe;
  /** The area that the other lanes are seen in. */
  readonly area: Stripe;
  readonly lanes: number;
  /** The pinned lanes from the top; no more than leave room for others. */
  readonly pins: readonly number[];
  readonly laneHeight: number;
  /** How far the lanes are scrolled, and how far they can be. */
  readonly scroll: number;
  readonly maxScroll: number;
}

/** The lanes that are in sight in one of the two areas, from the top. */
export interface Section {
  readonly area: Stripe;
  readonly lanes: readonly number[];
}

/** Lays out so many lanes in a stripe; `scroll` is wished for, and kept in bounds. */
export function laneRows(
  lanes: number,
  space: Stripe,
  hasLock: boolean,
  scroll: number,
  pins: readonly number[] = [],
): LaneRows {
  const isTight = space.height - LOCK_ROW < lanes * LANE_MIN;
  const lockRow = isTight ? TIGHT_LOCK_ROW : LOCK_ROW;
  const top = space.top + (hasLock ? lockRow : 0);
  const height = Math.max(0, space.height - (hasLock ? lockRow : 0));
  const fitting = Math.floor(height / Math.max(1, lanes));
  const laneHeight = Math.min(Math.max(fitting, LANE_MIN), LANE_MAX);
  const room = Math.max(0, Math.floor(height / laneHeight) - (lanes * laneHeight > height ? 1 : 0));
  const kept = pins.filter((lane) => lane < lanes).slice(0, room);
  const pinnedHeight = kept.length * laneHeight;
  const maxScroll = Math.max(0, lanes * laneHeight - height);
  const lockTop = space.top + (lockRow - LOCK_STRIP) / 2;
  return {
    lock: hasLock ? { top: lockTop, height: LOCK_STRIP } : null,
    pinned: { top, height: pinnedHeight },
    area: { top: top + pinnedHeight, height: height - pinnedHeight },
    lanes,
    pins: kept,
    laneHeight,
    scroll: Math.min(Math.max(0, scroll), maxScroll),
    maxScroll,
  };
}

/** What rows claim of a room that they share with others, in px. */
export interface Claim {
  /** What shows the lock and two lanes, or the one lane there is. */
  readonly leastPx: number;
  /** In proportion to this the room is shared, as far as that leaves each the least. */
  readonly fairPx: number;
}

/** The claim of so many lanes: the more of them the more room, so that all are about equally high. */
export function claimOf(lanes: number, hasLock: boolean): Claim {
  return {
    leastPx: (hasLock ? TIGHT_LOCK_ROW : 0) + Math.min(lanes, LEAST_LANES) * LANE_MIN,
    fairPx: (hasLock ? LOCK_ROW : 0) + lanes * FAIR_LANE,
  };
}

/** The lanes that are in sight: those of the pinned area, then those of the one that scrolls. */
export function sectionsInSight({
  scroll,
  pinned,
  area,
  laneHeight,
  lanes,
  pins,
}: LaneRows): Section[] {
  const first = Math.floor(scroll / laneHeight);
  const next = Math.min(lanes - pins.length, Math.ceil((scroll + area.height) / laneHeight));
  const count = Math.max(0, next - first);
  const others = Array.from({ length: count }, (_, index) => laneOfSlot(pins, first + index));
  return [
    { area: pinned, lanes: pins },
    { area, lanes: others },
  ].filter((section) => section.lanes.length > 0);
}

/** The same rows, of which only those that a part of the canvas shows are in sight. */
export function rowsWithin(rows: LaneRows, part: Stripe): LaneRows {
  const { lock, area, scroll } = rows;
  const top = Math.min(Math.max(area.top, part.top), area.top + area.height);
  const end = Math.max(top, Math.min(area.top + area.height, part.top + part.height));
  const isLockIn = lock !== null && part.top < area.top && lock.top < part.top + part.height;
  return {
    ...rows,
    lock: isLockIn ? lock : null,
    area: { top, height: end - top },
    scroll: scroll + top - area.top,
  };
}

/** The top of a lane's row, in canvas pixels. */
export function laneTop(
  { pins, pinned, area, laneHeight, scroll }: LaneRows,
  lane: number,
): number {
  const place = pins.indexOf(lane);
  return place >= 0
    ? pinned.top + place * laneHeight
    : area.top + slotOf(pins, lane) * laneHeight - scroll;
}

/** How far to scroll, so that a lane is in sight with the least movement. */
export function scrollTo({ pins, area, laneHeight, scroll }: LaneRows, lane: number): number {
  if (pins.includes(lane)) return scroll;
  const top = slotOf(pins, lane) * laneHeight;
  return Math.min(top, Math.max(scroll, top + laneHeight - area.height));
}

/** What is at a height of the canvas: a lane, the lock, or nothing. */
export function rowAt(rows: LaneRows, y: number): number | 'lock' | null {
  const { lock, pinned, area, lanes, pins, laneHeight, scroll } = rows;
  if (lock !== null && y >= lock.top - 2 && y < lock.top + lock.height + 2) return 'lock';
  if (y < pinned.top || y >= area.top + area.height) return null;
  if (y < area.top) return pins[Math.floor((y - pinned.top) / laneHeight)] ?? null;
  const slot = Math.floor((y - area.top + scroll) / laneHeight);
  return slot < lanes - pins.length ? laneOfSlot(pins, slot) : null;
}

/** The stripes of each kind within a lane's row. */
export interface LaneBands {
  /** All that a task's spans are painted in. */
  readonly task: Stripe;
  /** Computing, and sleeping or being blocked in a lower block. */
  readonly block: Stripe;
  readonly sleep: Stripe;
  readonly blocked: Stripe;
  /** Waiting for the lock, or for a core: thin strips. */
  readonly wait: Stripe;
  readonly queued: Stripe;
  /** Holding the lock, a strip on top of the block. */
  readonly hold: Stripe;
}

/** The bands of a row whose top is there, on whole pixels. */
export function laneBands(top: number, height: number): LaneBands {
  const margin = height >= 24 ? 3 : 1;
  const strip = height >= 72 ? 5 : height >= 24 ? 3 : 2;
  const y = Math.round(top) + margin;
  const full = Math.round(height) - 2 * margin;
  const block = { top: y + strip, height: full - strip };
  const waitHeight = Math.max(4, Math.round(full * 0.3));
  const sleep = centred(block, Math.max(5, Math.round(full * 0.55)));
  const wait = centred(block, waitHeight);
  return {
    task: { top: y, height: full },
    block,
    sleep,
    blocked: sleep,
    wait,
    queued: wait,
    hold: { top: y, height: strip },
  };
}

function centred(block: Stripe, height: number): Stripe {
  return { top: block.top + Math.round((block.height - height) / 2), height };
}
