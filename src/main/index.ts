import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import { builtFilesBeside, createEngine } from '../engine/index.js';
import { showAbout } from './about.js';
import { registerAppScheme, serveApp } from './app-protocol.js';
import { LogFile } from './log-file.js';
import { installMenu } from './menu.js';
import { ACTION_CHANNEL, type ActionMessage } from '../ipc/index.js';
import type { ActionId } from '../ipc/action-names.js';
import { abortSaving } from './save-as.js';
import { handleRequests } from './requests.js';
import { takeProfile } from './instance.js';
import { StartQuestion } from './programs/may-start.js';
import { PageReloads } from './page-reloads.js';
import { LOAD_AGAIN, pageKeepsBeingLost, processLost } from './process-lost.js';
import { failureOf } from './failures.js';
import { QuitQuestion } from './quit-question.js';
import { fileTasks } from './recordings/file-tasks.js';
import { pythonQuestions } from './runs/ask-for-python.js';
import { Pacer } from './runs/pacer.js';
import { createServices } from './services.js';
import { denyPermissions, forbidNavigation } from './security.js';
import { SettingsFile } from './settings-file.js';
import { SpanStream } from './runs/span-stream.js';
import { staysUnpainted } from './unpainted.js';
import { createWindow, followPlace, windowCpuMs } from './window.js';

/** The main process: starts the engine, opens the window, and ends with it. */
const here = import.meta.url;

// Before anything is read from the profile.
const launch = await takeProfile((files) => {
  showWindow();
  open(files);
});

registerAppScheme();
forbidNavigation();

const engine = createEngine(builtFilesBeside(here));
// Where it fails, each request says so; nobody has asked yet.
engine.catch(() => undefined);
const now = () => new Date();
const log = new LogFile(join(app.getPath('userData'), 'gilscope.log'), now);
log.write(`start: ${aboutStart()}`);
const stream = new SpanStream(undefined, (message) => {
  log.writeFailureIn(message);
});
/** Changes of the settings are written when there was no other for so long, in ms. */
const SETTINGS_REST_MS = 500;
const settings = new SettingsFile(join(app.getPath('userData'), 'settings.json'), {
  rest: () => sleep(SETTINGS_REST_MS, undefined, { ref: false }),
  warn: (message) => {
    stream.announce({ type: 'failed', failure: { message } });
  },
  now,
});
if (launch.resetsSettings) settings.reset();

const startQuestion = new StartQuestion();
const services = createServices({
  engine,
  stream,
  pacer: new Pacer(stream, windowCpuMs),
  settings,
  pythonQuestions,
  files: fileTasks(new URL('./file-worker.js', here)),
  programs: {
    sampler: new URL('./sampler.js', here),
    places: { environment: process.env, home: homedir() },
    mayStart: (command) => startQuestion.mayStart(command),
  },
  onRecent: showMenu,
});
const { runs, programs, entries, opener, recent } = services;
const quitQuestion = new QuitQuestion(app, {
  hasUnsavedWork: () => entries.hasUnsavedWork,
  mayQuit: () => entries.mayQuit().catch(refused),
});

/** What is started, on what. */
function aboutStart(): string {
  const { versions, platform, arch } = process;
  return `${app.getName()} ${app.getVersion()}, Electron ${versions.electron}, ${platform} ${arch}`;
}

/** Says on the page why something was not done that no request of its was about. */
function refused(error: unknown): false {
  stream.announce({ type: 'failed', failure: failureOf(error) });
  return false;
}

/** Opens files that a start was given. */
function open(files: readonly string[]): void {
  void opener.open(files).catch(refused);
}

function showMenu(): void {
  installMenu(recent.names, tellAction, () => {
    void showAbout(new URL('../licences.json', here)).catch(refused);
  });
}

const reloads = new PageReloads(() => performance.now());

/** Loads a page that was lost again, and says so there; where it is lost at each load, asks before it does. */
async function replaceLostPage(window: BrowserWindow, reason: string): Promise<void> {
  log.write(`lost process: page, ${reason}`);
  stream.disconnect();
  stream.announce(processLost('page', reason));
  if (!reloads.next()) {
    const { response } = await dialog.showMessageBox(window, pageKeepsBeingLost(reason));
    if (response !== LOAD_AGAIN) {
      app.quit();
      return;
    }
  }
  if (!window.isDestroyed()) window.webContents.reload();
}

/** How long the window is left alone before each look at what the next graphics process has painted, in ms. */
const PAINT_MS = 1000;

/** The page is ended because parts of it are not painted any more. */
let endsUnpainted = false;

/**
 * Has the page loaded again where the graphics process that follows a lost one does not paint all of it. Its
 * own process has to end for that: loaded again in the same one, it stays as it is.
 */
async function replaceUnpaintedPage(): Promise<void> {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (!(await staysUnpainted(window, () => sleep(PAINT_MS, undefined, { ref: false })))) return;
  endsUnpainted = true;
  window.webContents.forcefullyCrashRenderer();
}

function openWindow(): void {
  const window = createWindow(new URL('../preload/index.cjs', here), settings.get('window'));
  followPlace(window, (state) => {
    settings.set('window', state);
  });
  quitQuestion.guard(window);
  // The page is there, and the workers come while its user looks at it.
  window.webContents.once('did-finish-load', () => {
    void runs.warm();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    void replaceLostPage(window, endsUnpainted ? 'unpainted' : reason);
    endsUnpainted = false;
  });
}

// Chromium starts these again by itself.
app.on('child-process-gone', (_event, { type, reason, name }) => {
  if (reason === 'clean-exit') return;
  log.write(`lost process: ${name ?? type}, ${reason}`);
  stream.announce(processLost(name ?? type, reason));
  if (type === 'GPU') void replaceUnpaintedPage().catch(refused);
});

/** Brings the window to the front, or opens it where there is none. */
function showWindow(): void {
  if (!app.isReady()) return;
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) {
    openWindow();
    return;
  }
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Tells the page which action was chosen from the menu; where there is no window it goes nowhere. */
function tellAction(action: ActionId): void {
  const [window] = BrowserWindow.getAllWindows();
  window?.webContents.send(ACTION_CHANNEL, { action } satisfies ActionMessage);
}

function openApp(): void {
  nativeTheme.themeSource = settings.get('theme') ?? nativeTheme.themeSource;
  serveApp(new URL('../renderer/', here));
  denyPermissions();
  showMenu();
  handleRequests(services, log);
  openWindow();
  open(launch.files);
}

// Not awaited: Electron becomes ready only after this module has been evaluated.
void app.whenReady().then(openApp);

// On macOS an app stays when its windows are closed, and opens one again from the dock.
app.on('activate', () => {
  if (BrowserWindow.getAllWindows().length === 0) openWindow();
});
app.on('open-file', (event, path) => {
  event.preventDefault();
  void app.whenReady().then(() => {
    open([path]);
  });
});
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});

/** Whether all that must end before the app does has ended. */
let isClosed = false;

app.on('will-quit', (event) => {
  if (isClosed) return;
  event.preventDefault();
  const endings = [abortSaving(), entries.close(), runs.close(), programs.close(), settings.save()];
  void Promise.allSettled(endings).then(() => {
    isClosed = true;
    // Not within the event that was just refused, where asking to quit again would be lost.
    setImmediate(() => {
      app.quit();
    });
  });
});
