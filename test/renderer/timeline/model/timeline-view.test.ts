import { describe, expect, it } from 'vitest';
import type { ViewedTimeline } from '../../../../src/renderer/timeline/model/timeline-view.js';
import type { TimeRange } from '../../../../src/renderer/timeline/model/time-window.js';
import { encodeSpans } from '../../../../src/recording/spans.js';
import { Timeline } from '../../../../src/recording/timeline.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';
import { AXIS, DONE, MIDDLE, newView, ROW_0, runFrames, useViews } from './views.js';

useViews();

describe('the timeline’s view', () => {
  it('shows the whole at first, exactly, with its axis and its lanes', () => {
    const { view, fake, last } = newView();
    view.show(DONE);
    runFrames();
    expect(last()).toEqual({ range: { startNs: 0, endNs: 1_000_000 }, isWhole: true });
    const texts = fake.of('fillText').map(([text]) => text);
    expect(texts).toEqual(expect.arrayContaining(['0.0 ms', '0.8 ms', 'lane 0', 'lane 1', 'lock']));
  });

  it('leaves the axis to the timeline above this one, and takes it back', () => {
    const { view, fake } = newView();
    view.show(DONE);
    view.canvases.setAxis(false);
    fake.calls.length = 0;
    runFrames();
    const texts = () => fake.of('fillText').map(([text]) => text);
    expect(texts()).toEqual(expect.arrayContaining(['lane 0', 'lock']));
    expect(texts()).not.toContain('0.8 ms');
    // Its marks' lines go on from the very top, where the lock's row is now.
    expect(fake.of('fillRect')).toContainEqual([expect.any(Number), 0, 1, 400]);
    expect(view.at(MIDDLE, 13)).toMatchObject({ part: 'plot', row: 'lock' });
    view.canvases.setAxis(true);
    fake.calls.length = 0;
    runFrames();
    expect(texts()).toContain('0.8 ms');
    expect(view.at(MIDDLE, 13)).toMatchObject({ part: 'axis' });
  });

  it('follows a timeline that grows, in calm steps', () => {
    const { view, last } = newView();
    const timeline = new Timeline(1);
    const ends = new Set<number>();
    for (let version = 0; version < 100; version += 1) {
      timeline.append(encodeSpans([span(0, 'compute', version * 1000, version * 1000 + 900)]));
      view.show({ ...DONE, timeline, version, endNs: 0, foreseenNs: 0 });
      expect(last().range.endNs).toBeGreaterThanOrEqual(timeline.endNs);
      ends.add(last().range.endNs);
    }
    expect(ends.size).toBeLessThan(30);
    view.show({ ...DONE, timeline, version: 100, endNs: 0 });
    expect(last().range.endNs).toBe(timeline.endNs);
  });

  it('stays where somebody has zoomed to, until it is to show all', () => {
    const { view, last } = newView();
    view.show(DONE);
    view.zoomAt(MIDDLE, 4);
    const { range } = last();
    expect(last()).toEqual({ range: { startNs: 375_000, endNs: 625_000 }, isWhole: false });
    view.show({ ...DONE, version: 2, endNs: 5_000_000, foreseenNs: 0 });
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

  it('moves for as long as a key is held', () => {
    const { view, last } = newView();
    view.show(DONE);
    view.advance('zoom in', 100);
    const zoomed = last().range;
    expect(zoomed.endNs - zoomed.startNs).toBeLessThan(1_000_000);
    view.advance('pan right', 50);
    expect(last().range.startNs).toBeGreaterThan(zoomed.startNs);
    view.advance('pan left', 50);
    expect(last().range.startNs).toBeCloseTo(zoomed.startNs);
    view.advance('zoom out', 5000);
    expect(last().isWhole).toBe(true);
  });

  it('follows the newest time of what grows, in the length in view, until it is moved by hand', () => {
    const { view } = newView();
    const grown = (endNs: number) => timelineOf(2, [span(0, 'compute', 0, endNs)]);
    const timeline = grown(1_000_000);
    const show = (subject: Partial<ViewedTimeline>) => {
      view.show({ ...DONE, timeline, endNs: 0, foreseenNs: 0, ...subject });
    };
    show({});
    view.zoomAt(MIDDLE, 4);
    view.toggleFollow();
    const lengthOf = ({ startNs, endNs }: TimeRange) => endNs - startNs;
    const length = lengthOf(view.sight.range);
    /** The share of what is in view that lies beyond a time. */
    const room = (timeNs: number) => (view.sight.range.endNs - timeNs) / lengthOf(view.sight.range);
    expect(view.sight).toMatchObject({ canFollow: true, follows: true });
    expect(room(1_000_000)).toBeCloseTo(0.25);

    timeline.append(encodeSpans([span(0, 'compute', 1_000_000, 1_700_000)]));
    show({ version: 2 });
    expect(room(1_700_000)).toBeCloseTo(0.25);
    expect(lengthOf(view.sight.range)).toBe(length);

    // Zooming goes on following, as does the next repeat; the lanes may be scrolled.
    view.zoomAt(MIDDLE, 2);
    view.panBy(0, 40);
    expect(view.sight.follows).toBe(true);
    expect(lengthOf(view.sight.range)).toBeCloseTo(length / 2);
    show({ timeline: grown(900_000) });
    expect(view.sight).toMatchObject({ follows: true, isWhole: false });
    expect(room(900_000)).toBeCloseTo(0.25);

    view.panBy(-20);
    expect(view.sight.follows).toBe(false);
    const { range } = view.sight;
    show({ timeline: view.timeline, endNs: 2_000_000 });
    expect(view.sight.range).toEqual(range);
  });

  it('follows nothing that has ended, and begins a new run as a whole', () => {
    const { view } = newView();
    view.show(DONE);
    view.toggleFollow();
    expect(view.sight).toMatchObject({ canFollow: false, follows: false });
    view.show({ ...DONE, foreseenNs: 0 });
    view.zoomAt(MIDDLE, 4);
    view.toggleFollow();
    view.show({ ...DONE, run: 2, timeline: timelineOf(2, []), foreseenNs: 0 });
    expect(view.sight).toMatchObject({ isWhole: true, follows: false });
    view.toggleFollow();
    view.show({ ...DONE, run: 2, timeline: view.timeline });
    expect(view.sight.follows).toBe(false);
  });

  it('tells what is where', () => {
    const { view } = newView();
    view.show(DONE);
    expect(view.at(10, ROW_0)).toMatchObject({ part: 'names', row: 0, hit: null });
    expect(view.at(MIDDLE, 5)).toMatchObject({ part: 'axis', timeNs: 500_000, hit: null });
    expect(view.at(MIDDLE, AXIS + 13)).toMatchObject({ part: 'plot', row: 'lock' });
  });

  it('does what the wheel asks for', () => {
    const { view, last } = newView();
    view.show(DONE);
    view.turn(MIDDLE, { kind: 'zoom', factor: 2 });
    expect(last().range).toEqual({ startNs: 250_000, endNs: 750_000 });
    view.turn(MIDDLE, { kind: 'pan', px: -710 });
    expect(last().range).toEqual({ startNs: 0, endNs: 500_000 });
    // Lanes that fit do not scroll, and the page may.
    expect(view.turn(MIDDLE, { kind: 'scroll', px: 50 })).toBe(false);
  });

  it('scrolls lanes that do not fit', () => {
    const { view, last } = newView();
    const timeline = timelineOf(200, [span(199, 'compute', 0, 1_000_000, 3)]);
    view.show({ ...DONE, timeline });
    const atBottom = () => view.at(MIDDLE, 395).hit;
    expect(atBottom()).toBeNull();
    view.panBy(0, 1e6);
    expect(atBottom()).toMatchObject({ lane: 199, task: 3 });
    view.turnPages(-1);
    expect(atBottom()).toBeNull();
    expect(view.turn(MIDDLE, { kind: 'scroll', px: 1e6 })).toBe(true);
    expect(atBottom()).toMatchObject({ lane: 199 });
    expect(last().isWhole).toBe(true);
  });

  it('keeps pinned lanes on top', () => {
    const { view } = newView();
    view.show({ ...DONE, timeline: timelineOf(200, [span(199, 'compute', 0, 1_000_000, 3)]) });
    view.pin([199]);
    expect(view.at(MIDDLE, AXIS + 8).hit).toMatchObject({ lane: 199 });
    expect(view.laneBeside(199, 1)).toBe(0);
    expect(view.laneBeside(0, -1)).toBe(199);
    expect(view.laneBeside(199, -1)).toBeNull();
    expect(view.laneBeside(198, 1)).toBeNull();
  });

  it('brings a span in sight', () => {
    const { view, last } = newView();
    view.show({ ...DONE, timeline: timelineOf(200, [span(199, 'compute', 0, 1_000_000, 3)]) });
    view.zoomAt(0, 10);
    view.reveal(150, { startNs: 600_000, endNs: 610_000 });
    expect(last().range).toEqual({ startNs: 555_000, endNs: 655_000 });
    expect(view.at(MIDDLE, 395).row).toBe(150);
    view.reveal(150, { startNs: 560_000, endNs: 570_000 });
    expect(last().range).toEqual({ startNs: 555_000, endNs: 655_000 });
  });
});

describe('a run that is on', () => {
  /** Shows a repeat of ten tasks after the first of them, painted. */
  function begun() {
    const shown = newView();
    const timeline = new Timeline(1);
    const add = (from: number) => {
      timeline.append(encodeSpans([span(0, 'compute', from, from + 90)]));
    };
    const subject = { ...DONE, timeline, endNs: 0, foreseenNs: 1000 };
    add(0);
    shown.view.show(subject);
    runFrames();
    return { ...shown, timeline, add, subject };
  }

  it('mends an axis that was far off as soon as that can be told', () => {
    const { view, last } = newView();
    const timeline = timelineOf(2, [span(0, 'task', 0, 100, 0)]);
    const subject = { ...DONE, timeline, endNs: 0 };
    view.show({ ...subject, foreseenNs: 300_000 });
    runFrames();
    expect(last().range.endNs).toBeGreaterThanOrEqual(300_000);
    timeline.append(encodeSpans([span(1, 'task', 100, 1000, 1)]));
    view.add({ ...subject, foreseenNs: 20_000 });
    expect(last().range.endNs).toBeLessThan(30_000);
    expect(last().range.endNs).toBeGreaterThanOrEqual(20_000);
  });

  it('has an axis for all that is foreseen, and what is new added without a frame', () => {
    const { view, fake, newest, add, subject, last } = begun();
    expect(last().range.endNs).toBeGreaterThanOrEqual(1000);
    const painted = fake.calls.length;
    const before = newest.of('fillRect').length;
    add(100);
    view.add(subject);
    expect(newest.of('fillRect').length).toBeGreaterThan(before);
    expect(runFrames()).toBe(0);
    expect(fake.calls).toHaveLength(painted);
  });

  it('goes on to the next repeat on the same axis', () => {
    const { view, fake, newest, subject, last } = begun();
    const range = last().range;
    const painted = fake.calls.length;
    const next = timelineOf(1, [span(0, 'compute', 0, 40)]);
    view.add({ ...subject, timeline: next });
    expect(newest.of('fillRect')).toContainEqual([0, 0, 800 - 8 - 82, 400 - AXIS]);
    runFrames();
    expect(fake.calls).toHaveLength(painted);
    expect(view.timeline).toBe(next);
    expect(last().range).toEqual(range);
  });

  it('is painted anew where time outgrows the axis, and when it has ended', () => {
    const { view, fake, newest, add, subject, last } = begun();
    const ended = () => (newest.pen.canvas as { hidden?: boolean }).hidden;
    const painted = fake.calls.length;
    add(5000);
    view.add(subject);
    runFrames();
    expect(last().range.endNs).toBeGreaterThan(5090);
    expect(fake.calls.length).toBeGreaterThan(painted);
    expect(ended()).toBe(false);
    view.show({ ...subject, foreseenNs: null });
    runFrames();
    expect(ended()).toBe(true);
  });

  it('leaves nothing of the picture before where a repeat has no spans yet', () => {
    const { view, fake, newest, subject } = begun();
    const next = new Timeline(1);
    view.show({ ...subject, timeline: next });
    runFrames();
    expect(newest.pen.canvas).toMatchObject({ hidden: true, width: 0, height: 0 });
    const painted = fake.calls.length;
    next.append(encodeSpans([span(0, 'compute', 0, 90)]));
    view.add({ ...subject, timeline: next });
    runFrames();
    expect(fake.calls.length).toBeGreaterThan(painted);
    expect(newest.pen.canvas).toMatchObject({ hidden: false, height: 400 - AXIS });
  });

  it('that is followed moves on in steps, with room ahead', () => {
    const { view, add, subject } = begun();
    view.zoomTo({ startNs: 0, endNs: 200 });
    view.toggleFollow();
    runFrames();
    for (let from = 100; from < 900; from += 100) {
      add(from);
      view.add(subject);
      expect(view.sight.range.endNs).toBeGreaterThanOrEqual(from + 90);
    }
    expect(view.sight.follows).toBe(true);
  });
});
