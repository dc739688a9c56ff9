import { app, BrowserWindow } from 'electron';
import { builtFilesBeside, createEngine } from './engine/index.js';
import { registerAppScheme, serveApp } from './app-protocol.js';
import { installMenu } from './menu.js';
import { handleRequests } from './requests.js';
import { RunService } from './run-service.js';
import { denyPermissions, forbidNavigation } from './security.js';
import { SpanStream } from './span-stream.js';
import { createWindow } from './window.js';

/** The main process: starts the engine, opens the window, and ends with it. */
const here = import.meta.url;

registerAppScheme();
forbidNavigation();

const engine = createEngine(builtFilesBeside(here));
const stream = new SpanStream();
const service = new RunService(engine, stream);

function openWindow(): void {
  createWindow(new URL('../preload/index.cjs', here));
}

function openApp(): void {
  serveApp(new URL('../renderer/', here));
  denyPermissions();
  installMenu();
  handleRequests(service, stream);
  openWindow();
}

// Not awaited: Electron becomes ready only after this module has been evaluated.
void app.whenReady().then(openApp);

// On macOS an app stays when its windows are closed, and opens one again from the dock.
app.on('activate', () => {
  if (BrowserWindow.getAllWindows().length === 0) openWindow();
});
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});
app.on('will-quit', () => {
  void service.close();
});
