import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_ORIGIN } from './app-protocol.js';
import { detectCompositing } from './compositing.js';
import { showWhenDrawn } from './show-when-drawn.js';
import {
  areaOf,
  isReachable,
  leastSize,
  placeWindow,
  type WindowState,
  type WorkAreas,
} from './window-placement.js';

/** What the window shows before the page has drawn; the page's `--surface` in each theme. */
const BACKGROUND = { dark: '#101216', light: '#f4f5f7' };

/** A page that has loaded and not drawn after so long is shown as it is, in ms. */
const DRAWN_WITHIN_MS = 400;

/** Opens the window on the app's page, where it was when it was last closed. */
export function createWindow(preload: URL, kept?: WindowState): BrowserWindow {
  const bounds = placeWindow(kept?.bounds, workAreas());
  const least = leastSize(areaOf(bounds, workAreas()));
  const window = new BrowserWindow({
    ...bounds,
    minWidth: least.width,
    minHeight: least.height,
    title: 'Gilscope',
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
  whileOpen(window, nativeTheme, ['updated'], () => {
    // What a window that grows bares for a frame.
    window.setBackgroundColor(background());
  });
  whileOpen(window, screen, ['display-removed', 'display-metrics-changed'], () => {
    bringIntoReach(window);
  });
  showWhenDrawn(
    window,
    () => sleep(DRAWN_WITHIN_MS, undefined, { ref: false }),
    () => {
      if (kept?.isMaximised === true) window.maximize();
      window.show();
      // Only a window that is shown remembers its place while it is full screen.
      if (kept?.isFullScreen === true) window.setFullScreen(true);
    },
  );
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

/** Gives `keep` the window's place whenever it has changed, and as it closes. */
export function followPlace(window: BrowserWindow, keep: (state: WindowState) => void): void {
  const onChange = () => {
    // While it is minimised it does not say whether it is maximised too.
    if (window.isMinimized()) return;
    keep({
      bounds: window.getNormalBounds(),
      isMaximised: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
    });
  };
  window.on('resize', onChange);
  window.on('move', onChange);
  window.on('maximize', onChange);
  window.on('unmaximize', onChange);
  window.on('enter-full-screen', onChange);
  window.on('leave-full-screen', onChange);
  window.on('close', onChange);
}

/** Gives a window the place and size of one that was never placed. */
export function placeAsAtFirst(
  window: Pick<BrowserWindow, 'setFullScreen' | 'unmaximize' | 'setBounds'>,
): void {
  window.setFullScreen(false);
  window.unmaximize();
  window.setBounds(placeWindow(undefined, workAreas()));
}

/** Moves a window that the screens' change has put out of reach or made too large. */
function bringIntoReach(window: BrowserWindow): void {
  const areas = workAreas();
  const least = leastSize(areaOf(window.getBounds(), areas));
  window.setMinimumSize(least.width, least.height);
  if (window.isMaximized() || window.isFullScreen() || window.isMinimized()) return;
  const bounds = window.getBounds();
  if (!isReachable(bounds, areas)) window.setBounds(placeWindow(bounds, areas));
}

function workAreas(): WorkAreas {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary.workArea, ...others.map(({ workArea }) => workArea)];
}

/** Listens to something that outlives the window until that is closed. */
function whileOpen(
  window: BrowserWindow,
  source: NodeJS.EventEmitter,
  events: readonly string[],
  listener: () => void,
): void {
  for (const event of events) source.on(event, listener);
  window.once('closed', () => {
    for (const event of events) source.off(event, listener);
  });
}

/** The page's colour in the present theme. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** A look at the graphics card that takes longer than this, in ms, is not waited for. */
const LOOK_MS = 2000;

/** How the window is drawn. */
export const compositing = detectCompositing(app, () => sleep(LOOK_MS, undefined, { ref: false }));

/**
 * Processor time that the processes of the window have taken, in ms: the page's, and those that put
 * the window together. The main process, which has the lanes, is left out.
 */
export function windowCpuMs(): number {
  const others = app.getAppMetrics().filter(({ type }) => type !== 'Browser');
  return others.reduce((sum, { cpu }) => sum + 1000 * (cpu.cumulativeCPUUsage ?? 0), 0);
}
