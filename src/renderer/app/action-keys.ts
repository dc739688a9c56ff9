import type { Action } from './actions.js';
import { isByAltGr, keyMeant, type KeyLabels, type Press } from '../ui/key-press.js';

/**
 * The action that a key asks for, the first that can be done of those that have the key. Where
 * somebody writes, only Escape and keys with a modifier are actions'.
 */
export function actionOfKey(
  actions: readonly Action[],
  press: Press,
  isWriting: boolean,
  labels: KeyLabels | null = null,
): Action | undefined {
  const meant = keyMeant(press, labels);
  const asked = actions.filter(({ keys }) =>
    keys.some((key) => isPressed(key, press, meant) && !(isWriting && isText(key))),
  );
  return asked.find((action) => action.enabled()) ?? asked[0];
}

function isPressed(key: string, press: Press, meant: string): boolean {
  if (press.altKey) return false;
  const hasCommand = press.ctrlKey || press.metaKey;
  const words = key.split('+');
  const name = words.at(-1)?.replace('Plus', '+').toLowerCase() ?? '';
  if (meant.toLowerCase() !== name) return false;
  // Shift belongs to what a key writes, such as a question mark, and distinguishes letters.
  if (!words.includes('CmdOrCtrl')) return !hasCommand;
  const isSign = /^[^a-z]$/u.test(name);
  return hasCommand && !isByAltGr(press) && (isSign || press.shiftKey === words.includes('Shift'));
}

/** Whether a key writes or takes away text. */
function isText(key: string): boolean {
  return key.length === 1 || key === 'Delete';
}
