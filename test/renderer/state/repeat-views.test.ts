import { describe, expect, it } from 'vitest';
import { encodeSpans } from '../../../src/recording/spans.js';
import type { Pace, StreamMessage } from '../../../src/ipc/index.js';
import {
  coarserText,
  foreseenEnd,
  loadingText,
  mayGrow,
  paintedView,
  RepeatViews,
} from '../../../src/renderer/state/repeat-views.js';
import { CROWDED, FREE } from '../../fixtures/paces.js';
import { receive } from '../../../src/renderer/state/receive.js';
import { INITIAL_STATE, select, type RunState } from '../../../src/renderer/state/run-state.js';
import {
  after,
  ended,
  progressed,
  spans,
  started,
  timeline,
  timelineEnd,
  wholeRun,
} from '../messages.js';

/** Feeds views as the store does. */
function feed(views: RepeatViews, from: RunState, messages: readonly StreamMessage[]): RunState {
  return messages.reduce((before, message) => {
    const state = receive(before, message);
    views.receive(message, state);
    return state;
  }, from);
}

describe('RepeatViews', () => {
  it('collects the spans of the live repeat, and begins anew with the next', () => {
    const views = new RepeatViews();
    const state = feed(views, INITIAL_STATE, [started(1), timeline(1, 0), spans(1), spans(1)]);
    expect(views.of(1)?.timeline.spanCount).toBe(2);
    feed(views, state, [timelineEnd(1, 0), timeline(1, 1), spans(1)]);
    expect(views.of(1)).toMatchObject({ repeat: 1, wallNs: null });
    expect(views.of(1)?.timeline.spanCount).toBe(1);
  });

  it('knows a repeat’s wall time once all its spans are there', () => {
    const views = new RepeatViews();
    feed(views, INITIAL_STATE, [started(1), timeline(1, 0), spans(1), timelineEnd(1, 0, 500)]);
    expect(views.of(1)?.wallNs).toBe(500);
  });

  it('has a lock row by the run’s lock mode, not by what its holds look like', () => {
    for (const [lock, length] of [
      ['per-object', 0],
      ['gil-held', 1],
    ] as const) {
      const views = new RepeatViews();
      const begun = [started(1, { parameters: { lock } }), timeline(1, 0)];
      feed(views, INITIAL_STATE, begun);
      const view = views.of(1);
      view?.timeline.append(
        encodeSpans([{ lane: 0, kind: 'hold', task: 0, startNs: 0, endNs: 100 }]),
      );
      expect(view?.timeline.lock.length).toBe(length);
    }
  });

  it('ignores the rest of a repeat whose beginning went to a page before it', () => {
    const views = new RepeatViews();
    const rest = [started(1), spans(1), timelineEnd(1, 0)];
    const state = feed(views, INITIAL_STATE, rest);
    expect(views.of(1)).toMatchObject({ wallNs: null, timeline: { spanCount: 0 } });
    feed(views, state, [timeline(1, 1), spans(1), timelineEnd(1, 1)]);
    expect(views.of(1)).toMatchObject({ repeat: 1, wallNs: 2000, timeline: { spanCount: 1 } });
  });

  it('ignores spans of runs that are neither live nor shown', () => {
    const views = new RepeatViews();
    const state = after(...wholeRun(1), ...wholeRun(2));
    expect(views.receive(timeline(1, 1), state)).toBe(false);
    expect(views.receive(spans(1), state)).toBe(false);
    expect(views.of(1)).toBeUndefined();
  });

  it('takes an earlier run’s repeat only where it is the one asked for', () => {
    const views = new RepeatViews();
    const state = select(after(...wholeRun(1), ...wholeRun(2)), 1, 0);
    feed(views, state, [timeline(1, 1), spans(1), timelineEnd(1, 1)]);
    expect(views.of(1)).toBeUndefined();
    feed(views, state, [timeline(1, 0), spans(1), timelineEnd(1, 0)]);
    expect(views.of(1)).toMatchObject({ repeat: 0, wallNs: 2000 });
  });

  it('follows the live run while an earlier one is shown, and lets go of others', () => {
    const views = new RepeatViews();
    let state = feed(views, INITIAL_STATE, [
      started(1),
      timeline(1, 0),
      spans(1),
      ended(1),
      started(2),
      timeline(2, 0),
    ]);
    state = select(state, 1);
    views.prune(state);
    feed(views, state, [spans(2)]);
    expect(views.of(1)).toBeDefined();
    expect(views.of(2)?.timeline.spanCount).toBe(1);
    views.prune(select(state, 2));
    expect(views.of(1)).toBeUndefined();
    expect(views.of(2)).toBeDefined();
  });

  it('tells how much of a shown repeat is here, and that a crowded run is drawn coarser', () => {
    const views = new RepeatViews();
    const state = feed(views, after(...wholeRun(1)), [started(2), timeline(2, 0), spans(2)]);
    const telling = (run: number) => {
      const view = views.of(run);
      return view === undefined ? undefined : loadingText(view) + coarserText(view);
    };
    expect(telling(2)).toBe('Drawn coarser: the lanes need every core');
    const news = (pace: Pace) => views.receive(progressed(2, {}, pace), state);
    news({ ...CROWDED, beatMs: 250.4 });
    expect(telling(2)).toContain('up to 250 ms late');
    news(FREE);
    expect(telling(2)).toBe('');
    news(CROWDED);
    feed(views, state, [ended(2, { outcome: 'stopped' })]);
    expect(telling(2)).toBe('');
    const shown = select(state, 1, 0);
    const begun = { ...timeline(1, 0), spans: 4 } as StreamMessage;
    feed(views, shown, [begun, spans(1)]);
    expect(telling(1)).toContain('25 %');
    feed(views, shown, [timelineEnd(1, 0)]);
    expect(telling(1)).toBe('');
  });

  it('may grow while it loads, and as long as its run is on, whose next repeat follows', () => {
    const views = new RepeatViews();
    const canGrow = (state: RunState) => mayGrow(state.runs[0], views.of(1));
    let state = feed(views, INITIAL_STATE, [started(1), timeline(1, 0), spans(1)]);
    state = feed(views, state, [timelineEnd(1, 0)]);
    expect(canGrow(state)).toBe(true);
    state = select(feed(views, state, [ended(1)]), 1, 0);
    expect(canGrow(state)).toBe(false);
    state = feed(views, state, [timeline(1, 0), spans(1)]);
    expect(canGrow(state)).toBe(true);
    state = feed(views, state, [timelineEnd(1, 0)]);
    expect(canGrow(state)).toBe(false);
  });

  it('knows which repeat a picture has, also before the window follows it', () => {
    const views = new RepeatViews();
    const state = feed(views, INITIAL_STATE, [started(1), timeline(1, 0), spans(1)]);
    const followed = views.of(1);
    feed(views, state, [timelineEnd(1, 0), timeline(1, 1), spans(1)]);
    const added = views.of(1);
    if (followed === undefined || added === undefined) throw new Error('no spans are at hand');
    expect(paintedView(added.timeline, followed, added)?.repeat).toBe(1);
    expect(paintedView(followed.timeline, followed, added)?.repeat).toBe(0);
    expect(paintedView(added.timeline, undefined, null)).toBeUndefined();
  });

  it('has the lanes of a run before they have done anything, and lets go of those that did nothing', () => {
    const views = new RepeatViews();
    const state = feed(views, INITIAL_STATE, [started(1)]);
    expect(views.of(1)).toMatchObject({ repeat: 0, wallNs: null, pace: CROWDED });
    expect(views.of(1)?.timeline).toMatchObject({ lanes: 2, spanCount: 0 });
    feed(views, state, [ended(1, { outcome: 'stopped', overview: null })]);
    expect(views.of(1)).toBeUndefined();
  });

  it('foresees the end of a repeat from the tasks that are done', () => {
    const views = new RepeatViews();
    feed(views, INITIAL_STATE, [started(1), timeline(1, 0)]);
    const repeat = views.of(1)?.timeline;
    if (repeat === undefined) throw new Error('there is a repeat');
    expect(foreseenEnd(repeat, 20)).toBe(0);
    feed(views, after(started(1)), [spans(1), spans(1)]);
    expect(foreseenEnd(repeat, 20)).toBe(1000);
  });

  it('draws a repeat that is loading seldom, and once more when it is whole', () => {
    let now = 0;
    const views = new RepeatViews(() => now);
    const state = select(after(...wholeRun(1)), 1, 0);
    feed(views, state, [{ ...timeline(1, 0), spans: 3 } as StreamMessage]);
    expect(views.receive(spans(1), state)).toBe(true);
    now = 20;
    expect(views.receive(spans(1), state)).toBe(false);
    now = 500;
    expect(views.receive(spans(1), state)).toBe(true);
    expect(views.of(1)?.timeline.spanCount).toBe(3);
    expect(views.receive(timelineEnd(1, 0), state)).toBe(true);
  });
});
