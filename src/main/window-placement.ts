import * as v from 'valibot';

/** Where a window is or may be, in pixels that follow the screen's scale (DIP). */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The room of each screen that no taskbar or dock takes, that of the primary screen first. */
export type WorkAreas = readonly [Rectangle, ...Rectangle[]];

const Coordinate = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const Length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));

/** The window as it is kept from one start to the next. */
export const WindowStateSchema = v.object({
  /** Its place while it is neither maximised nor full screen. */
  bounds: v.object({ x: Coordinate, y: Coordinate, width: Length, height: Length }),
  isMaximised: v.boolean(),
  isFullScreen: v.boolean(),
});
export type WindowState = v.InferOutput<typeof WindowStateSchema>;

/** A window that was never placed has this size, where the screen has room for it. */
const USUAL = { width: 1400, height: 927 };

/** The least size that a window can be given; a screen may be smaller. */
const LEAST = { width: 640, height: 420 };

/** How much of a window's top edge must be on a screen to take hold of it, in px. */
const GRIP = { width: 120, height: 32 };

/**
 * Returns where a window goes: its kept place, moved and shrunk as little as needed to lie within one
 * work area; where none of it is on any screen, such as after one was unplugged, within the primary
 * one. A window with no kept place goes into the middle of the primary screen.
 */
export function placeWindow(kept: Rectangle | undefined, workAreas: WorkAreas): Rectangle {
  const area = areaOf(kept, workAreas);
  const least = leastSize(area);
  const wanted = kept ?? USUAL;
  const width = clamp(wanted.width, least.width, area.width);
  const height = clamp(wanted.height, least.height, area.height);
  const from = kept ?? {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
  };
  return {
    x: clamp(from.x, area.x, area.x + area.width - width),
    y: clamp(from.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

/** Returns the least size that a window may be given on its screen: no screen is smaller than it. */
export function leastSize(area: Rectangle): { readonly width: number; readonly height: number } {
  return {
    width: Math.min(LEAST.width, area.width),
    height: Math.min(LEAST.height, area.height),
  };
}

/** Returns the work area that a window is on: the one that has most of it, else the primary one. */
export function areaOf(bounds: Rectangle | undefined, workAreas: WorkAreas): Rectangle {
  let [best] = workAreas;
  if (bounds === undefined) return best;
  for (const area of workAreas) {
    if (sharedArea(bounds, area) > sharedArea(bounds, best)) best = area;
  }
  return best;
}

/** Whether a window's title bar can be reached by the pointer, and the window is not larger than its screen. */
export function isReachable(bounds: Rectangle, workAreas: WorkAreas): boolean {
  const area = areaOf(bounds, workAreas);
  const grip = { ...bounds, height: Math.min(GRIP.height, bounds.height) };
  const isWithin = bounds.width <= area.width && bounds.height <= area.height;
  const hasTop = bounds.y >= area.y && bounds.y + grip.height <= area.y + area.height;
  return isWithin && hasTop && sharedWidth(grip, area) >= Math.min(GRIP.width, bounds.width);
}

function sharedArea(a: Rectangle, b: Rectangle): number {
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, sharedWidth(a, b)) * Math.max(0, height);
}

function sharedWidth(a: Rectangle, b: Rectangle): number {
  return Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
