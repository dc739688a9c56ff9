import { Menu } from 'electron';
import { ACTIONS, type ActionId } from '../ipc/action-names.js';
import type { MenuState } from '../ipc/index.js';
import { menuTemplate } from './menu-template.js';

/** Puts the application menu up, all of it grey until the page says what can be done. */
export function installMenu(onAction: (id: ActionId) => void): void {
  const template = menuTemplate(process.platform === 'darwin', (id) => {
    // Choosing a switch has turned its mark; it is the page that says whether it is on.
    const item = Menu.getApplicationMenu()?.getMenuItemById(id);
    if (item?.type === 'checkbox') item.checked = !item.checked;
    onAction(id);
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  showInMenu({ enabled: [], on: [] });
}

/** Greys what cannot be done, and marks what is on. */
export function showInMenu({ enabled, on }: MenuState): void {
  const menu = Menu.getApplicationMenu();
  const [doable, lit] = [new Set<ActionId>(enabled), new Set<ActionId>(on)];
  for (const { id } of ACTIONS) {
    const item = menu?.getMenuItemById(id);
    if (item == null) continue;
    item.enabled = doable.has(id);
    if (item.type === 'checkbox') item.checked = lit.has(id);
  }
}
