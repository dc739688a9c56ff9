import { describe, expect, it, vi } from 'vitest';
import { LIVE_DELAY_MS } from '../../../src/renderer/setup/live-switch.svelte.js';
import { defaultParameters } from '../../../src/experiment/parameters.js';
import {
  compared,
  ended,
  progressed,
  spans,
  started,
  timeline,
  timelineEnd,
  wholeRun,
} from '../messages.js';
import { CROWDED, FREE } from '../../fixtures/paces.js';
import { storeWith } from '../../fixtures/run-stores.js';

describe('the form', () => {
  const LAST = { ...defaultParameters(2), threads: 7, lock: 'gil-held' as const };

  it('begins with the last parameters, which cannot be undone', () => {
    const { store, kept } = storeWith({}, LAST);
    expect(store.form.says(LAST)).toBe(true);
    expect(store.form.canUndo).toBe(false);
    expect(kept).toEqual([]);
  });

  it('has what it says kept, and not what is wrong', () => {
    const { store, kept } = storeWith({}, LAST);
    store.form.edit('threads', '3');
    store.form.edit('size', 'wide');
    store.form.edit('size', '32');
    store.form.undo();
    expect(kept.slice(0, 2)).toEqual([
      { ...LAST, threads: 3 },
      { ...LAST, threads: 3, size: 32 },
    ]);
    expect(kept).toHaveLength(3);
  });

  it('says why it could not be kept', async () => {
    const failure = { message: 'no room' };
    const { store } = storeWith({ keepParameters: { ok: false, failure } });
    store.form.edit('threads', '3');
    await vi.waitFor(() => {
      expect(store.state.failure).toEqual(failure);
    });
  });
});

describe('running', () => {
  it('asks for the form’s parameters', async () => {
    const { store, asked } = storeWith();
    store.form.edit('threads', '7');
    expect(await store.run()).toBeNull();
    expect(asked).toEqual([
      ['startRun', { parameters: { ...defaultParameters(2), threads: 7 }, inPlaceOf: null }],
    ]);
  });

  it('asks nothing where a field is wrong, and names the first', async () => {
    const { store, asked } = storeWith();
    store.form.edit('threads', '700');
    store.form.edit('size', '');
    expect(await store.run()).toBe('size');
    expect(asked).toEqual([]);
  });

  it('says so where a run is on', async () => {
    const { store, asked } = storeWith();
    store.receive(started(1));
    await store.run();
    expect(asked).toEqual([]);
    expect(store.state.failure?.message).toMatch(/^A run is on/);
    expect(store.isBusy).toBe(true);
  });

  it('tells why it was refused, and at which field', async () => {
    const failure = { message: 'needs more bytes', parameter: 'matrices' };
    const { store } = storeWith({ startRun: { ok: false, failure } });
    expect(await store.run()).toBe('matrices');
    expect(store.state.failure).toEqual(failure);
    expect(store.status).toBe('That failed: the message says why');
    expect(store.isBusy).toBe(false);
  });
});

describe('a stream that is opened again', () => {
  it('lists the same runs once, and has the spans of what is shown and pinned sent again', async () => {
    const { store, asked } = storeWith();
    const history = [...wholeRun(1), compared(2), ...wholeRun(6)];
    store.begin([]);
    for (const message of history) store.receive(message);
    await store.pin(1);
    asked.length = 0;
    store.begin(history);
    expect(store.state.runs.map(({ run }) => run)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(store.state.comparisons).toHaveLength(1);
    expect(asked).toEqual([
      ['showRepeat', { run: 6, repeat: 0 }],
      ['showRepeat', { run: 1, repeat: 1 }],
    ]);
    for (const message of [timeline(6, 0), spans(6)]) store.receive(message);
    expect(store.view?.timeline.spanCount).toBe(1);
  });

  it('goes on with the run that is on from its next repeat, as spans of this one are missing', () => {
    const { store } = storeWith();
    for (const message of [started(1), timeline(1, 0), spans(1)]) store.receive(message);
    store.begin([started(1)]);
    expect(store.canStop).toBe(true);
    store.receive(spans(1));
    expect(store.view?.timeline.spanCount).toBe(0);
    for (const message of [timeline(1, 1), spans(1)]) store.receive(message);
    expect(store.view?.timeline.spanCount).toBe(1);
    store.receive(ended(1));
    expect(store.isBusy).toBe(false);
  });
});

describe('a run that is on', () => {
  /** A store on whose stream a run has begun, and how often its picture was added to. */
  function begun() {
    const { store, clock } = storeWith();
    let added = 0;
    store.onAdded(() => (added += 1));
    store.receive(started(1));
    const news = (repeat: number, pace = CROWDED) => {
      store.receive(progressed(1, { repeat }, pace));
    };
    return { store, clock, news, added: () => added };
  }

  it('has its lanes shown before they have done anything', () => {
    const { store } = begun();
    expect(store.view?.timeline).toMatchObject({ lanes: 2, spanCount: 0 });
  });

  it('has the whole window follow its first spans, and others added to the picture alone', () => {
    const { store, added } = begun();
    const first = store.version;
    for (const message of [timeline(1, 0), spans(1)]) store.receive(message);
    expect(store.version).toBeGreaterThan(first);
    expect(added()).toBe(0);
    const { version } = store;
    store.receive(spans(1));
    expect(added()).toBe(1);
    expect(store.version).toBe(version);
    expect(store.view?.timeline.spanCount).toBe(2);
  });

  it('goes from repeat to repeat, which is told with the news', () => {
    const { store, clock, news, added } = begun();
    const repeats = [timeline(1, 0), spans(1), timelineEnd(1, 0), timeline(1, 1), spans(1)];
    for (const message of repeats) store.receive(message);
    expect(added()).toBe(1);
    expect(store.state.selected?.repeat).toBe(0);
    clock.nowMs = 1000;
    news(1);
    expect(store.state.selected?.repeat).toBe(1);
    expect(store.view?.repeat).toBe(1);
  });

  it('has its progress told by itself, and the whole window follow in its own pace', () => {
    const { store, clock, news } = begun();
    for (const message of [timeline(1, 0), spans(1), spans(1)]) store.receive(message);
    const { version } = store;
    // What there is after the first spans is hardly anything, and does not stand for long.
    clock.nowMs = 999;
    store.receive(progressed(1, { tasksDone: 7 }));
    expect(store.state.progress?.tasksDone).toBe(7);
    expect(store.version).toBe(version);
    clock.nowMs = 1000;
    news(0);
    expect(store.version).toBeGreaterThan(version);
    const early = store.version;
    store.receive(spans(1));
    clock.nowMs += CROWDED.wholeMs - 1;
    news(0);
    expect(store.version).toBe(early);
    clock.nowMs += 1;
    news(0);
    expect(store.version).toBeGreaterThan(early);
    const second = store.version;
    store.receive(spans(1));
    clock.nowMs += FREE.wholeMs;
    news(0, FREE);
    expect(store.version).toBeGreaterThan(second);
  });

  it('is followed from its first spans on, however soon after another', () => {
    const { store } = begun();
    for (const message of [timeline(1, 0), spans(1), ended(1), started(2)]) store.receive(message);
    const { version } = store;
    for (const message of [timeline(2, 0), spans(2)]) store.receive(message);
    expect(store.version).toBeGreaterThan(version);
  });

  it('is caught up with when it ends', () => {
    const { store } = begun();
    for (const message of [timeline(1, 0), spans(1), timelineEnd(1, 0), ended(1)]) {
      store.receive(message);
    }
    expect(store.view).toMatchObject({ wallNs: 2000, pace: null });
    expect(store.isBusy).toBe(false);
  });
});

describe('the Live switch', () => {
  const started1 = { ok: true, value: 1 };

  it('takes the place of its own run, and not of the baseline', async () => {
    vi.useFakeTimers();
    const { store, asked } = storeWith({ startRun: started1 });
    // The stream tells of the beginning before the request is answered.
    const places = () =>
      asked.flatMap(([name, request]) =>
        name === 'startRun' ? [(request as { inPlaceOf: unknown }).inPlaceOf] : [],
      );
    const live = async (size: string) => {
      store.form.edit('size', size);
      await vi.advanceTimersByTimeAsync(LIVE_DELAY_MS - 1);
      vi.advanceTimersByTime(1);
      store.receive(started(1));
      await vi.advanceTimersByTimeAsync(0);
    };
    store.live.toggle();
    await live('10');
    expect(store.liveRun).toBe(1);
    store.form.edit('size', '11');
    expect(asked.at(-1)).toEqual(['stopRun', null]);
    store.receive(ended(1, { outcome: 'stopped' }));
    await live('12');
    expect(places()).toEqual([null, 1]);
    store.receive(ended(1));
    await store.pin(1);
    await live('13');
    expect(places()).toEqual([null, 1, null]);
    vi.useRealTimers();
  });

  it('does not run what is wrong or too long, and says why', async () => {
    vi.useFakeTimers();
    const { store, asked } = storeWith({ startRun: started1 });
    store.form.edit('size', '0');
    store.live.toggle();
    await vi.advanceTimersByTimeAsync(LIVE_DELAY_MS);
    expect(store.liveProblem).toMatch(/until each field is right/);
    store.form.edit('size', '2000');
    await vi.advanceTimersByTimeAsync(LIVE_DELAY_MS);
    expect(store.liveProblem).toMatch(/^Too long for Live/);
    expect(asked).toEqual([]);
    vi.useRealTimers();
  });
});

describe('a comparison', () => {
  it('is asked for with the form’s parameters, where nothing is on', async () => {
    const { store, asked } = storeWith();
    expect(await store.compareVariants()).toBeNull();
    expect(asked).toEqual([['startComparison', defaultParameters(2)]]);
    expect(store.isBusy).toBe(true);
    await store.run();
    expect(store.state.failure?.message).toMatch(/^A run is on/);
  });

  it('leaves the window free where it fails before a way is measured', async () => {
    const { store } = storeWith();
    await store.compareVariants();
    const failure = { message: 'needs more bytes', parameter: 'matrices' };
    store.receive({
      type: 'compared',
      parameters: defaultParameters(2),
      runs: { serial: 1, static: 2, executor: 3, gilHeld: 4 },
      outcome: 'failed',
      recorded: null,
      failure,
    });
    expect(store.state.failure).toEqual(failure);
    expect(store.isBusy).toBe(false);
  });

  it('is not there to export before it has ended', async () => {
    const { store, asked } = storeWith();
    await store.exports.export('markdown');
    expect(asked).toEqual([]);
    expect(store.state.failure?.message).toMatch(/^There is nothing to export/);
  });
});
