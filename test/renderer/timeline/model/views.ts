import { afterEach, beforeEach, vi } from 'vitest';
import { TimelineCanvases } from '../../../../src/renderer/timeline/paint/timeline-canvases.js';
import {
  TimelineView,
  type ViewedTimeline,
} from '../../../../src/renderer/timeline/model/timeline-view.js';
import type { TimeRange } from '../../../../src/renderer/timeline/model/time-window.js';
import { fakePen, type FakePen } from '../../../fixtures/canvas.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

/** Frames that were asked for and not yet run. */
let frames: (() => void)[] = [];

/** The views of a test. */
let views: TimelineView[] = [];

/** Runs the frames that were asked for; says how many. */
export function runFrames(): number {
  const due = frames;
  frames = [];
  for (const frame of due) frame();
  return due.length;
}

/** Has the tests of a file run the frames of their views by hand. */
export function useViews(): void {
  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
    vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => '' }));
    vi.stubGlobal('OffscreenCanvas', function (width: number, height: number) {
      return fakePen(width, height).pen.canvas;
    });
  });

  afterEach(() => {
    for (const { canvases } of views) canvases.destroy();
    views = [];
    vi.unstubAllGlobals();
  });
}

/** A view, and what is painted on its canvases. */
export interface Shown {
  readonly view: TimelineView;
  readonly fake: FakePen;
  /** What is added to it while a run is on. */
  readonly newest: FakePen;
  /** What is painted over the spans. */
  readonly above: FakePen;
  readonly last: () => { range: TimeRange; isWhole: boolean };
}

/** A view of 800 by 400 px. */
export function newView(): Shown {
  const fake = fakePen(800, 400);
  const told: { range: TimeRange; isWhole: boolean }[] = [];
  const newest = fakePen(800, 400);
  const above = fakePen(800, 400);
  const canvases = new TimelineCanvases(
    fake.pen.canvas,
    newest.pen.canvas,
    above.pen.canvas,
    'software',
  );
  const view = new TimelineView(canvases, {
    onSight: ({ range, isWhole }) => told.push({ range, isWhole }),
  });
  views.push(view);
  return {
    view,
    fake,
    newest,
    above,
    last: () => told.at(-1) ?? { range: { startNs: 0, endNs: 0 }, isWhole: true },
  };
}

/** A timeline of two lanes that has ended. */
export const TIMELINE = timelineOf(2, [
  span(0, 'compute', 0, 1_000_000, 7),
  span(1, 'hold', 0, 900_000, 8),
]);
export const DONE: ViewedTimeline = {
  ...{ run: 1, timeline: TIMELINE, version: 1, endNs: 1_000_000 },
  foreseenNs: null,
};

/** The height of the axis, and the middle of the first lane below the lock's row. */
export const AXIS = 26;
export const ROW_0 = AXIS + 26 + 28;

/** The middle of the plot, which lies right of the lanes' names. */
export const MIDDLE = (800 - 8 + 82) / 2;
