import { describe, expect, it } from 'vitest';
import { isByAltGr, isComposed, keyMeant } from '../../../src/renderer/ui/key-press.js';
import { labelsOf, LATIN_LAYOUTS, OTHER_LAYOUTS, press } from '../../fixtures/key-presses.js';

const US = labelsOf(LATIN_LAYOUTS['US'] ?? '');

describe('the key that is meant', () => {
  it.each(Object.entries(LATIN_LAYOUTS))('is what it writes on a Latin layout: %s', (_, layout) => {
    for (const [code, key] of labelsOf(layout)) {
      for (const ctrlKey of [false, true]) {
        expect(keyMeant(press({ key, code, ctrlKey }), labelsOf(layout)), code).toBe(key);
      }
      const upper = key.toUpperCase();
      expect(keyMeant(press({ key: upper, code, ctrlKey: true, shiftKey: true }))).toBe(
        upper.toLowerCase(),
      );
    }
  });

  it.each(Object.entries(OTHER_LAYOUTS))('is the letter at its place: %s', (_, layout) => {
    for (const [code, key] of labelsOf(layout)) {
      const letter = code.replace('Key', '').toLowerCase();
      // With Ctrl a sign in a letter's place is that letter; by itself it is the sign.
      expect(keyMeant(press({ key, code, ctrlKey: true }), US), code).toBe(letter);
      expect(keyMeant(press({ key, code })), code).toBe(/[!-~]/.test(key) ? key : letter);
      const shifted = press({ key: key.toUpperCase(), code, ctrlKey: true, shiftKey: true });
      expect(keyMeant(shifted, US), code).toBe(letter);
    }
  });

  it.each([
    ['?', 'Slash', '?'],
    ['?', 'Minus', '?'],
    ['؟', 'Slash', '?'],
    ['？', 'Slash', '?'],
    ['/', 'Digit7', '/'],
    ['/', 'Backslash', '/'],
    ['/', 'NumpadDivide', '/'],
    ['.', 'Slash', '.'],
    ['.', 'KeyE', '.'],
    ['.', 'NumpadDecimal', '.'],
    [',', 'NumpadDecimal', ','],
    ['،', 'KeyK', ','],
    ['、', 'Comma', ','],
    ['。', 'Period', '.'],
    ['+', 'NumpadAdd', '+'],
    ['+', 'BracketRight', '+'],
    ['-', 'NumpadSubtract', '-'],
    ['-', 'Digit6', '-'],
    ['−', 'Minus', '-'],
    ['=', 'Equal', '='],
    ['0', 'Digit0', '0'],
    ['0', 'Numpad0', '0'],
    ['à', 'Digit0', '0'],
    ['۰', 'Digit0', '0'],
    ['é', 'Digit0', '0'],
    ['Enter', 'Enter', 'Enter'],
    ['Enter', 'NumpadEnter', 'Enter'],
    ['Escape', 'Escape', 'Escape'],
    ['ArrowLeft', 'Numpad4', 'ArrowLeft'],
    ['é', 'KeyE', 'é'],
    ['ß', 'Minus', 'ß'],
    ['ж', 'Semicolon', 'ж'],
    ['ю', 'Period', 'ю'],
    ['لا', 'KeyB', 'b'],
    [' ', 'Space', ' '],
  ])('%s (%s) is %s', (key, code, meant) => {
    expect(keyMeant(press({ key, code }))).toBe(meant);
  });

  it('is what it writes where a remote desktop says no place', () => {
    for (const key of ['k', '/', '?', '+', '0', 'Enter', 'Escape', 'ArrowLeft']) {
      expect(keyMeant(press({ key }))).toBe(key);
    }
  });

  it.each([
    [{ code: 'KeyK' }, 'k'],
    [{ code: 'Slash', shiftKey: true }, '?'],
    [{ code: 'NumpadEnter' }, 'Enter'],
    [{ code: 'Home' }, 'Home'],
    [{ keyCode: 75 }, 'k'],
    [{ keyCode: 13 }, 'Enter'],
    [{ keyCode: 27 }, 'Escape'],
    [{ keyCode: 187 }, '='],
    [{ keyCode: 107 }, '+'],
    [{ keyCode: 189 }, '-'],
    [{ keyCode: 48 }, '0'],
    [{ keyCode: 37 }, 'ArrowLeft'],
    [{}, ''],
  ])('is at its place, or by its number, where it writes nothing: %o', (given, meant) => {
    expect(keyMeant(press({ key: 'Unidentified', ...given }))).toBe(meant);
  });

  it('is a small letter with the capitals locked', () => {
    expect(keyMeant(press({ key: 'K', code: 'KeyK', ctrlKey: true }))).toBe('k');
  });

  it.each([
    { key: 'Process', code: 'KeyK' },
    { key: 'Dead', code: 'BracketLeft' },
    { key: 'k', code: 'KeyK', isComposing: true },
    { key: 'Enter', code: 'Enter', keyCode: 229 },
  ])('is none while a character is composed: %o', (given) => {
    expect(isComposed(press(given))).toBe(true);
    expect(keyMeant(press(given))).toBe('');
  });
});

it('AltGr is known by itself, and as Ctrl with Alt', () => {
  expect(isByAltGr(press({ key: '€', code: 'KeyE', altGraph: true }))).toBe(true);
  expect(isByAltGr(press({ key: '€', code: 'KeyE', ctrlKey: true, altKey: true }))).toBe(true);
  expect(isByAltGr(press({ key: 'e', code: 'KeyE', ctrlKey: true }))).toBe(false);
});
