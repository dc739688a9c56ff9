import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  areaOf,
  isReachable,
  leastSize,
  placeWindow,
  WindowStateSchema,
  type Rectangle,
  type WorkAreas,
} from '../../src/main/window-placement.js';

const rectangle = (x: number, y: number, width: number, height: number): Rectangle => ({
  x,
  y,
  width,
  height,
});

/** A laptop's screen below a menu bar, with a larger one to its left and one above it. */
const LAPTOP = rectangle(0, 25, 1440, 875);
const LEFT = rectangle(-2560, -300, 2560, 1400);
const ABOVE = rectangle(0, -1080, 1920, 1080);
const DESK: WorkAreas = [LAPTOP, LEFT, ABOVE];

function isWithin(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

describe('a window that was never placed', () => {
  it('stands in the middle of the primary screen', () => {
    expect(placeWindow(undefined, [rectangle(0, 0, 2560, 1440)])).toEqual({
      x: 580,
      y: 257,
      width: 1400,
      height: 927,
    });
  });

  it.each([
    ['1024 x 700', rectangle(0, 0, 1024, 700)],
    ['1366 x 768 below a bar', rectangle(0, 27, 1366, 741)],
    ['1920 x 1080 at 150 %', rectangle(0, 0, 1280, 680)],
    ['1920 x 1080 at 200 %', rectangle(0, 0, 960, 500)],
    ['1920 x 1080 at 300 %', rectangle(0, 0, 640, 340)],
    ['800 x 480', rectangle(0, 0, 800, 480)],
  ])('takes no more than the screen of %s has', (_name, area) => {
    const { height, width } = placeWindow(undefined, [area]);
    expect(width).toBe(Math.min(1400, area.width));
    expect(height).toBe(Math.min(927, area.height));
  });
});

describe('a window that is opened again', () => {
  it.each([
    ['on the primary screen', rectangle(100, 80, 1000, 700)],
    ['left of the primary screen', rectangle(-2000, -250, 1400, 900)],
    ['above the primary screen', rectangle(60, -1000, 1200, 800)],
    ['as large as its screen', LEFT],
  ])('stands where it was %s', (_name, kept) => {
    expect(placeWindow(kept, DESK)).toEqual(kept);
  });

  it('comes to the primary screen where its own was unplugged', () => {
    const kept = rectangle(-2000, -250, 1400, 900);
    expect(placeWindow(kept, [LAPTOP])).toEqual(rectangle(0, 25, 1400, 875));
  });

  it('shrinks to a lower resolution, and moves no more than it must', () => {
    const kept = rectangle(500, 400, 1300, 800);
    expect(placeWindow(kept, [rectangle(0, 0, 1280, 720)])).toEqual(rectangle(0, 0, 1280, 720));
    expect(placeWindow(kept, [rectangle(0, 0, 1600, 900)])).toEqual(rectangle(300, 100, 1300, 800));
  });

  it('has its title bar below the bar of the screen, whatever was kept', () => {
    expect(placeWindow(rectangle(200, -30, 900, 700), [LAPTOP])).toEqual(
      rectangle(200, 25, 900, 700),
    );
  });

  it('goes to the screen that had most of it', () => {
    const kept = rectangle(-300, 100, 1000, 600);
    expect(areaOf(kept, DESK)).toBe(LAPTOP);
    expect(placeWindow(kept, DESK)).toEqual(rectangle(0, 100, 1000, 600));
  });

  it('is never smaller than can be used', () => {
    expect(placeWindow(rectangle(10, 30, 1, 1), [LAPTOP])).toEqual(rectangle(10, 30, 640, 420));
  });
});

const coordinate = fc.integer({ min: -20_000, max: 20_000 });
const anyRectangle = (least: number, most: number) =>
  fc.record({
    x: coordinate,
    y: coordinate,
    width: fc.integer({ min: least, max: most }),
    height: fc.integer({ min: least, max: most }),
  });
const anyAreas = fc.array(anyRectangle(120, 8000), { minLength: 1, maxLength: 4 });
const anyKept = fc.option(anyRectangle(1, 12_000), { nil: undefined });

describe('on any screens', () => {
  it('a window lies within one work area, in reach, and no smaller than it may be', () => {
    fc.assert(
      fc.property(anyKept, anyAreas, (kept, [first, ...others]) => {
        if (first === undefined) return;
        const areas: WorkAreas = [first, ...others];
        const placed = placeWindow(kept, areas);
        const area = areas.find((candidate) => isWithin(placed, candidate));
        expect(area).toBeDefined();
        const least = leastSize(areaOf(kept, areas));
        expect(placed.width).toBeGreaterThanOrEqual(least.width);
        expect(placed.height).toBeGreaterThanOrEqual(least.height);
        expect(isReachable(placed, [area ?? first])).toBe(true);
      }),
    );
  });

  it('a window that is placed again stays where it is', () => {
    fc.assert(
      fc.property(anyKept, anyRectangle(120, 8000), (kept, area) => {
        const placed = placeWindow(kept, [area]);
        expect(placeWindow(placed, [area])).toEqual(placed);
      }),
    );
  });

  it('a window that lies within a work area keeps its place', () => {
    fc.assert(
      fc.property(
        anyRectangle(700, 4000),
        fc.array(fc.nat(100), { minLength: 4 }),
        (area, cuts) => {
          const [left = 0, top = 0, right = 0, bottom = 0] = cuts.map((cut) => cut / 4);
          const inner = {
            x: area.x + Math.floor(left),
            y: area.y + Math.floor(top),
            width: Math.max(640, area.width - Math.ceil(left) - Math.ceil(right)),
            height: Math.max(420, area.height - Math.ceil(top) - Math.ceil(bottom)),
          };
          expect(placeWindow(inner, [area])).toEqual(inner);
        },
      ),
    );
  });
});

describe('a window’s title bar', () => {
  it.each([
    ['is on a screen', rectangle(100, 100, 800, 600), true],
    ['is half beside it', rectangle(1000, 100, 800, 600), true],
    ['is all but beside it', rectangle(1400, 100, 800, 600), false],
    ['is above it', rectangle(100, -20, 800, 600), false],
    ['is below it', rectangle(100, 890, 800, 600), false],
    ['is of a window larger than the screen', rectangle(0, 25, 1600, 600), false],
    ['was on a screen that is gone', rectangle(-2000, 0, 800, 600), false],
  ])('%s', (_name, bounds, expected) => {
    expect(isReachable(bounds, [LAPTOP])).toBe(expected);
  });
});

describe('the kept state', () => {
  const bounds = rectangle(0, 0, 800, 600);
  it.each([
    [{}],
    [{ bounds, isMaximised: true }],
    [{ bounds: { ...bounds, width: 0 }, isMaximised: false, isFullScreen: false }],
    [{ bounds: { ...bounds, x: 1e9 }, isMaximised: false, isFullScreen: false }],
    [{ bounds: { ...bounds, y: 0.5 }, isMaximised: false, isFullScreen: false }],
    [{ bounds: { ...bounds, y: null }, isMaximised: false, isFullScreen: false }],
  ])('is refused where it is no window’s: %j', (state) => {
    expect(v.is(WindowStateSchema, state)).toBe(false);
  });

  it('is what a window says of itself', () => {
    const state = { bounds: { ...bounds, x: -3000 }, isMaximised: true, isFullScreen: false };
    expect(v.parse(WindowStateSchema, state)).toEqual(state);
  });
});
