import { app, session } from 'electron';
import { APP_ORIGIN } from './app-protocol.js';

/** Keeps every page on the app's own address: no other windows, no navigation, no webviews. */
export function forbidNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.on('will-navigate', (event) => {
      if (!isAppAddress(event.url)) event.preventDefault();
    });
  });
}

/** Refuses every permission a page could ask for. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
}

/** Whether an address is one of the app's own pages. */
export function isAppAddress(address: string): boolean {
  return address.startsWith(`${APP_ORIGIN}/`);
}
