import { describe, expect, it } from 'vitest';
import type { StreamMessage } from '../../src/shared/contract.js';
import { RepeatViews } from '../../src/renderer/repeat-views.js';
import { INITIAL_STATE, receive, select, type RunState } from '../../src/renderer/run-state.js';
import { after, ended, spans, started, timeline, timelineEnd, wholeRun } from './messages.js';

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
});
