import { describe, expect, it } from 'vitest';
import { actionOfKey } from '../../../src/renderer/app/action-keys.js';
import { menuStateOf } from '../../../src/renderer/app/actions.js';
import type { TimelineExplorer } from '../../../src/renderer/timeline/model/explorer.js';
import type { LaneSpan } from '../../../src/renderer/timeline/model/lane-spans.js';
import { MenuSync } from '../../../src/renderer/app/menu-sync.js';
import type { MenuState } from '../../../src/ipc/index.js';
import { labelsOf, LATIN_LAYOUTS, OTHER_LAYOUTS, press } from '../../fixtures/key-presses.js';
import { started } from '../messages.js';
import { registry, ctrl, ctrlShift } from '../../fixtures/actions.js';

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
