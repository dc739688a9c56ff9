import { describe, expect, it } from 'vitest';
import { keyTexts, placeText } from '../../../src/renderer/ui/key-text.js';
import { labelsOf, LATIN_LAYOUTS, OTHER_LAYOUTS } from '../../fixtures/key-presses.js';

const layout = (name: string) => labelsOf(LATIN_LAYOUTS[name] ?? OTHER_LAYOUTS[name] ?? '');

describe('keys as people read them', () => {
  it.each([
    ['CmdOrCtrl+Shift+Z', '⌘', null, ['⌘ + Shift + Z']],
    ['CmdOrCtrl+Plus', 'Ctrl', null, ['Ctrl + +']],
    ['CmdOrCtrl+-', 'Ctrl', null, ['Ctrl + −']],
    ['Escape', 'Ctrl', null, ['Escape']],
    ['?', 'Ctrl', layout('Russian'), ['?']],
    ['CmdOrCtrl+K', 'Ctrl', layout('AZERTY'), ['Ctrl + K']],
    ['CmdOrCtrl+K', 'Ctrl', layout('Dvorak'), ['Ctrl + K']],
    ['CmdOrCtrl+K', 'Ctrl', layout('Russian'), ['Ctrl + Л', 'Ctrl + K']],
    ['f', '', layout('Greek'), ['Φ', 'F']],
    ['PageUp', '', null, ['Page Up']],
  ])('%s', (key, commandKey, labels, texts) => {
    expect(keyTexts(key, commandKey, labels)).toEqual(texts);
  });

  it.each([
    ['KeyW', null, 'W'],
    ['KeyW', layout('US'), 'W'],
    ['KeyW', layout('AZERTY'), 'Z'],
    ['KeyA', layout('AZERTY'), 'Q'],
    ['KeyS', layout('Dvorak'), 'O'],
    ['KeyW', layout('Russian'), 'Ц'],
    // There it is a comma, which means another thing.
    ['KeyW', layout('Dvorak'), 'W'],
  ])('the place %s', (code, labels, text) => {
    expect(placeText(code, labels, ['.', ','])).toBe(text);
  });
});
