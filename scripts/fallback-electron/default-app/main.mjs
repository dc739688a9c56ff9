/**
 * What `electron <app>` runs first: it finds the app named on the command line and starts it.
 *
 * A stock Electron carries such a program inside itself. The registry copy that scripts/fallback-electron
 * unpacks has another app in its place, so this one is put there instead. It does what the stock
 * one does for a folder or a file; the import is awaited, as Electron waits only for its first
 * module before it becomes ready, and an ES module app must be heard before that.
 */
import { app } from 'electron';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

/** What Electron's own program uses and its documentation leaves out. @type {any} */
const loader = Module;

/** The same of the app: the setters of what it tells of itself. @type {any} */
const settings = app;

/**
 * Splits what precedes the app's path, as Chromium's and Node's own switches may, from the path.
 * @param {readonly string[]} args the command line without the executable
 * @returns {{ target?: string, preload: string[], showVersion: boolean }}
 */
function readArguments(args) {
  /** @type {string[]} */
  const preload = [];
  const rest = args.values();
  for (const arg of rest) {
    if (arg === '--version' || arg === '-v') return { preload, showVersion: true };
    if (arg === '--require' || arg === '-r') preload.push(rest.next().value ?? '');
    else if (arg.startsWith('--app=')) return withTarget(arg.slice('--app='.length));
    else if (!arg.startsWith('-')) return withTarget(arg);
  }
  return { preload, showVersion: false };

  /** @param {string} target */
  function withTarget(target) {
    return { target, preload, showVersion: false };
  }
}

/**
 * Takes the app's name, version and V8 flags from its package.json.
 * @param {string} folder the app's folder
 */
function introduce(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  settings.setVersion(manifest.version ?? process.versions.electron);
  app.setName(manifest.productName ?? manifest.name ?? app.getName());
  settings.setDesktopName?.(manifest.desktopName ?? `${app.getName()}.desktop`);
  if (manifest.v8Flags) setFlagsFromString(manifest.v8Flags);
}

/**
 * Starts the app in a folder (by its package.json's `main`) or in a file.
 * @param {string} target
 */
async function start(target) {
  const resolved = path.resolve(target);
  const isFolder = existsSync(resolved) && statSync(resolved).isDirectory();
  if (isFolder && existsSync(path.join(resolved, 'package.json'))) introduce(resolved);
  const entry = loader._resolveFilename(resolved, null, true);
  settings.setAppPath(isFolder ? resolved : path.dirname(entry));
  await import(pathToFileURL(entry).href);
}

/**
 * Says what is wrong, and stops with a failure.
 * @param {string} message
 * @returns {never}
 */
function refuse(message) {
  console.error(message);
  process.exit(1);
}

const { target, preload, showVersion } = readArguments(process.argv.slice(1));
if (showVersion) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}
if (target === undefined) refuse('Name the app to start: electron <folder or file>');

// Electron before 41 has no trap handlers for WebAssembly in its main process (electron/electron, pull
// request 48983), so that V8 would check each address in code, and the kernel be slower by a fifth than
// in the lines that are shipped. The kernel can do without: it is our own, no address in it comes from
// outside but by validated parameters, and everywhere else it runs between guard pages.
setFlagsFromString('--no-wasm-bounds-checks');

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
if (preload.length > 0) loader._preloadModules(preload);
try {
  await start(target);
} catch (error) {
  const trace = error instanceof Error ? error.stack : String(error);
  refuse(`The app at ${path.resolve(target)} did not start.\n${trace}`);
}
