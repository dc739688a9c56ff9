import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TimelineExplorer } from '../../../../src/renderer/timeline/model/explorer.js';
import { Gestures } from '../../../../src/renderer/timeline/model/gestures.js';
import { spanOfLane, type LaneSpan } from '../../../../src/renderer/timeline/model/lane-spans.js';
import { TimelineCanvases } from '../../../../src/renderer/timeline/paint/timeline-canvases.js';
import { TimelineView } from '../../../../src/renderer/timeline/model/timeline-view.js';
import type { TimeRange } from '../../../../src/renderer/timeline/model/time-window.js';
import { fakePen } from '../../../fixtures/canvas.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

/** Lane 1 holds the lock while lane 0 waits; then lane 0 computes. */
const TIMELINE = timelineOf(2, [
  span(1, 'compute', 0, 400_000, 1),
  span(1, 'hold', 0, 400_000, 1),
  span(0, 'wait', 100_000, 400_000, 2),
  span(0, 'compute', 400_000, 1_000_000, 2),
  span(0, 'hold', 400_000, 1_000_000, 2),
]);
const SUBJECT = {
  run: 1,
  timeline: TIMELINE,
  version: 1,
  endNs: 1_000_000,
  foreseenNs: null,
};

/** The plot is 710 px wide and begins here; the rows of the lanes below the lock's are as high as there is room. */
const LEFT = 82;
const ROWS = 26 + 26;
const x = (timeNs: number) => LEFT + (710 * timeNs) / 1_000_000;
const LANE = Math.min(120, Math.floor((400 - ROWS) / TIMELINE.lanes));
const y = (lane: number) => ROWS + LANE * lane + LANE / 2;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', () => 1);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => '' }));
  vi.stubGlobal('OffscreenCanvas', function (width: number, height: number) {
    return fakePen(width, height).pen.canvas;
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function newExplorer({ isMotionReduced = true, hasOther = false } = {}) {
  const selections: (LaneSpan | null)[] = [];
  const ranges: (TimeRange | null)[] = [];
  const said: string[] = [];
  const canvas = () => fakePen(800, 400).pen.canvas;
  const view = new TimelineView(new TimelineCanvases(canvas(), canvas(), canvas(), 'software'), {
    onSight: () => undefined,
  });
  const explorer = new TimelineExplorer(
    view,
    {
      onSelect: (selected) => selections.push(selected),
      onRange: (range) => ranges.push(range),
      onSay: (text) => said.push(text),
      onRelease: () => hasOther,
    },
    () => isMotionReduced,
  );
  explorer.show(SUBJECT, null);
  return { explorer, view, gestures: new Gestures(explorer), selections, ranges, said };
}

describe('keys', () => {
  it('let go of what is selected in another timeline, too', () => {
    expect(newExplorer({ hasOther: true }).explorer.press('release')).toBe(true);
    expect(newExplorer().explorer.press('release')).toBe(false);
  });

  it('go from span to span and from lane to lane', () => {
    const { explorer, selections } = newExplorer();
    explorer.press('next');
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'wait' });
    explorer.press('next');
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'compute' });
    explorer.press('next');
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'compute' });
    explorer.press('previous');
    explorer.press('lane down');
    expect(selections.at(-1)).toMatchObject({ lane: 1, kind: 'compute', task: 1 });
    explorer.press('lane up');
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'wait' });
  });

  it('pass over lanes without spans, to begin with too', () => {
    const { explorer, selections } = newExplorer();
    const timeline = timelineOf(4, [
      span(1, 'compute', 0, 400_000, 1),
      span(3, 'compute', 0, 400_000, 3),
    ]);
    explorer.show({ ...SUBJECT, timeline }, null);
    const keys = ['next', 'lane down', 'lane down', 'lane up', 'lane up'] as const;
    const lanes = keys.map((key) => {
      explorer.press(key);
      return selections.at(-1)?.lane;
    });
    expect(lanes).toEqual([1, 3, 3, 1, 1]);
  });

  it('go from a wait to its holder, and zoom to it', () => {
    const { explorer, selections, view } = newExplorer();
    explorer.press('next');
    explorer.press('holder');
    expect(selections.at(-1)).toMatchObject({ lane: 1, kind: 'hold', task: 1 });
    explorer.press('focus');
    const { range } = view.sight;
    expect(range.endNs).toBeGreaterThan(400_000);
    expect(range.endNs).toBeLessThan(500_000);
    explorer.press('fit');
    expect(view.sight.isWhole).toBe(true);
  });

  it('say what they need where nothing is selected', () => {
    const { explorer, said } = newExplorer();
    explorer.press('focus');
    expect(said.at(-1)).toBe('Select a span or a range to zoom to it');
    explorer.press('holder');
    expect(said.at(-1)).toBe('Select a wait to go to its holder');
    explorer.press('next');
    explorer.press('focus');
    explorer.press('holder');
    expect(said).toHaveLength(2);
  });

  it('say where nobody is known to have held the lock', () => {
    const { explorer, selections, said } = newExplorer();
    const timeline = timelineOf(2, [span(0, 'wait', 0, 400_000, 2)]);
    explorer.show({ ...SUBJECT, timeline }, null);
    explorer.press('next');
    explorer.press('holder');
    expect(said.at(-1)).toBe('No lane is known to have held the lock meanwhile');
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'wait' });
  });

  it('go back from a holder to the wait, and say where there is none', () => {
    const { explorer, selections, said } = newExplorer();
    const wait = spanOfLane(TIMELINE, { lane: 0, kind: 'wait', index: 0 });
    expect(explorer.canGoBack).toBe(false);
    explorer.select(wait);
    explorer.press('holder');
    expect(selections.at(-1)).toMatchObject({ lane: 1, kind: 'hold' });
    expect(explorer.canGoBack).toBe(true);
    explorer.press('back');
    expect(explorer.canGoBack).toBe(false);
    expect(selections.at(-1)).toEqual(wait);
    explorer.press('back');
    expect(selections.at(-1)).toEqual(wait);
    expect(said.at(-1)).toContain('no span to go back to');
  });

  it('have nothing to go back to once another span was stepped to, at the lane’s end too', () => {
    const { explorer, selections } = newExplorer();
    for (const key of ['next', 'holder'] as const) explorer.press(key);
    const left = selections.at(-1);
    explorer.press('next');
    expect(explorer.canGoBack).toBe(false);
    expect(selections.at(-1)).toEqual(left);
    // As another, so that who shows it looks again.
    expect(selections.at(-1)).not.toBe(left);
  });

  it('pin the selected span’s lane, and say so', () => {
    const { explorer, view, said } = newExplorer();
    explorer.press('pin');
    expect(view.pins).toEqual([]);
    explorer.press('next');
    explorer.press('lane down');
    explorer.press('pin');
    expect(view.pins).toEqual([1]);
    expect(said.at(-1)).toBe('Lane 1 pinned to the top');
    expect(view.laneBeside(1, 1)).toBe(0);
    explorer.press('pin');
    expect(view.pins).toEqual([]);
  });

  it('let go of what is selected, and leave the key to others where nothing is', () => {
    const { explorer, selections, ranges } = newExplorer();
    explorer.press('next');
    explorer.selectRange({ startNs: 1, endNs: 2 });
    expect(explorer.press('release')).toBe(true);
    expect(selections.at(-1)).toBeNull();
    expect(ranges.at(-1)).toBeNull();
    expect(explorer.press('release')).toBe(false);
  });

  it('show all for good, though a key before would still move the view for a little', () => {
    const frames: ((nowMs: number) => void)[] = [];
    vi.stubGlobal('requestAnimationFrame', (frame: (nowMs: number) => void) => frames.push(frame));
    const cancelled = new Set<number>();
    vi.stubGlobal('cancelAnimationFrame', (frame: number) => cancelled.add(frame));
    const { explorer, view } = newExplorer({ isMotionReduced: false });
    explorer.press('zoom in');
    explorer.letGo('zoom in');
    const runFrames = () => {
      // A frame's number is its place in the list, from 1.
      for (let frame = 1; frame <= frames.length && frame < 20; frame += 1) {
        if (!cancelled.has(frame)) frames[frame - 1]?.(16 * frame);
      }
    };
    explorer.press('fit');
    runFrames();
    expect(view.sight.isWhole).toBe(true);
  });

  it('move in steps where motion is reduced', () => {
    const { explorer, view } = newExplorer();
    explorer.press('zoom in');
    const { range } = view.sight;
    expect(range.endNs - range.startNs).toBeLessThan(1_000_000);
    explorer.letGo('zoom in');
  });
});

describe('links to those who held the lock, or waited', () => {
  /** Lane 2 waits while lanes 0 and 1 take turns. */
  const turns = timelineOf(3, [
    span(0, 'hold', 0, 100, 1),
    span(1, 'hold', 100, 300, 2),
    span(0, 'wait', 100, 300, 3),
    span(0, 'hold', 300, 700, 3),
    span(1, 'wait', 300, 700, 4),
    span(1, 'hold', 700, 800, 4),
    span(2, 'wait', 50, 800, 5),
  ]);

  it('lead to the lane’s longest hold in a wait, and from there to who waited longest', () => {
    const { explorer, selections } = newExplorer();
    explorer.show({ ...SUBJECT, timeline: turns, endNs: 800 }, null);
    const wait = spanOfLane(turns, { lane: 2, kind: 'wait', index: 0 });
    explorer.select(wait);
    explorer.goToContender(0);
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'hold', startNs: 300, endNs: 700 });
    explorer.goToContender(1);
    expect(selections.at(-1)).toMatchObject({ lane: 1, kind: 'wait', startNs: 300 });
    explorer.back();
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'hold', startNs: 300 });
    explorer.back();
    expect(selections.at(-1)).toEqual(wait);
    expect(explorer.canGoBack).toBe(false);
  });

  it('lead nowhere from nothing, nor to a lane that had no part in it', () => {
    const { explorer, selections } = newExplorer();
    explorer.goToContender(1);
    expect(selections).toEqual([]);
    explorer.press('next');
    explorer.goToContender(0);
    expect(selections).toHaveLength(1);
    expect(explorer.canGoBack).toBe(false);
  });
});

it('another timeline has nothing selected', () => {
  const { explorer, selections } = newExplorer();
  explorer.press('next');
  explorer.show({ ...SUBJECT, timeline: timelineOf(2, [span(0, 'compute', 0, 9)]) }, null);
  expect(selections.at(-1)).toBeNull();
});

describe('the pointer', () => {
  it('selects what it clicks on, a wait too, and moves nothing', () => {
    const { gestures, selections, view } = newExplorer();
    view.zoomAt(x(500_000), 1.2);
    const { range } = view.sight;
    const seen = (timeNs: number) =>
      LEFT + (710 * (timeNs - range.startNs)) / (range.endNs - range.startNs);
    const click = (timeNs: number, lane: number) => {
      gestures.down({ x: seen(timeNs), y: y(lane) }, false);
      gestures.up({ x: seen(timeNs), y: y(lane) });
    };
    click(700_000, 0);
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'compute' });
    click(200_000, 0);
    expect(selections.at(-1)).toMatchObject({ lane: 0, kind: 'wait' });
    expect(view.sight.range).toEqual(range);
    click(700_000, 1);
    expect(selections.at(-1)).toBeNull();
  });

  it('with Shift selects a range whose ends snap to those of spans', () => {
    const { gestures, ranges, view } = newExplorer();
    gestures.down({ x: x(105_000), y: y(0) }, true);
    gestures.move({ x: x(300_000), y: y(0) }, true);
    expect(ranges.at(-1)).toEqual({ startNs: 100_000, endNs: 300_000 });
    gestures.move({ x: x(396_000), y: y(0) }, true);
    gestures.up({ x: x(396_000), y: y(0) });
    expect(ranges.at(-1)).toEqual({ startNs: 100_000, endNs: 400_000 });
    expect(view.sight.isWhole).toBe(true);
  });

  it('selects a range that is shorter than its ends snap', () => {
    const { gestures, ranges } = newExplorer();
    const from = x(400_000);
    gestures.down({ x: from, y: y(0) }, true);
    gestures.move({ x: from + 5, y: y(0) }, true);
    const { startNs, endNs } = ranges.at(-1) ?? { startNs: NaN, endNs: NaN };
    expect(startNs).toBe(400_000);
    expect(endNs - startNs).toBeCloseTo((5 * 1_000_000) / 710, 0);
  });

  it('moves an edge of the range, past the other too', () => {
    const { gestures, ranges, explorer } = newExplorer();
    explorer.selectRange({ startNs: 500_000, endNs: 700_000 });
    gestures.down({ x: x(700_000), y: 10 }, false);
    gestures.move({ x: x(300_000), y: 10 }, false);
    gestures.up({ x: x(300_000), y: 10 });
    expect(ranges.at(-1)?.startNs).toBeCloseTo(300_000);
    expect(ranges.at(-1)?.endNs).toBe(500_000);
  });

  it('drags time along, and a drag is no click', () => {
    const { gestures, view, selections } = newExplorer();
    view.zoomAt(LEFT, 2);
    gestures.down({ x: x(500_000), y: y(0) }, false);
    gestures.move({ x: x(500_000) - 71, y: y(0) }, false);
    gestures.up({ x: x(500_000) - 71, y: y(0) });
    expect(view.sight.range.startNs).toBeCloseTo(50_000);
    expect(selections).toEqual([]);
  });

  it('pins the lane whose name it clicks on', () => {
    const { gestures, view } = newExplorer();
    gestures.down({ x: 20, y: y(1) }, false);
    gestures.up({ x: 20, y: y(1) });
    expect(view.pins).toEqual([1]);
  });

  it('twice zooms to what it selected, or shows all', () => {
    const { gestures, view } = newExplorer();
    const at = { x: x(700_000), y: y(0) };
    gestures.down(at, false);
    gestures.up(at);
    gestures.double(at);
    expect(view.sight.range.startNs).toBeGreaterThan(300_000);
    gestures.down({ x: 300, y: 390 }, false);
    gestures.up({ x: 300, y: 390 });
    gestures.double({ x: 300, y: 390 });
    expect(view.sight.isWhole).toBe(true);
  });
});
