import { Menu, type MenuItemConstructorOptions } from 'electron';
import { actionName, type ActionId } from '../shared/action-names.js';

type Items = MenuItemConstructorOptions[];

/** The application menu: the window's main actions, and what every desktop program has. */
export function installMenu(onAction: (id: ActionId) => void): void {
  const items = (...ids: ActionId[]): Items => ids.map((id) => itemOf(id, onAction));
  const isMac = process.platform === 'darwin';
  const line: Items = [{ type: 'separator' }];
  const template: Items = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [
        ...items('export-csv', 'comparison-md', 'comparison-json', 'comparison-csv'),
        ...line,
        ...items('save-png', 'save-svg', 'copy-png', 'copy-svg'),
        ...line,
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Run',
      submenu: [
        ...items('run', 'stop', 'compare', 'live'),
        ...line,
        ...items('next-run', 'previous-run', 'next-repeat', 'previous-repeat', 'pin'),
        ...line,
        ...items('copy-command', 'comparison-command', 'take-parameters'),
      ],
    },
    {
      label: 'View',
      submenu: [
        ...items('palette', 'search'),
        ...line,
        ...items('fit', 'follow'),
        ...line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        ...line,
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: items('keys') },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** The item of an action. Its keys are the page's to take: here they are only shown. */
function itemOf(id: ActionId, onAction: (id: ActionId) => void): MenuItemConstructorOptions {
  const { label, keys = [] } = actionName(id);
  const accelerator = keys.find((key) => key.startsWith('CmdOrCtrl+'));
  return {
    id,
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      onAction(id);
    },
  };
}
