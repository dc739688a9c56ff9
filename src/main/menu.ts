import { Menu } from 'electron';
import { ACTIONS, type ActionId } from '../ipc/action-names.js';
import type { MenuState } from '../ipc/index.js';
import { menuTemplate } from './menu-template.js';

/** What the page said last of what can be done; all is grey until it does. */
let shown: MenuState = { enabled: [], on: [] };

/** Puts the application menu up, with the recent files in it; again whenever these have changed. */
export function installMenu(
  recent: readonly string[],
  onAction: (id: ActionId) => void,
  onAbout: () => void,
): void {
  const onChosen = (id: ActionId) => {
    // Choosing a switch has turned its mark; it is the page that says whether it is on.
    const item = Menu.getApplicationMenu()?.getMenuItemById(id);
    if (item?.type === 'checkbox') item.checked = !item.checked;
    onAction(id);
  };
  const template = menuTemplate(process.platform === 'darwin', onChosen, onAbout, recent);
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  showInMenu(shown);
}

/** Greys what cannot be done, and marks what is on. */
export function showInMenu(state: MenuState): void {
  shown = state;
  const { enabled, on } = state;
  const menu = Menu.getApplicationMenu();
  const [doable, lit] = [new Set<ActionId>(enabled), new Set<ActionId>(on)];
  for (const { id } of ACTIONS) {
    const item = menu?.getMenuItemById(id);
    if (item == null) continue;
    item.enabled = doable.has(id);
    if (item.type === 'checkbox') item.checked = lit.has(id);
  }
}
