import type { ActionName } from '../../ipc/action-names.js';

/** Returns the actions whose name or synonyms have each of the words sought, in part, in any order. */
export function searchActions<Action extends Pick<ActionName, 'label' | 'synonyms'>>(
  actions: readonly Action[],
  sought: string,
): Action[] {
  const words = sought.toLowerCase().split(/\s+/);
  return actions.filter(({ label, synonyms = '' }) => {
    const names = `${label} ${synonyms}`.toLowerCase();
    return words.every((word) => names.includes(word));
  });
}
