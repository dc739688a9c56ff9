import { describe, expect, it } from 'vitest';
import { defaultParameters } from '../../../src/experiment/parameters.js';
import { finish } from '../../../src/base/cooperative-task.js';
import type { StreamMessage } from '../../../src/ipc/index.js';
import { recordedOf } from '../../../src/main/recordings/recorded.js';
import { actionsOf, runAction } from '../../../src/renderer/app/actions.js';
import type { Ask } from '../../../src/renderer/app/bridge.js';
import type { ActionHost } from '../../../src/renderer/app/action-host.js';
import { RunStore } from '../../../src/renderer/state/run-store.svelte.js';
import { findingsOf } from '../../../src/sweep/find.js';
import { MACHINE } from '../../fixtures/records.js';
import { smallAxes, sweptRecordings } from '../../fixtures/sweeps.js';
import { entry, started, wholeRun } from '../messages.js';

const AXES = smallAxes({ threads: [1, 2], repeats: [3] });
const RECORDINGS = sweptRecordings(AXES);
const SWEPT: StreamMessage = {
  ...{ type: 'swept', sweep: 1, axes: AXES, outcome: 'done', failure: null },
  recorded: {
    entry: entry('sweep', [1, 2]),
    machine: MACHINE,
    findings: finish(findingsOf(AXES, RECORDINGS)),
  },
};

/** A store whose requests are kept, and answered as the main process does. */
function window() {
  const asked: [string, unknown][] = [];
  const ask = ((name: string, request: unknown) => {
    asked.push([name, request]);
    if (name === 'exportSweep') {
      return Promise.resolve({ ok: true, value: { status: 'saved', path: '/w.csv', rows: 6 } });
    }
    if (name !== 'sweptCell') return Promise.resolve({ ok: true, value: null });
    const recording = RECORDINGS[Number(request) - 1];
    if (recording === undefined) {
      return Promise.resolve({ ok: false, failure: { message: 'it is gone' } });
    }
    const recorded = recordedOf(Number(request), recording);
    return Promise.resolve({ ok: true, value: { recorded, hasSpans: true } });
  }) as unknown as Ask;
  const defaults = defaultParameters(2);
  const info = {
    machine: MACHINE,
    defaults,
    lastParameters: defaults,
    compositing: 'software' as const,
    panels: {},
    theme: 'system' as const,
    programs: { problem: null, folder: '/home/me' },
  };
  const store = new RunStore(info, ask);
  const host = { store, textHistory: () => null, open: () => undefined } as unknown as ActionHost;
  const actions = actionsOf(host);
  const action = (id: string) => actions.find((each) => each.id === id);
  return { store, asked, action, run: (id: string) => runAction(action(id)) };
}

describe('the form of a sweep', () => {
  it('takes lists, which Run measures', async () => {
    const { store, asked, action, run } = window();
    expect(run('sweep')).toBe(true);
    expect(action('sweep')?.isOn?.()).toBe(true);
    expect(store.form.sought).toBe('threads');
    store.sweeps.lists.edit('lock', 'none,gil-held');
    expect(await store.start()).toBeNull();
    expect(asked).toEqual([
      ['startSweep', expect.objectContaining({ threads: [1, 2], lock: ['none', 'gil-held'] })],
    ]);
  });

  it('leads to the field that is wrong, and asks nothing', async () => {
    const { store, asked } = window();
    store.sweeps.toggleLists();
    store.sweeps.lists.edit('size', '9..1');
    expect(await store.start()).toBe('size');
    expect(asked).toEqual([]);
  });

  it('waits for what is running', async () => {
    const { store, asked } = window();
    store.sweeps.toggleLists();
    store.receive(started(1));
    expect(await store.start()).toBeNull();
    expect(asked).toEqual([]);
    expect(store.state.failure?.message).toMatch(/^A run is on/);
  });

  it('has an undo of its own, and gives way where a run’s parameters come', () => {
    const { store, run } = window();
    store.form.edit('threads', '7');
    run('sweep');
    store.sweeps.lists.edit('threads', '1,2,3');
    expect(run('undo')).toBe(true);
    expect(store.sweeps.lists.text.threads).toBe('1..cores');
    expect(store.form.text.threads).toBe('7');
    expect(run('redo')).toBe(true);
    expect(store.sweeps.lists.text.threads).toBe('1,2,3');
    store.form.take(defaultParameters(2));
    expect(store.sweeps.lists.isOn).toBe(false);
  });
});

describe('a sweep that is shown', () => {
  it('has its cells fetched one by one, each once', async () => {
    const { store, asked } = window();
    store.receive(SWEPT);
    expect(store.shown).toBeUndefined();
    await store.sweeps.showCell(2);
    expect(store.shown?.run).toBe(2);
    expect(store.sweepOfShown?.id).toBe(1);
    store.sweeps.show(1);
    await store.sweeps.pinCell(2);
    expect(store.baseline?.run).toBe(2);
    expect(store.sweep?.sweep).toBe(1);
    expect(asked.map(([name]) => name)).toEqual(['sweptCell', 'showRepeat', 'showRepeat']);
    await store.sweeps.showCell(9);
    expect(store.state.failure?.message).toBe('it is gone');
  });

  it('is exported, put into the form and copied as a sweep', async () => {
    const { store, asked, action, run } = window();
    store.receive(SWEPT);
    expect(
      ['json', 'csv', 'markdown', 'walls', 'spans', 'trace'].map((format) =>
        action(`export-${format}`)?.enabled(),
      ),
    ).toEqual([true, true, true, true, false, false]);
    await store.exports.export('walls');
    expect(asked).toEqual([['exportSweep', { id: 1, format: 'walls' }]]);
    expect(store.status).toBe('Saved 6 rows to /w.csv');
    expect(run('copy-command')).toBe(true);
    expect(asked.at(-1)).toEqual([
      'copyText',
      'npm run --silent gilscope -- sweep --matrices 12 --size 16 --threads 1,2 --warmup 0',
    ]);
    expect(run('take-parameters')).toBe(true);
    expect(store.sweeps.lists.isOn).toBe(true);
    expect(store.sweeps.lists.judgement.axes).toEqual(AXES);
  });

  it('is led back to from a run', async () => {
    const { store, action, run } = window();
    for (const message of [SWEPT, ...wholeRun(3)]) store.receive(message);
    expect(store.sweep).toBeNull();
    expect(run('show-sweep')).toBe(true);
    expect(store.sweep?.sweep).toBe(1);
    expect(action('show-sweep')?.enabled()).toBe(false);
    expect(action('analysis')?.enabled()).toBe(false);
    await store.show(3);
    expect(store.sweep).toBeNull();
  });
});
