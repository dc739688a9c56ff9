import type { BrowserWindow } from 'electron';

/** What a window must have to be shown in time. */
export type HiddenWindow = Pick<BrowserWindow, 'isDestroyed'> & {
  once(event: 'ready-to-show', listener: () => void): unknown;
  readonly webContents: { once(event: 'did-stop-loading', listener: () => void): unknown };
};

/**
 * Shows a hidden window once, as soon as its page is drawn. Under Wayland a hidden window may never be
 * drawn; so one whose page has loaded, or has failed to, is shown when `tooLong` settles.
 */
export function showWhenDrawn(
  window: HiddenWindow,
  tooLong: () => Promise<unknown>,
  show: () => void,
): void {
  let isHidden = true;
  const showOnce = () => {
    if (!isHidden || window.isDestroyed()) return;
    isHidden = false;
    show();
  };
  window.once('ready-to-show', showOnce);
  window.webContents.once('did-stop-loading', () => {
    void tooLong().then(showOnce);
  });
}
