import { BrowserWindow, nativeTheme, type WebContents } from 'electron';
import { magnify } from './magnification.js';
import { mayGoOn } from './questions.js';
import type { Services } from './services.js';
import { placeAsAtFirst } from './window.js';

/** Asks whether to, and has all settings be as at the first start. Returns whether they are. */
export async function resetSettings(
  { settings, recent }: Pick<Services, 'settings' | 'recent'>,
  page: WebContents,
): Promise<boolean> {
  const mayReset = await mayGoOn(
    'Reset all settings?',
    'The theme, the window’s place and size, the panels, the form and the list of recent files become as at the first start. Recordings and their files stay.',
    'Reset',
  );
  if (!mayReset) return false;
  recent.clear();
  settings.reset();
  nativeTheme.themeSource = 'system';
  magnify(page, 'normal-size');
  const window = BrowserWindow.fromWebContents(page);
  if (window !== null) placeAsAtFirst(window);
  return true;
}
