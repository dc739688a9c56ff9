import { describe, expect, it, vi } from 'vitest';
import { LIVE_DELAY_MS } from '../../../src/renderer/setup/live-switch.svelte.js';
import { commandLineOf } from '../../../src/experiment/command-line.js';
import { defaultParameters } from '../../../src/experiment/parameters.js';
import { TEXT_FORMATS } from '../../../src/formats/registry.js';
import { ALL_SPANS } from '../../../src/formats/span-part.js';
import {
  compared,
  comparing,
  ended,
  spans,
  started,
  timeline,
  timelineEnd,
  wholeRun,
} from '../messages.js';
import { storeWith, presetIn } from '../../fixtures/run-stores.js';

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
