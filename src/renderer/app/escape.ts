import type { ActionId } from '../../ipc/action-names.js';
import { isCovered, type FieldEscape } from '../ui/escape.svelte.js';
import { runAction, type Action } from './actions.js';

/**
 * What Escape does: one thing a press, the nearest first. It closes what is open, ends a drag, reverts
 * or leaves the field that is written in, dismisses a message, clears a selection; only where
 * there is nothing of all that does it stop the run.
 */

/** The actions that Escape asks for where nothing is open and nobody writes, the nearest first. */
const ACTIONS_IN_TURN = ['dismiss', 'let-go', 'stop'] as const satisfies readonly ActionId[];

/** Does what Escape means where nothing is open; returns whether it meant anything. */
export function pressEscape(actions: readonly Action[], field: FieldEscape, event: KeyboardEvent) {
  if (isCovered()) return false;
  if (field.press(event.target)) return true;
  // A key that is held for long has closed something, and must not go on to stop the run.
  if (event.repeat) return true;
  return ACTIONS_IN_TURN.some((id) => runAction(actions.find((action) => action.id === id)));
}
