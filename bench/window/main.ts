import { app } from 'electron';
import { loadKernelModule } from '../../src/engine/kernel-module.js';
import { describeMachine } from '../../src/engine/machine.js';
import { registerAppScheme, serveApp } from '../../src/main/app-protocol.js';
import { handleRequests } from '../../src/main/requests.js';
import { pythonQuestions } from '../../src/main/runs/ask-for-python.js';
import { Pacer } from '../../src/main/runs/pacer.js';
import { fileTasks } from '../../src/main/recordings/file-tasks.js';
import { createServices } from '../../src/main/services.js';
import { denyPermissions, forbidNavigation } from '../../src/main/security.js';
import { SpanStream } from '../../src/main/runs/span-stream.js';
import { createWindow, windowCpuMs } from '../../src/main/window.js';
import { SyntheticEngine, type Scene } from './synthetic-engine.js';

/**
 * The main process of the window's bench: the product's window, page, requests and span stream,
 * with an engine of made-up spans. The scene is its last argument, as JSON.
 */
const out = new URL('../../', import.meta.url);

registerAppScheme();
forbidNavigation();

const scene = JSON.parse(process.argv.at(-1) ?? '') as Scene;
const engine = loadKernelModule(new URL('kernel/', out)).then(({ build }) => {
  const synthetic = new SyntheticEngine(describeMachine(build), scene);
  // For the driver, which asks when the spans began and how many there were.
  Object.assign(globalThis, { syntheticEngine: synthetic });
  return synthetic;
});
const stream = new SpanStream();
const services = createServices({
  engine,
  stream,
  pacer: new Pacer(stream, windowCpuMs),
  settings: { get: () => undefined, set: () => undefined, reset: () => undefined },
  pythonQuestions,
  programs: {
    sampler: new URL('./sampler.js', import.meta.url),
    places: { environment: {}, home: '/' },
    mayStart: () => Promise.resolve(false),
  },
  files: fileTasks(new URL('main/file-worker.js', out)),
});

void app.whenReady().then(() => {
  serveApp(new URL('renderer/', out));
  denyPermissions();
  handleRequests(services, { path: '', write: () => undefined });
  createWindow(new URL('preload/index.cjs', out));
});
app.on('window-all-closed', () => {
  app.quit();
});
