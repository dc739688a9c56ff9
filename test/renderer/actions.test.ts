import { describe, expect, it } from 'vitest';
import { actionOfKey } from '../../src/renderer/action-keys.js';
import { actionsOf, runAction } from '../../src/renderer/actions.js';
import type { Ask } from '../../src/renderer/bridge.js';
import { TIMELINE_COMMANDS } from '../../src/renderer/chart/commands.js';
import { RunStore } from '../../src/renderer/run-store.svelte.js';
import { TimelineDesk } from '../../src/renderer/timeline-desk.svelte.js';
import { ACTION_IDS, keyText } from '../../src/shared/action-names.js';
import { mapCompared } from '../../src/shared/comparison.js';
import { defaultParameters } from '../../src/shared/parameters.js';
import { MACHINE } from '../fixtures/records.js';
import { started, wholeRun } from './messages.js';

/** The registry over a store whose requests are kept, and what it opened. */
function registry() {
  const asked: string[] = [];
  const opened: string[] = [];
  const ask = ((name: string) => {
    asked.push(name);
    return Promise.resolve({ ok: true, value: null });
  }) as unknown as Ask;
  const store = new RunStore({ machine: MACHINE, defaults: defaultParameters(2) }, ask);
  const timeline = new TimelineDesk();
  const actions = actionsOf({ store, timeline, open: (dialog) => opened.push(dialog) });
  const run = (id: string) => runAction(actions.find((action) => action.id === id));
  return { store, timeline, actions, run, asked, opened };
}

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const ctrl = { ...plain, ctrlKey: true };

describe('the registry', () => {
  it('has each action once, under an id and a label of its own', () => {
    const { actions, store } = registry();
    const presets = store.form.presets.flatMap(({ presets }) => presets);
    // Fit and follow have a name of their own.
    const count = ACTION_IDS.length + presets.length + TIMELINE_COMMANDS.length - 2;
    expect(new Set(actions.map(({ id }) => id)).size).toBe(count);
    expect(new Set(actions.map(({ label }) => label)).size).toBe(count);
  });

  it('gives each key to one action; Escape dismisses before it stops', () => {
    const keys = registry().actions.flatMap((action) => action.keys);
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
    expect(twice).toEqual(['Escape']);
  });

  it('does nothing where an action cannot be done', () => {
    const { actions, asked, opened, store } = registry();
    store.receive(started(1));
    const before = store.form.text;
    const off = actions.filter((action) => !action.enabled());
    expect(off.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['run', 'compare', 'undo', 'export-csv', 'save-png', 'fit', 'search']),
    );
    expect(off.map(runAction)).toEqual(off.map(() => false));
    expect(asked).toEqual([]);
    expect(opened).toEqual([]);
    expect(store.form.text).toBe(before);
    expect(runAction(undefined)).toBe(false);
  });

  it('runs, stops, and fills in the form', () => {
    const { run, asked, store } = registry();
    expect(run('preset:gil-held')).toBe(true);
    expect(store.form.text.lock).toBe('gil-held');
    expect(run('undo')).toBe(true);
    expect(store.form.text.lock).toBe('none');
    expect(run('run')).toBe(true);
    expect(run('stop')).toBe(false);
    store.receive(started(1));
    expect(run('stop')).toBe(true);
    expect(asked).toEqual(['startRun', 'stopRun']);
  });

  it('copies the command line of the shown comparison', () => {
    const { run, asked, store } = registry();
    expect(run('comparison-command')).toBe(false);
    const parameters = defaultParameters(2);
    const runs = { serial: 1, static: 2, executor: 3, gilHeld: 4 };
    const wallsNs = mapCompared(runs, () => []);
    store.receive({ type: 'comparing', parameters, runs, way: 'serial', round: 0, wallsNs });
    expect(run('copy-command')).toBe(false);
    expect(run('comparison-command')).toBe(true);
    expect(asked).toEqual(['copyText']);
  });

  it('goes from run to run, and pins the shown one', () => {
    const { run, store } = registry();
    for (const message of [...wholeRun(1), ...wholeRun(2)]) store.receive(message);
    expect(store.shown?.run).toBe(2);
    expect(run('next-run')).toBe(false);
    expect(run('previous-run')).toBe(true);
    expect(store.shown?.run).toBe(1);
    expect(run('pin')).toBe(true);
    expect(store.baseline?.run).toBe(1);
  });
});

describe('keys', () => {
  const idOf = (press: Parameters<typeof actionOfKey>[1], isWriting = false) =>
    actionOfKey(registry().actions, press, isWriting)?.id;

  it.each([
    ['Enter', ctrl, 'run'],
    ['e', ctrl, 'export-csv'],
    ['k', { ...plain, metaKey: true }, 'palette'],
    ['P', { ...ctrl, shiftKey: true }, 'palette'],
    ['z', ctrl, 'undo'],
    ['Z', { ...ctrl, shiftKey: true }, 'redo'],
    ['y', ctrl, 'redo'],
    ['f', ctrl, 'search'],
    ['/', plain, 'search'],
    ['?', { ...plain, shiftKey: true }, 'keys'],
    ['Y', { ...ctrl, shiftKey: true }, undefined],
    ['k', { ...ctrl, altKey: true }, undefined],
    ['k', plain, undefined],
  ])('%s %o is %s', (key, modifiers, id) => {
    expect(idOf({ key, ...modifiers })).toBe(id);
  });

  it('write where somebody writes, but for those with a modifier', () => {
    expect(idOf({ key: '/', ...plain }, true)).toBeUndefined();
    expect(idOf({ key: '?', ...plain }, true)).toBeUndefined();
    expect(idOf({ key: 'f', ...ctrl }, true)).toBe('search');
    expect(idOf({ key: 'Escape', ...plain }, true)).toBe('dismiss');
  });

  it('Escape stops once nothing is to be dismissed', () => {
    const { actions, store } = registry();
    const escape = { key: 'Escape', ...plain };
    store.receive(started(1));
    store.fail({ message: 'wrong' });
    expect(actionOfKey(actions, escape, false)?.id).toBe('dismiss');
    store.dismiss();
    expect(actionOfKey(actions, escape, false)?.id).toBe('stop');
  });

  it('are read by people as their keyboard names them', () => {
    expect(keyText('CmdOrCtrl+Shift+Z', '⌘')).toBe('⌘ + Shift + Z');
  });
});
