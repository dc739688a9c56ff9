import { describe, expect, it } from 'vitest';
import {
  commandOf,
  helpGroups,
  commandFromOutside,
  KEY_HELP,
  releasedCommand,
  wheelAction,
} from '../../../../src/renderer/timeline/model/commands.js';
import { labelsOf, LATIN_LAYOUTS, OTHER_LAYOUTS, press } from '../../../fixtures/key-presses.js';

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
    // A place counts before the letter on it; the letter does where it is elsewhere, or has no place.
    ['KeyA', 'q', 'pan left'],
    ['KeyQ', 'a', 'pan left'],
    ['KeyZ', 'w', 'zoom in'],
    ['Comma', 'w', 'zoom in'],
    ['KeyH', 'd', 'pan right'],
    ['', 'w', 'zoom in'],
    ['', 'S', 'zoom out'],
    ['', 'f', 'focus'],
    ['KeyW', 'ц', 'zoom in'],
    ['KeyF', 'а', 'focus'],
    ['KeyL', 'д', 'newest'],
    ['KeyP', 'Φ', 'pin'],
    ['KeyW', "'", 'zoom in'],
    ['KeyW', ',', 'previous'],
    ['KeyP', 'l', 'newest'],
    ['KeyR', 'p', 'pin'],
    ['Slash', '.', 'next'],
    ['NumpadAdd', '+', 'zoom in'],
    ['NumpadSubtract', '-', 'zoom out'],
    ['NumpadDecimal', '.', 'next'],
    ['NumpadEnter', 'Enter', 'holder'],
    ['Numpad4', 'ArrowLeft', 'pan left'],
    ['KeyW', 'Unidentified', 'zoom in'],
  ])('%s (%s) is %s', (code, key, command) => {
    expect(commandOf(press({ code, key }))).toBe(command);
  });

  it('with a modifier are the window’s, and others nobody’s', () => {
    expect(commandOf(press({ code: 'KeyW', key: 'w', ctrlKey: true }))).toBeUndefined();
    expect(commandOf(press({ code: 'KeyA', key: 'a', metaKey: true }))).toBeUndefined();
    expect(commandOf(press({ code: 'Tab', key: 'Tab' }))).toBeUndefined();
    expect(commandOf(press({ code: 'KeyW', key: 'Process' }))).toBeUndefined();
    expect(commandOf(press({ code: 'KeyW', key: 'w', isComposing: true }))).toBeUndefined();
  });

  it('are let go of whatever modifier was pressed since', () => {
    const withCtrl = press({ code: 'KeyW', key: 'w', ctrlKey: true });
    expect(releasedCommand(withCtrl)).toBe('zoom in');
  });
});

describe('keys pressed elsewhere', () => {
  /** An element of the page that lies, or does not lie, in something with keys of its own. */
  const element = (hasKeys: boolean) =>
    ({ closest: () => (hasKeys ? {} : null) }) as unknown as EventTarget;
  const from = (code: string, key: string, target: EventTarget | null = element(false)) =>
    commandFromOutside({ ...press({ code, key }), target });

  it('reach the timeline where nothing else has a use for them', () => {
    expect(from('KeyW', 'w')).toBe('zoom in');
    expect(from('Home', 'Home')).toBe('fit');
    expect(from('Period', '.')).toBe('next');
    expect(from('KeyF', 'f', null)).toBe('focus');
    // Whoever has pressed Run has the focus on Stop.
    expect(from('KeyL', 'l')).toBe('newest');
    expect(from('KeyP', 'p')).toBe('pin');
  });

  it('are left to what writes or has keys of its own, as are arrows and Enter', () => {
    expect(from('KeyW', 'w', element(true))).toBeUndefined();
    expect(from('ArrowLeft', 'ArrowLeft')).toBeUndefined();
    expect(from('Enter', 'Enter')).toBeUndefined();
    expect(from('Escape', 'Escape')).toBeUndefined();
  });
});

describe('the help', () => {
  it('tells of every key that the timeline takes', () => {
    const shown = helpGroups('Ctrl', null).flatMap(({ lines }) =>
      lines.flatMap(({ inputs }) => inputs),
    );
    expect(shown).toEqual(expect.arrayContaining(['W', 'S', 'A', 'D', '.', ',', 'F', 'P', '?']));
    expect(shown).toEqual(expect.arrayContaining(['Home', 'Page Up', '↑', 'Escape', 'Ctrl + F']));
    expect(KEY_HELP.toLowerCase()).toContain('question mark');
  });

  it('names the keys of the user’s own layout', () => {
    const shownOn = (layout = '') =>
      helpGroups('Ctrl', labelsOf(layout)).flatMap(({ lines }) =>
        lines.map(({ inputs }) => inputs),
      );
    expect(shownOn(LATIN_LAYOUTS['AZERTY'])).toContainEqual(['Z', '+', '=']);
    expect(shownOn(LATIN_LAYOUTS['Dvorak'])).toContainEqual(['W', '+', '=']);
    expect(shownOn(OTHER_LAYOUTS['Russian'])).toContainEqual(['Ц', '+', '=']);
    expect(shownOn(OTHER_LAYOUTS['Russian'])).toContainEqual(['Ctrl + У', 'Ctrl + E']);
  });

  it('gives each line of a group other words', () => {
    for (const { lines } of helpGroups('Ctrl', null)) {
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
