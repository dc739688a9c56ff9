import type { Action } from './actions.js';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * The action that a key asks for, the first that can be done of those that have the key. Where
 * somebody writes, only Escape and keys with a modifier are actions'.
 */
export function actionOfKey(
  actions: readonly Action[],
  press: Press,
  isWriting: boolean,
): Action | undefined {
  const asked = actions.filter(({ keys }) =>
    keys.some((key) => isPressed(key, press) && !(isWriting && isText(key))),
  );
  return asked.find((action) => action.enabled()) ?? asked[0];
}

function isPressed(key: string, press: Press): boolean {
  if (press.altKey) return false;
  const hasCommand = press.ctrlKey || press.metaKey;
  const words = key.split('+');
  const name = words.at(-1);
  // Shift belongs to what a key writes, such as a question mark, and tells commands apart.
  if (!words.includes('CmdOrCtrl')) return !hasCommand && press.key === name;
  return (
    hasCommand &&
    press.shiftKey === words.includes('Shift') &&
    press.key.toLowerCase() === name?.toLowerCase()
  );
}

function isText(key: string): boolean {
  return key.length === 1;
}
