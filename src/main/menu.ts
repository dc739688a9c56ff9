import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The application menu: what every desktop program has, and nothing that leads outside. */
export function installMenu(): void {
  const template: MenuItemConstructorOptions[] = [
    process.platform === 'darwin'
      ? { role: 'appMenu' }
      : { label: 'File', submenu: [{ role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
