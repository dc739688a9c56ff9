import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { DRAWN_IN_SOFTWARE } from '../shared/drawing.js';
import { APP_ORIGIN } from './app-protocol.js';

/** The smallest page in which nothing is cut off; the menu bar comes on top of it. */
const SMALLEST = { width: 1024, height: 700 };

/** What the window shows before the page has drawn; the page's `--surface` in each theme. */
const BACKGROUND = { dark: '#101216', light: '#f4f5f7' };

/** Opens the window on the app's page, once the app is ready. */
export function createWindow(preload: URL): BrowserWindow {
  const window = new BrowserWindow({
    width: 1400,
    height: 900,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Gilscope',
    useContentSize: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
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
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${APP_ORIGIN}/index.html${isDrawnInSoftware() ? DRAWN_IN_SOFTWARE : ''}`);
  return window;
}

/** Whether the processor puts the window's pictures together, not a graphics card. */
function isDrawnInSoftware(): boolean {
  return !app.getGPUFeatureStatus().gpu_compositing.startsWith('enabled');
}

/**
 * Processor time that the processes of the window have taken, in ms: the page's, and those that put
 * the window together. The main process, which has the lanes, is left out.
 */
export function windowCpuMs(): number {
  const others = app.getAppMetrics().filter(({ type }) => type !== 'Browser');
  return others.reduce((sum, { cpu }) => sum + 1000 * (cpu.cumulativeCPUUsage ?? 0), 0);
}
