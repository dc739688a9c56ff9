import { describe, expect, it, vi } from 'vitest';
import { actionOfKey } from '../../../src/renderer/app/action-keys.js';
import { actionsOf, menuStateOf, runAction } from '../../../src/renderer/app/actions.js';
import { EntryListState } from '../../../src/renderer/recordings/entry-list-state.svelte.js';
import { AnalysisPanelState } from '../../../src/renderer/analysis/analysis-panel-state.svelte.js';
import type { Ask } from '../../../src/renderer/app/bridge.js';
import { TIMELINE_COMMANDS } from '../../../src/renderer/timeline/model/commands.js';
import type { TimelineExplorer } from '../../../src/renderer/timeline/model/explorer.js';
import type { LaneSpan } from '../../../src/renderer/timeline/model/lane-spans.js';
import { MenuSync } from '../../../src/renderer/app/menu-sync.js';
import { RunStore } from '../../../src/renderer/state/run-store.svelte.js';
import { TimelinePanelState } from '../../../src/renderer/timeline/timeline-panel-state.svelte.js';
import { ACTION_IDS, type ActionId } from '../../../src/ipc/action-names.js';
import type { MenuState, StreamMessage } from '../../../src/ipc/index.js';
import { defaultParameters, PARAMETER_NAMES } from '../../../src/experiment/parameters.js';
import { labelsOf, LATIN_LAYOUTS, OTHER_LAYOUTS, press } from '../../fixtures/key-presses.js';
import { MACHINE } from '../../fixtures/records.js';
import { comparedRecordings, overview, started, wholeRun } from '../messages.js';

// Commands that start something look for the part of the page that shows it.
vi.stubGlobal('document', { getElementById: () => null });

/** The registry over a store whose requests are kept, and what it opened. */
function registry() {
  const asked: string[] = [];
  const opened: string[] = [];
  const ask = ((name: string) => {
    asked.push(name);
    return Promise.resolve({ ok: true, value: null });
  }) as unknown as Ask;
  const store = new RunStore(
    {
      machine: MACHINE,
      defaults: defaultParameters(2),
      lastParameters: defaultParameters(2),
      compositing: 'software',
      panels: {},
      theme: 'system' as const,
      programs: { problem: null, folder: '/home/me' },
    },
    ask,
  );
  const timeline = new TimelinePanelState();
  const analysis = new AnalysisPanelState();
  const entryList = new EntryListState();
  /** Steps in the text that has the focus; where it is null none has. */
  const text: { steps: string[] | null } = { steps: null };
  const actions = actionsOf({
    store,
    timeline,
    analysis,
    entryList,
    open: (dialog) => opened.push(dialog),
    magnify: (step) => asked.push(step),
    print: () => asked.push('print'),
    textHistory: () => (text.steps === null ? null : (step) => text.steps?.push(step)),
  });
  const find = (id: ActionId) => actions.find((action) => action.id === id);
  const run = (id: ActionId) => runAction(find(id));
  return { store, timeline, analysis, entryList, text, actions, find, run, asked, opened };
}

/** A comparison that has ended, of four runs from one on. */
const comparison = (first: number): StreamMessage[] => {
  const figures = overview();
  const runs = { serial: first, static: first + 1, executor: first + 2, gilHeld: first + 3 };
  const { params: parameters } = figures;
  const wallsNs = { serial: [], static: [], executor: [], gilHeld: [] };
  return [
    { type: 'comparing', parameters, runs, variant: 'serial', round: 0, wallsNs },
    {
      type: 'compared',
      parameters,
      runs,
      outcome: 'done',
      recorded: comparedRecordings(first),
      failure: null,
    },
  ];
};

const never = (): never => {
  throw new Error('nothing is drawn here');
};

const ctrl = { ctrlKey: true };
const ctrlShift = { ctrlKey: true, shiftKey: true };

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

describe('actions of the timeline', () => {
  /** An explorer that keeps what it is asked for. */
  function explorerOf(canGoBack = false) {
    const pressed: string[] = [];
    const explorer = {
      canGoBack,
      press: (command: string) => pressed.push(command),
      select: () => undefined,
    } as unknown as TimelineExplorer;
    return { explorer, pressed };
  }
  const whole = { startNs: 0, endNs: 100 };
  const hold: LaneSpan = { lane: 0, kind: 'hold', index: 0, task: 0, startNs: 0, endNs: 10 };

  it('show all where the shown run is not, wherever a span is selected', () => {
    const { run, timeline } = registry();
    const [shown, baseline] = [explorerOf(), explorerOf()];
    timeline.place('shown', shown.explorer);
    timeline.place('baseline', baseline.explorer);
    timeline.select('baseline', hold);
    timeline.sight = { range: whole, whole, isWhole: true, canFollow: false, follows: false };
    expect(run('fit')).toBe(false);
    timeline.sight = { ...timeline.sight, isWhole: false };
    expect(run('fit')).toBe(true);
    expect([shown.pressed, baseline.pressed]).toEqual([['fit'], []]);
  });

  it('go back only where a span was left for another', () => {
    const { run, timeline } = registry();
    timeline.place('shown', explorerOf(false).explorer);
    timeline.select('shown', hold);
    expect(run('back')).toBe(false);
    timeline.place('shown', explorerOf(true).explorer);
    expect(run('back')).toBe(true);
  });
});

describe('the menu', () => {
  it('is told which actions can be done and which are on', () => {
    const { actions, store, run } = registry();
    const before = menuStateOf(actions);
    expect(before.enabled).toEqual(expect.arrayContaining(['run', 'live', 'preset:serial']));
    expect(before.enabled).not.toContain('stop');
    expect(before.on).toEqual(['analysis', 'theme-system']);
    run('live');
    store.receive(started(1));
    const after = menuStateOf(actions);
    expect(after.enabled).toContain('stop');
    expect(after.enabled).not.toContain('run');
    expect(after.on).toContain('live');
  });

  it('is told only of what has changed', () => {
    const told: MenuState[] = [];
    const menu = new MenuSync((state) => told.push(state));
    menu.sync({ enabled: ['run'], on: [] });
    menu.sync({ enabled: ['run'], on: [] });
    menu.sync({ enabled: ['stop'], on: [] });
    menu.sync({ enabled: ['stop'], on: ['live'] });
    expect(told.map(({ enabled, on }) => [...enabled, ...on])).toEqual([
      ['run'],
      ['stop'],
      ['stop', 'live'],
    ]);
  });
});

describe('keys', () => {
  const { actions } = registry();
  const idOf = (given: Parameters<typeof press>[0], isWriting = false) =>
    actionOfKey(actions, press(given), isWriting)?.id;

  it.each([
    [{ key: 'Enter', ...ctrl }, 'run'],
    [{ key: 'Enter', code: 'NumpadEnter', ...ctrl }, 'run'],
    [{ key: 'e', ...ctrl }, 'export-csv'],
    [{ key: 'E', ...ctrl }, 'export-csv'],
    [{ key: 'k', metaKey: true }, 'palette'],
    [{ key: 'P', ...ctrlShift }, 'palette'],
    [{ key: 'p', ...ctrl }, 'print'],
    [{ key: 'з', code: 'KeyP', ...ctrl }, 'print'],
    [{ key: 'z', ...ctrl }, 'undo'],
    [{ key: 'Z', ...ctrlShift }, 'redo'],
    [{ key: 'y', ...ctrl }, 'redo'],
    [{ key: 'f', ...ctrl }, 'search'],
    [{ key: '/' }, 'search'],
    [{ key: '/', code: 'Digit7', shiftKey: true }, 'search'],
    [{ key: '/', altGraph: true }, 'search'],
    [{ key: '?', shiftKey: true }, 'keys'],
    [{ key: '؟', code: 'Slash', shiftKey: true }, 'keys'],
    [{ key: 'л', code: 'KeyK', ...ctrl }, 'palette'],
    [{ key: 'Я', code: 'KeyZ', ...ctrlShift }, 'redo'],
    [{ key: 'w', code: 'KeyZ', ...ctrl }, undefined],
    [{ key: 'z', code: 'KeyW', ...ctrl }, 'undo'],
    [{ key: ';', code: 'KeyZ', ...ctrl }, undefined],
    [{ key: 'Unidentified', code: 'KeyK', ...ctrl }, 'palette'],
    [{ key: 'Unidentified', keyCode: 75, ...ctrl }, 'palette'],
    [{ key: '=', code: 'Equal', ...ctrl }, 'larger'],
    [{ key: '+', code: 'Equal', ...ctrlShift }, 'larger'],
    [{ key: '+', code: 'BracketRight', ...ctrl }, 'larger'],
    [{ key: '+', code: 'NumpadAdd', ...ctrl }, 'larger'],
    [{ key: '-', code: 'Minus', ...ctrl }, 'smaller'],
    [{ key: '-', code: 'NumpadSubtract', ...ctrl }, 'smaller'],
    [{ key: '-', code: 'Digit6', ...ctrl }, 'smaller'],
    [{ key: '0', code: 'Digit0', ...ctrl }, 'normal-size'],
    [{ key: 'à', code: 'Digit0', ...ctrl }, 'normal-size'],
    [{ key: '0', code: 'Numpad0', ...ctrl }, 'normal-size'],
    [{ key: 'Y', ...ctrlShift }, undefined],
    [{ key: 'k', ...ctrl, altKey: true }, undefined],
    [{ key: 'e', ...ctrl, altGraph: true }, undefined],
    [{ key: '€', code: 'KeyE', altGraph: true }, undefined],
    [{ key: '€', code: 'KeyE', ...ctrl, altKey: true, altGraph: true }, undefined],
    [{ key: 'k', ...ctrl, isComposing: true }, undefined],
    [{ key: 'Enter', keyCode: 229, ...ctrl }, undefined],
    [{ key: 'k' }, undefined],
    [{ key: '+' }, undefined],
  ])('%o is %s', (given, id) => {
    expect(idOf(given)).toBe(id);
  });

  it.each(Object.entries({ ...LATIN_LAYOUTS, ...OTHER_LAYOUTS }))(
    'reach every action that has a letter: %s',
    (name, layout) => {
      const labels = labelsOf(layout);
      const letters = actions.flatMap(({ keys }) =>
        keys.filter((key) => /^CmdOrCtrl\+[A-Z]$/.test(key)).map((key) => key.slice(-1)),
      );
      expect(letters).toEqual(expect.arrayContaining(['Z', 'Y', 'E', 'F', 'K']));
      for (const letter of letters) {
        const meant = idOf({ key: letter.toLowerCase(), ctrlKey: true });
        const place = `Key${letter}`;
        const isLatin = name in LATIN_LAYOUTS;
        const key = isLatin ? letter.toLowerCase() : (labels.get(place) ?? '');
        const code = isLatin ? [...labels].find(([, label]) => label === key)?.[0] : place;
        expect(idOf({ key, code: code ?? 'Slash', ctrlKey: true }), letter).toBe(meant);
      }
    },
  );

  it('write where somebody writes, but for those with a modifier', () => {
    expect(idOf({ key: '/' }, true)).toBeUndefined();
    expect(idOf({ key: '?' }, true)).toBeUndefined();
    expect(idOf({ key: 'f', ...ctrl }, true)).toBe('search');
    expect(idOf({ key: 'Escape' }, true)).toBe('dismiss');
  });

  it('print', () => {
    const { run, asked } = registry();
    expect(run('print')).toBe(true);
    expect(asked).toEqual(['print']);
  });

  it('magnify the window', () => {
    const { run, asked } = registry();
    expect([run('larger'), run('smaller'), run('normal-size')]).toEqual([true, true, true]);
    expect(asked).toEqual(['larger', 'smaller', 'normal-size']);
  });

  it('Escape stops once nothing is to be dismissed', () => {
    const { actions, store } = registry();
    const escape = press({ key: 'Escape' });
    store.receive(started(1));
    store.fail({ message: 'wrong' });
    expect(actionOfKey(actions, escape, false)?.id).toBe('dismiss');
    store.dismiss();
    expect(actionOfKey(actions, escape, false)?.id).toBe('stop');
  });
});
