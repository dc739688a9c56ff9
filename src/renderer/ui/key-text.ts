import type { KeyLabels } from './key-press.js';

/** How keys are written for people, as they stand on their own keyboard. */

/** Keys whose names are signs of their own, or words. */
const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Plus: '+',
  '-': '−',
};

/**
 * Returns the ways to read a key as shared/action-names.ts writes it. There are two where the layout
 * lacks its Latin letter: the layout's own at that place, and the Latin one, which menus show.
 *
 * @param commandKey Ctrl or the like
 * @param labels what the keyboard's layout writes; null where that is not known
 */
export function keyTexts(key: string, commandKey: string, labels: KeyLabels | null): string[] {
  const [, before = '', name = key] = /^(?:(.+)\+)?(.+)$/u.exec(key) ?? [];
  const words = before === '' ? [] : before.split('+');
  const modifiers = words.map((word) => (word === 'CmdOrCtrl' ? commandKey : word));
  return namesOf(name, labels).map((text) => [...modifiers, text].join(' + '));
}

function namesOf(key: string, labels: KeyLabels | null): string[] {
  if (!/^[a-z]$/iu.test(key)) return [KEY_NAMES[key] ?? key];
  const letter = key.toUpperCase();
  const isThere = labels === null || [...labels.values()].includes(key.toLowerCase());
  const own = isThere ? undefined : labels.get(`Key${letter}`);
  return own === undefined ? [letter] : [own.toUpperCase(), letter];
}

/**
 * Returns what stands on the key at a letter's place; the US letter where that is not known, and where
 * it is a sign that means another thing.
 */
export function placeText(
  code: string,
  labels: KeyLabels | null,
  signs: readonly string[],
): string {
  const label = labels?.get(code);
  return label === undefined || signs.includes(label)
    ? code.replace('Key', '')
    : label.toUpperCase();
}
