import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN } from './app-protocol.js';
import { drawingBy } from './drawing.js';

/** The smallest page in which nothing is cut off; the menu bar comes on top of it. */
const SMALLEST = { width: 1024, height: 700 };

/** What the window shows before the page has drawn; the page's `--surface` in each theme. */
const BACKGROUND = { dark: '#101216', light: '#f4f5f7' };

/** Opens the window on the app's page. */
export function createWindow(preload: URL): BrowserWindow {
  const window = new BrowserWindow({
    width: 1400,
    height: 900,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Gilscope',
    useContentSize: true,
    backgroundColor: background(),
    show: false,
    webPreferences: {
      preload: fileURLToPath(preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // A run goes on, and is drawn, while another window lies over this one.
      backgroundThrottling: false,
    },
  });
  // What a window that grows bares for a frame.
  const onTheme = () => {
    window.setBackgroundColor(background());
  };
  nativeTheme.on('updated', onTheme);
  window.once('closed', () => {
    nativeTheme.off('updated', onTheme);
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

/** The page's colour in the present theme. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** A look at the graphics card that takes longer than this, in ms, is not waited for. */
const LOOK_MS = 2000;

/** How the window is drawn. */
export const drawing = drawingBy(app, () => sleep(LOOK_MS, undefined, { ref: false }));

/**
 * Processor time that the processes of the window have taken, in ms: the page's, and those that put
 * the window together. The main process, which has the lanes, is left out.
 */
export function windowCpuMs(): number {
  const others = app.getAppMetrics().filter(({ type }) => type !== 'Browser');
  return others.reduce((sum, { cpu }) => sum + 1000 * (cpu.cumulativeCPUUsage ?? 0), 0);
}
