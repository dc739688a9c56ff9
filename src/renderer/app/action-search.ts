import type { ActionName } from '../../ipc/action-names.js';

/** What of an action it is found by. */
export interface NamedAction extends Pick<ActionName, 'label' | 'synonyms'> {
  /** What it is called now, where that changes; empty where it is not offered now. */
  name?(): string;
}

/** Returns what an action is called now; empty where it is not offered now. */
export function nameOf(action: NamedAction): string {
  return action.name?.() ?? action.label;
}

/** Returns the actions whose name or synonyms have each of the words sought, in part, in any order. */
export function searchActions<Action extends NamedAction>(
  actions: readonly Action[],
  sought: string,
): Action[] {
  const words = sought.toLowerCase().split(/\s+/);
  return actions.filter((action) => {
    const names = `${nameOf(action)} ${action.synonyms ?? ''}`.toLowerCase();
    return words.every((word) => names.includes(word));
  });
}
