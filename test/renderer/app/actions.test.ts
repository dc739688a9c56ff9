import { describe, expect, it } from 'vitest';
import { runAction } from '../../../src/renderer/app/actions.js';
import { TIMELINE_COMMANDS } from '../../../src/renderer/timeline/model/commands.js';
import { ACTION_IDS } from '../../../src/ipc/action-names.js';
import { PARAMETER_NAMES } from '../../../src/experiment/parameters.js';
import { started, wholeRun } from '../messages.js';
import { registry, comparison, never } from '../../fixtures/actions.js';

describe('the registry', () => {
  it('has each action once, under an id and a label of its own', () => {
    const { actions } = registry();
    expect(actions.map(({ id }) => id)).toEqual(ACTION_IDS);
    expect(new Set(ACTION_IDS).size).toBe(ACTION_IDS.length);
    expect(new Set(actions.map(({ label }) => label)).size).toBe(actions.length);
  });

  it('has each command of the timeline, with its keys', () => {
    const { actions } = registry();
    const ofTimeline = actions.filter(({ command }) => command !== undefined);
    expect(ofTimeline).toHaveLength(TIMELINE_COMMANDS.length);
  });

  it('knows a picture of each chart by either way in either format', () => {
    const { find, store } = registry();
    expect(find('save-histogram-svg')?.enabled()).toBe(false);
    store.pictures.offer('histogram', { sketch: never, says: () => '' });
    expect(find('save-histogram-svg')?.enabled()).toBe(true);
    expect(find('copy-occupancy-png')?.enabled()).toBe(false);
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
      expect.arrayContaining([
        'run',
        'compare',
        'undo',
        'export-csv',
        'save-timeline-png',
        'fit',
        'search',
      ]),
    );
    expect(off.map(runAction)).toEqual(off.map(() => false));
    expect(asked).toEqual([]);
    expect(opened).toEqual([]);
    expect(store.form.text).toBe(before);
    expect(runAction(undefined)).toBe(false);
  });

  it('runs, stops, and runs presets, which fill in the form', () => {
    const { run, asked, store } = registry();
    expect(run('preset:gil-held')).toBe(true);
    expect(store.form.text.lock).toBe('gil-held');
    for (const message of wholeRun(1)) store.receive(message);
    expect(run('undo')).toBe(true);
    expect(store.form.text.lock).toBe('none');
    expect(run('run')).toBe(true);
    expect(run('stop')).toBe(false);
    store.receive(started(2));
    expect(run('stop')).toBe(true);
    const other = asked.filter((name) => name !== 'keepParameters');
    expect(other).toEqual(['startRun', 'startRun', 'stopRun']);
  });

  it('runs serial where the shown run has no speed-up, and where it does not measure', () => {
    const { run, find, store, asked } = registry();
    expect(run('run-serial')).toBe(false);
    for (const message of wholeRun(1)) store.receive(message);
    expect(run('run-serial')).toBe(true);
    store.receive(started(2, { parameters: { scheduler: 'serial', threads: 1 } }));
    expect(find('run-serial')?.enabled()).toBe(false);
    expect(asked).toEqual(['startRun']);
  });

  it('offers the sign-aware test where tasks did not converge under the strict one', () => {
    const { run, store } = registry();
    expect(run('use-sign-aware')).toBe(false);
    for (const message of wholeRun(1, { capped: 0 })) store.receive(message);
    expect(run('use-sign-aware')).toBe(false);
    for (const message of wholeRun(2, { capped: 3 })) store.receive(message);
    expect(run('use-sign-aware')).toBe(true);
    expect(store.form.text.convergence).toBe('sign-aware');
    expect(run('undo')).toBe(true);
    expect(store.form.text.convergence).toBe('strict');
  });

  it('leads to each field of the form', () => {
    const { run, store } = registry();
    for (const name of PARAMETER_NAMES) {
      expect(run(`field:${name}`), name).toBe(true);
      expect(store.form.sought).toBe(name);
      store.form.arrived();
    }
    expect(store.form.sought).toBeNull();
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

describe('actions of the form, the list and the analysis', () => {
  it('undo the parameters, or the text that has the focus', () => {
    const { run, find, store, text } = registry();
    text.steps = [];
    expect(run('undo')).toBe(true);
    expect(run('redo')).toBe(true);
    expect(text.steps).toEqual(['undo', 'redo']);
    text.steps = null;
    expect(find('undo')?.enabled()).toBe(false);
    run('preset:gil-held');
    expect(run('undo')).toBe(true);
    expect(store.form.canRedo).toBe(true);
  });

  it('copy the command line of what is on view, and put it into the form', () => {
    const { run, find, store, asked } = registry();
    expect(find('copy-command')?.enabled()).toBe(false);
    for (const message of comparison(1)) store.receive(message);
    expect(store.comparison).not.toBeNull();
    expect(store.onView?.line).toContain(' compare ');
    expect(run('copy-command')).toBe(true);
    expect(asked).toEqual(['copyText']);
    expect(run('take-parameters')).toBe(true);
  });

  it('lead from a run to its comparison and not on from there', () => {
    const { run, find, store } = registry();
    expect(find('show-comparison')?.enabled()).toBe(false);
    for (const message of comparison(1)) store.receive(message);
    expect(find('show-comparison')?.enabled()).toBe(false);
    void store.show(3);
    expect(run('show-comparison')).toBe(true);
    expect(store.comparison?.runs.serial).toBe(1);
  });

  it('look at a range, at the whole repeat and at all repeats', () => {
    const { run, store } = registry();
    const looksAt = () => ({ all: store.scope.isOfAllRepeats, range: store.scope.selection });
    expect(run('all-repeats')).toBe(false);
    for (const message of wholeRun(1)) store.receive(message);
    expect(looksAt()).toEqual({ all: true, range: null });
    expect(run('all-repeats')).toBe(false);
    expect(run('whole-repeat')).toBe(true);
    expect(looksAt()).toEqual({ all: false, range: null });
    expect(run('whole-repeat')).toBe(false);
    store.scope.selectRange({ startNs: 1, endNs: 2 });
    expect(run('whole-repeat')).toBe(true);
    expect(looksAt()).toEqual({ all: false, range: null });
    expect(run('all-repeats')).toBe(true);
    expect(looksAt()).toEqual({ all: true, range: null });
  });

  it('have no all repeats of a run with one', () => {
    const { run, store } = registry();
    for (const message of wholeRun(1, { walls: [2000] })) store.receive(message);
    expect(run('all-repeats')).toBe(false);
    expect(run('whole-repeat')).toBe(false);
  });

  it('fold the analysis and explain', () => {
    const { run, find, store, analysis } = registry();
    expect(run('analysis')).toBe(false);
    for (const message of wholeRun(1)) store.receive(message);
    expect(find('analysis')?.isOn?.()).toBe(true);
    expect(run('analysis')).toBe(true);
    expect(analysis.isOpen).toBe(false);
    expect(run('explain')).toBe(false);
    let explained = 0;
    analysis.explain = () => (explained += 1);
    expect(run('explain')).toBe(true);
    expect(explained).toBe(1);
  });
});
