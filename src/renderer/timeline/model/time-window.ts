import type { TimeRange } from '../../../recording/span-walk.js';

/**
 * The coordinates of the chart:
 *
 *     time     nanoseconds from the repeat's start; what spans, views and axes are given in
 *     x        CSS pixels from the left edge of the plot, which is where the lanes are drawn
 *     canvas   CSS pixels from the canvas's top left corner; the plot lies right of the lanes'
 *              names and below the time axis
 */

export type { TimeRange };

/** A part of time laid out over a width in pixels. */
export interface TimeWindow {
  readonly startNs: number;
  readonly nsPerPx: number;
  readonly widthPx: number;
}

/** Lays a range out over a width of at least a pixel. */
export function windowOf({ startNs, endNs }: TimeRange, widthPx: number): TimeWindow {
  return { startNs, nsPerPx: (endNs - startNs) / widthPx, widthPx };
}

/** The x of a time. */
export function xOf(window: TimeWindow, timeNs: number): number {
  return (timeNs - window.startNs) / window.nsPerPx;
}

/** The time of an x. */
export function timeOf(window: TimeWindow, x: number): number {
  return window.startNs + x * window.nsPerPx;
}
