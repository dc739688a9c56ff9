import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TimelineView } from '../../../src/renderer/chart/timeline-view.js';
import type { TimeRange } from '../../../src/renderer/chart/time-window.js';
import { encodeSpans } from '../../../src/shared/spans.js';
import { Timeline } from '../../../src/shared/timeline.js';
import { fakePen, type FakePen } from '../../fixtures/canvas.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

/** Frames that were asked for and not yet run. */
let frames: (() => void)[] = [];

function runFrames(): number {
  const due = frames;
  frames = [];
  for (const frame of due) frame();
  return due.length;
}

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
  vi.unstubAllGlobals();
});

interface Shown {
  readonly view: TimelineView;
  readonly fake: FakePen;
  readonly last: () => { range: TimeRange; isWhole: boolean };
}

function newView(): Shown {
  const fake = fakePen(800, 400);
  const told: { range: TimeRange; isWhole: boolean }[] = [];
  const view = new TimelineView(fake.pen.canvas, {
    onRange: (range, isWhole) => told.push({ range, isWhole }),
  });
  return {
    view,
    fake,
    last: () => told.at(-1) ?? { range: { startNs: 0, endNs: 0 }, isWhole: true },
  };
}

const TIMELINE = timelineOf(2, [
  span(0, 'compute', 0, 1_000_000, 7),
  span(1, 'hold', 0, 900_000, 8),
]);
const DONE = { timeline: TIMELINE, version: 1, endNs: 1_000_000, live: false };

/** The middle of the plot, which lies right of the lanes' names. */
const MIDDLE = (800 - 8 + 66) / 2;

describe('the timeline’s view', () => {
  it('shows the whole at first, exactly, with its axis and its lanes', () => {
    const { view, fake, last } = newView();
    view.show(DONE);
    runFrames();
    expect(last()).toEqual({ range: { startNs: 0, endNs: 1_000_000 }, isWhole: true });
    const texts = fake.of('fillText').map(([text]) => text);
    expect(texts).toEqual(expect.arrayContaining(['0.0 ms', '0.8 ms', 'lane 0', 'lane 1', 'lock']));
  });

  it('paints nothing for a timeline without spans', () => {
    const { view, fake } = newView();
    view.show({ ...DONE, timeline: new Timeline(4) });
    runFrames();
    expect(fake.of('fillText')).toEqual([]);
    expect(fake.of('fillRect')).toEqual([]);
  });

  it('draws once a frame, however much changes', () => {
    const { view } = newView();
    for (let version = 0; version < 5; version += 1) view.show({ ...DONE, version });
    view.zoomAt(MIDDLE, 2);
    view.panBy(10);
    expect(runFrames()).toBe(1);
    expect(runFrames()).toBe(0);
  });

  it('follows a timeline that grows, in calm steps', () => {
    const { view, last } = newView();
    const timeline = new Timeline(1);
    const ends = new Set<number>();
    for (let version = 0; version < 100; version += 1) {
      timeline.append(encodeSpans([span(0, 'compute', version * 1000, version * 1000 + 900)]));
      view.show({ timeline, version, endNs: 0, live: true });
      expect(last().range.endNs).toBeGreaterThanOrEqual(timeline.endNs);
      ends.add(last().range.endNs);
    }
    expect(ends.size).toBeLessThan(60);
    view.show({ timeline, version: 100, endNs: 0, live: false });
    expect(last().range.endNs).toBe(timeline.endNs);
  });

  it('stays where somebody has zoomed to, until it is to show all', () => {
    const { view, last } = newView();
    view.show(DONE);
    view.zoomAt(MIDDLE, 4);
    const { range } = last();
    expect(last()).toEqual({ range: { startNs: 375_000, endNs: 625_000 }, isWhole: false });
    view.show({ ...DONE, version: 2, endNs: 5_000_000, live: true });
    expect(last().range).toEqual(range);
    view.fit();
    expect(last().isWhole).toBe(true);
    expect(last().range.startNs).toBe(0);
  });

  it('shows another timeline as a whole', () => {
    const { view, last } = newView();
    view.show(DONE);
    view.zoomAt(MIDDLE, 4);
    view.show({ ...DONE, timeline: timelineOf(1, [span(0, 'wait', 0, 400)]), endNs: 0 });
    expect(last()).toEqual({ range: { startNs: 0, endNs: 400 }, isWhole: true });
  });

  it('does what keys ask for', () => {
    const { view, last } = newView();
    view.show(DONE);
    view.run('zoom in');
    const zoomed = last().range;
    expect(zoomed.endNs - zoomed.startNs).toBeCloseTo(1_000_000 / 1.5);
    view.run('pan right');
    expect(last().range.startNs).toBeGreaterThan(zoomed.startNs);
    view.run('pan left');
    expect(last().range.startNs).toBeCloseTo(zoomed.startNs);
    view.run('fit');
    expect(last().isWhole).toBe(true);
  });

  it('marks the span under the pointer, and draws again only where that is another', () => {
    const { view, fake } = newView();
    view.show(DONE);
    runFrames();
    const y = 26 + 26 + 28;
    expect(view.hover(MIDDLE, y)?.hit).toMatchObject({ kind: 'compute', task: 7 });
    expect(runFrames()).toBe(1);
    expect(fake.of('strokeRect')).toHaveLength(1);
    view.hover(MIDDLE + 1, y);
    expect(runFrames()).toBe(0);
    view.leave();
    expect(runFrames()).toBe(1);
    expect(view.hover(10, y)).toBeNull();
  });

  it('does what the wheel asks for', () => {
    const { view, last } = newView();
    view.show(DONE);
    view.turn(MIDDLE, { kind: 'zoom', factor: 2, px: -100 });
    expect(last().range).toEqual({ startNs: 250_000, endNs: 750_000 });
    view.turn(MIDDLE, { kind: 'pan', px: -726 });
    expect(last().range).toEqual({ startNs: 0, endNs: 500_000 });
    // The names of lanes that fit do not scroll.
    view.turn(10, { kind: 'zoom', factor: 1 / 2, px: 100 });
    expect(last().isWhole).toBe(true);
  });

  it('scrolls lanes that do not fit', () => {
    const { view, last } = newView();
    const timeline = timelineOf(200, [span(199, 'compute', 0, 1_000_000, 3)]);
    view.show({ ...DONE, timeline });
    expect(view.hover(MIDDLE, 395)).toBeNull();
    view.panBy(0, 1e6);
    expect(view.hover(MIDDLE, 395)?.hit).toMatchObject({ lane: 199, task: 3 });
    view.run('page up');
    expect(view.hover(MIDDLE, 395)).toBeNull();
    view.turn(10, { kind: 'zoom', factor: 0.1, px: 1e6 });
    expect(view.hover(MIDDLE, 395)?.hit).toMatchObject({ lane: 199 });
    expect(last().isWhole).toBe(true);
  });
});
