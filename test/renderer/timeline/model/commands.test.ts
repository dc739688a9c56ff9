import { describe, expect, it } from 'vitest';
import {
  commandOf,
  helpGroups,
  commandFromOutside,
  KEY_HELP,
  releasedCommand,
  wheelAction,
} from '../../../../src/renderer/timeline/model/commands.js';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

describe('keys', () => {
  it.each([
    ['KeyW', 'w', 'zoom in'],
    ['KeyS', 's', 'zoom out'],
    ['KeyA', 'a', 'pan left'],
    ['KeyD', 'd', 'pan right'],
    ['KeyW', 'z', 'zoom in'],
    ['ArrowLeft', 'ArrowLeft', 'pan left'],
    ['ArrowRight', 'ArrowRight', 'pan right'],
    ['ArrowUp', 'ArrowUp', 'lane up'],
    ['ArrowDown', 'ArrowDown', 'lane down'],
    ['Period', '.', 'next'],
    ['Comma', ',', 'previous'],
    ['KeyF', 'f', 'focus'],
    ['KeyP', 'P', 'pin'],
    ['Enter', 'Enter', 'holder'],
    ['Escape', 'Escape', 'release'],
    ['PageDown', 'PageDown', 'page down'],
    ['Equal', '+', 'zoom in'],
    ['Minus', '-', 'zoom out'],
    ['Home', 'Home', 'fit'],
    ['KeyL', 'l', 'newest'],
  ])('%s (%s) is %s', (code, key, command) => {
    expect(commandOf({ code, key, ...plain })).toBe(command);
  });

  it('with a modifier are the window’s, and others nobody’s', () => {
    expect(commandOf({ code: 'KeyW', key: 'w', ...plain, ctrlKey: true })).toBeUndefined();
    expect(commandOf({ code: 'KeyA', key: 'a', ...plain, metaKey: true })).toBeUndefined();
    expect(commandOf({ code: 'Tab', key: 'Tab', ...plain })).toBeUndefined();
  });

  it('are let go of whatever modifier was pressed since', () => {
    const withCtrl = { code: 'KeyW', key: 'w', ...plain, ctrlKey: true };
    expect(releasedCommand(withCtrl)).toBe('zoom in');
  });
});

describe('keys pressed elsewhere', () => {
  /** An element of the page that lies, or does not lie, in something with keys of its own. */
  const element = (hasKeys: boolean) =>
    ({ closest: () => (hasKeys ? {} : null) }) as unknown as EventTarget;
  const press = (code: string, key: string, target: EventTarget | null = element(false)) =>
    commandFromOutside({
      code,
      key,
      target,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
    });

  it('reach the timeline where nothing else has a use for them', () => {
    expect(press('KeyW', 'w')).toBe('zoom in');
    expect(press('Home', 'Home')).toBe('fit');
    expect(press('Period', '.')).toBe('next');
    expect(press('KeyF', 'f', null)).toBe('focus');
    // Whoever has pressed Run has the focus on Stop.
    expect(press('KeyL', 'l')).toBe('newest');
    expect(press('KeyP', 'p')).toBe('pin');
  });

  it('are left to what writes or has keys of its own, as are arrows and Enter', () => {
    expect(press('KeyW', 'w', element(true))).toBeUndefined();
    expect(press('ArrowLeft', 'ArrowLeft')).toBeUndefined();
    expect(press('Enter', 'Enter')).toBeUndefined();
    expect(press('Escape', 'Escape')).toBeUndefined();
  });
});

describe('the help', () => {
  it('tells of every key that the timeline takes', () => {
    const shown = helpGroups('Ctrl').flatMap(({ lines }) => lines.flatMap(({ inputs }) => inputs));
    expect(shown).toEqual(expect.arrayContaining(['W', 'S', 'A', 'D', '.', ',', 'F', 'P', '?']));
    expect(shown).toEqual(expect.arrayContaining(['Home', 'Page Up', '↑', 'Escape', 'Ctrl + F']));
    expect(KEY_HELP.toLowerCase()).toContain('question mark');
  });

  it('gives each line of a group other words', () => {
    for (const { lines } of helpGroups('Ctrl')) {
      expect(new Set(lines.map(({ does }) => does)).size).toBe(lines.length);
    }
  });
});

describe('the wheel', () => {
  const still = {
    deltaX: 0,
    deltaY: 0,
    deltaMode: 0,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
  };

  it('with Ctrl zooms in upwards and out downwards', () => {
    const factors = [-100, 100].map((deltaY) => {
      const action = wheelAction({ ...still, deltaY, ctrlKey: true });
      return action.kind === 'zoom' ? action.factor : NaN;
    });
    expect(factors[0]).toBeGreaterThan(1);
    expect((factors[0] ?? NaN) * (factors[1] ?? NaN)).toBeCloseTo(1);
  });

  it('scrolls the lanes by itself', () => {
    expect(wheelAction({ ...still, deltaY: 100 })).toEqual({ kind: 'scroll', px: 100 });
  });

  it('pans sideways and with Shift, by whole pixels', () => {
    expect(wheelAction({ ...still, deltaX: 30.4, deltaY: 3 })).toEqual({ kind: 'pan', px: 30 });
    expect(wheelAction({ ...still, deltaY: 100, shiftKey: true })).toEqual({
      kind: 'pan',
      px: 100,
    });
    const lines = { ...still, deltaX: 3, deltaMode: 1 };
    expect(wheelAction(lines)).toEqual({ kind: 'pan', px: 48 });
  });
});
