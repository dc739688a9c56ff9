import { describe, expect, it, vi } from 'vitest';
import type { Ask } from '../../../src/renderer/app/bridge.js';
import { RunStore } from '../../../src/renderer/state/run-store.svelte.js';
import { LIVE_DELAY_MS } from '../../../src/renderer/setup/live-switch.svelte.js';
import { commandLineOf } from '../../../src/experiment/command-line.js';
import { defaultParameters } from '../../../src/experiment/parameters.js';
import { TEXT_FORMATS } from '../../../src/formats/registry.js';
import { ALL_SPANS } from '../../../src/formats/span-part.js';
import { MACHINE } from '../../fixtures/records.js';
import {
  compared,
  comparing,
  ended,
  progressed,
  spans,
  started,
  timeline,
  timelineEnd,
  wholeRun,
} from '../messages.js';
import { CROWDED, FREE } from '../../fixtures/paces.js';

const done = { ok: true, value: null };

/** A store whose requests are kept and answered from a table. */
function storeWith(
  answers: Partial<Record<Parameters<Ask>[0], unknown>> = {},
  lastParameters = defaultParameters(2),
) {
  const asked: [string, unknown][] = [];
  const kept: unknown[] = [];
  const ask = ((name: Parameters<Ask>[0], request: unknown) => {
    if (name === 'keepParameters') kept.push(request);
    else asked.push([name, request]);
    return Promise.resolve(answers[name] ?? done);
  }) as Ask;
  const info = {
    machine: MACHINE,
    defaults: defaultParameters(2),
    lastParameters,
    compositing: 'software' as const,
    panels: {},
    theme: 'system' as const,
    programs: { problem: null, folder: '/home/me' },
  };
  const clock = { nowMs: 0 };
  return { store: new RunStore(info, ask, () => clock.nowMs), asked, kept, clock };
}

/** A preset of the store's machine. */
function presetIn(store: RunStore, id: string) {
  const preset = store.form.presets
    .flatMap(({ presets }) => presets)
    .find((each) => each.id === id);
  if (preset === undefined) throw new Error(`there is no preset ${id}`);
  return preset;
}

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

describe('the baseline', () => {
  it('has its timeline fetched and kept, and is let go of again', async () => {
    const { store, asked } = storeWith();
    [...wholeRun(1), ...wholeRun(2)].forEach((message) => {
      store.receive(message);
    });
    await store.pin(1);
    expect(asked).toEqual([['showRepeat', { run: 1, repeat: 1 }]]);
    [timeline(1, 1), spans(1), timelineEnd(1, 1)].forEach((message) => {
      store.receive(message);
    });
    await store.show(2, 0);
    expect(store.baselineView?.run).toBe(1);
    expect([...store.differences.keys()]).toEqual([2]);
    await store.pin(1);
    expect(store.baseline).toBeUndefined();
    expect(store.differences.size).toBe(0);
  });

  it('asks for no spans that were let go', async () => {
    const { store, asked } = storeWith();
    [...wholeRun(1), ...wholeRun(2)].forEach((message) => {
      store.receive(message);
    });
    store.receive({ type: 'spansEvicted', run: 1 });
    await store.show(1);
    expect(asked).toEqual([]);
    expect(store.shown?.hasSpans).toBe(false);
  });
});

it('copies the command line of parameters', async () => {
  const { store, asked } = storeWith();
  const line = commandLineOf(defaultParameters(2));
  await store.exports.copyCommandLine(line);
  expect(asked).toEqual([['copyText', line]]);
  expect(store.status).toMatch(/clipboard/);
});

describe('stopping', () => {
  it('asks once, and only while a run is on', async () => {
    const { store, asked } = storeWith();
    await store.stop();
    store.receive(started(1));
    await store.stop();
    await store.stop();
    expect(asked).toEqual([['stopRun', null]]);
    expect(store.status).toBe('Stopping…');
    store.receive(ended(1, { outcome: 'stopped' }));
    expect(store.status).toMatch(/^Run 1 stopped/);
  });
});

describe('what is looked at', () => {
  it('is all repeats, until one of them or a range is chosen', async () => {
    const { store } = storeWith();
    wholeRun(1).forEach((message) => {
      store.receive(message);
    });
    expect(store.scope.isOfAllRepeats).toBe(true);
    store.scope.selectRange({ startNs: 0, endNs: 10 });
    expect(store.scope.isOfAllRepeats).toBe(false);
    store.scope.lookAt('all repeats');
    expect([store.scope.isOfAllRepeats, store.scope.selection]).toEqual([true, null]);
    await store.show(1, 0);
    expect(store.scope.isOfAllRepeats).toBe(false);
    await store.show(1);
    expect(store.scope.isOfAllRepeats).toBe(true);
  });

  it('is the one repeat where there is no other', () => {
    const { store } = storeWith();
    wholeRun(1, { walls: [1000] }).forEach((message) => {
      store.receive(message);
    });
    expect(store.scope.isOfAllRepeats).toBe(false);
  });

  it('is the last whole repeat of a run that was stopped, which is asked for', () => {
    const { store, asked } = storeWith();
    [started(1), timeline(1, 0), timeline(1, 1), timeline(1, 2)].forEach((message) => {
      store.receive(message);
    });
    store.receive(ended(1, { outcome: 'stopped' }));
    expect(asked).toEqual([['showRepeat', { run: 1, repeat: 1 }]]);
  });
});

describe('showing a run', () => {
  it('needs nothing for the one that just ended', async () => {
    const { store, asked } = storeWith();
    [started(1), timeline(1, 1), spans(1), timelineEnd(1, 1), ended(1)].forEach((message) => {
      store.receive(message);
    });
    await store.show(1);
    expect(asked).toEqual([]);
    expect(store.view?.timeline.spanCount).toBe(1);
  });

  it('has an earlier one streamed again', async () => {
    const { store, asked } = storeWith();
    [...wholeRun(1), ...wholeRun(2)].forEach((message) => {
      store.receive(message);
    });
    await store.show(1, 0);
    expect(asked).toEqual([['showRepeat', { run: 1, repeat: 0 }]]);
    [timeline(1, 0), spans(1)].forEach((message) => {
      store.receive(message);
    });
    expect(store.view).toMatchObject({ run: 1, repeat: 0 });
  });
});

describe('a preset', () => {
  it('is put into the form and run, and Live runs it in its own place', async () => {
    vi.useFakeTimers();
    const { store, asked } = storeWith();
    const preset = presetIn(store, 'gil-held');
    const { parameters } = preset;
    expect(await store.guide.takePreset(preset)).toBeNull();
    expect(asked).toEqual([['startRun', { parameters, inPlaceOf: null }]]);
    for (const message of wholeRun(1, { parameters })) store.receive(message);
    store.form.undo();
    expect(store.form.text.lock).toBe('none');

    store.live.toggle();
    vi.advanceTimersByTime(LIVE_DELAY_MS);
    for (const message of wholeRun(2)) store.receive(message);
    asked.length = 0;
    void store.guide.takePreset(preset);
    vi.advanceTimersByTime(LIVE_DELAY_MS);
    expect(asked).toEqual([['startRun', { parameters, inPlaceOf: 2 }]]);
    vi.useRealTimers();
  });
});

describe('exporting', () => {
  const path = '/tmp/tasks.csv';

  it('says where the rows are', async () => {
    const saved = { ok: true, value: { status: 'saved', path, rows: 1200 } };
    const { store, asked } = storeWith({ exportRuns: saved });
    wholeRun(1).forEach((message) => {
      store.receive(message);
    });
    await store.exports.export('csv');
    expect(asked).toEqual([['exportRuns', { runs: [1], format: 'csv', part: ALL_SPANS }]]);
    expect(store.status).toBe(`Saved 1,200 rows to ${path}`);
  });

  it('says what it failed for, and keeps the run', async () => {
    const failure = { message: `${path}: no such directory` };
    const { store } = storeWith({ exportRuns: { ok: false, failure } });
    wholeRun(1).forEach((message) => {
      store.receive(message);
    });
    await store.exports.export('csv');
    expect(store.state.failure).toEqual(failure);
    expect(store.exports.can('csv')).toBe(true);
  });

  it('says what came of the last one, not of one before', async () => {
    const saved = { ok: true, value: { status: 'saved', path, rows: 1200 } };
    const failed = { ok: false, failure: { message: `${path}: no such directory` } };
    const answers = { exportRuns: saved as unknown };
    const { store } = storeWith(answers);
    wholeRun(1).forEach((message) => {
      store.receive(message);
    });
    for (const answer of [failed, { ok: true, value: { status: 'cancelled' } }]) {
      answers.exportRuns = saved;
      await store.exports.export('csv');
      expect(store.status).toBe(`Saved 1,200 rows to ${path}`);
      expect(store.state.failure).toBeNull();
      answers.exportRuns = answer;
      await store.exports.export('csv');
      expect(store.status).toBe('Nothing was exported');
    }
  });

  it('writes the spans of what is looked at', async () => {
    const saved = { ok: true, value: { status: 'saved', path: '/tmp/spans.csv', rows: null } };
    const { store, asked } = storeWith({ exportRuns: saved });
    wholeRun(1).forEach((message) => {
      store.receive(message);
    });
    const range = { startNs: 100, endNs: 900 };
    await store.exports.export('spans');
    store.scope.lookAt('repeat');
    await store.exports.export('trace');
    store.scope.selectRange(range);
    await store.exports.export('speedscope');
    expect(asked).toEqual([
      ['exportRuns', { runs: [1], format: 'spans', part: ALL_SPANS }],
      ['exportRuns', { runs: [1], format: 'trace', part: { repeat: 0, range: null } }],
      ['exportRuns', { runs: [1], format: 'speedscope', part: { repeat: 0, range } }],
    ]);
    expect(store.status).toBe('Saved the spans to /tmp/spans.csv');
    store.receive({ type: 'spansEvicted', run: 1 });
    expect(store.exports.can('spans')).toBe(false);
  });

  it('writes a comparison that is shown, all of its spans, in every format', async () => {
    const saved = { ok: true, value: { status: 'saved', path: '/tmp/c.md', rows: null } };
    const { store, asked } = storeWith({ exportRuns: saved });
    [comparing(1), compared(1)].forEach((message) => {
      store.receive(message);
    });
    expect(TEXT_FORMATS.filter((format) => store.exports.can(format))).toEqual(TEXT_FORMATS);
    await store.exports.export('markdown');
    await store.exports.export('spans');
    const runs = [1, 2, 3, 4];
    expect(asked).toEqual([
      ['exportRuns', { runs, format: 'markdown', part: ALL_SPANS }],
      ['exportRuns', { runs, format: 'spans', part: ALL_SPANS }],
    ]);
    store.receive({ type: 'spansEvicted', run: 3 });
    expect(store.exports.can('spans')).toBe(false);
    expect(store.exports.can('csv')).toBe(true);
  });

  it('of a run alone is in every format but tables', async () => {
    const { store, asked } = storeWith();
    wholeRun(1).forEach((message) => {
      store.receive(message);
    });
    expect(TEXT_FORMATS.filter((format) => !store.exports.can(format))).toEqual(['markdown']);
    await store.exports.export('markdown');
    expect(asked).toEqual([]);
    expect(store.state.failure?.message).toBe('What is shown has no table to export.');
  });

  it('says that nothing was copied where that fails', async () => {
    const { store } = storeWith({ copyText: { ok: false, failure: { message: 'no' } } });
    await store.exports.copyCommandLine('gilscope run');
    expect(store.status).toBe('The command line was not copied');
  });

  it('needs a run with figures', async () => {
    const { store, asked } = storeWith();
    await store.exports.export('csv');
    expect(asked).toEqual([]);
    expect(store.state.failure?.message).toMatch(/^There is nothing to export/);
  });
});
