/**
 * Electron's own binary: given by the user, there already, or downloaded by its own installer.
 *
 * The installer can wait very long for a host it cannot reach. So it is given up when nothing
 * arrives for a minute, and a failure is remembered for some hours.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { forgetRecord, makeTemporaryFolder, readRecord, writeRecord } from './cache.mjs';
import { say, SetupError } from './errors.mjs';
import { folderSize, watchGrowth } from './growth.mjs';
import { run } from './processes.mjs';
import { followProgress } from './progress.mjs';
import { electronPackage, electronVersion } from './project.mjs';

const GIVE_UP_AFTER_MS = 60_000;
const REMEMBER_FOR_MS = 12 * 60 * 60 * 1000;
const RECORD = 'electron-download-failed';

/** @typedef {{ version: string, node: string, at: number, reason: string }} InstallFailure */

/**
 * The path of the executable inside a folder that holds Electron.
 * @param {NodeJS.Platform} [platform]
 * @returns {string}
 */
export function executableName(platform = process.platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * The Electron that the user names by ELECTRON_OVERRIDE_DIST_PATH.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} its executable, or nothing where the user names none
 */
export function findGiven(env = process.env) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return undefined;
  const executable = path.resolve(folder, executableName());
  if (existsSync(executable)) return executable;
  throw new SetupError(
    `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, and there is no ${executableName()} in it.`,
    'Set it to a folder that holds an unpacked Electron, or unset it.',
  );
}

/**
 * The binary in the electron package, if it is whole.
 * @param {string} [folder] the package
 * @param {string} [version] the one it must have
 * @returns {string | undefined} its executable
 */
export function findOwn(folder = electronPackage, version = electronVersion()) {
  const executable = path.join(folder, 'dist', executableName());
  const found = readText(path.join(folder, 'dist', 'version')).replace(/^v/, '');
  // The installer writes path.txt last, so without it the rest may be in parts.
  const isWhole = readText(path.join(folder, 'path.txt')) === executableName();
  return isWhole && found === version && existsSync(executable) ? executable : undefined;
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * Has Electron's installer download the binary.
 * @returns {Promise<string | undefined>} why it could not; nothing when it is there now
 */
export async function download() {
  const { folder, remove } = makeTemporaryFolder();
  say(`Electron ${electronVersion()} is not here yet; trying to download it.`);
  const aborter = new AbortController();
  const stopWatching = watchInstaller(folder, aborter);
  try {
    const env = { ...process.env, ...installerSettings(folder) };
    const installer = path.join(electronPackage, 'install.js');
    const { stderr } = await run(process.execPath, [installer], { env, signal: aborter.signal });
    return findOwn() === undefined ? reasonIn(stderr) : undefined;
  } catch (error) {
    if (!aborter.signal.aborted) throw error;
    return `nothing arrived for ${GIVE_UP_AFTER_MS / 1000} s`;
  } finally {
    stopWatching();
    remove();
  }
}

/**
 * What the installer is told: where to download to, to leave progress to us, and to use a proxy.
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
function installerSettings(folder) {
  const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  return {
    ...{ TMPDIR: folder, TEMP: folder, TMP: folder },
    ELECTRON_GET_NO_PROGRESS: '1',
    ...(proxy ? { ELECTRON_GET_USE_PROXY: 'true' } : {}),
  };
}

/**
 * Shows how far the installer is, and gives it up when it is stuck.
 * @param {string} folder what it downloads to
 * @param {AbortController} aborter
 * @returns {() => void} stops watching
 */
function watchInstaller(folder, aborter) {
  const progress = followProgress('Downloading Electron', undefined);
  let largest = 0;
  let grewAt = performance.now();
  const stop = watchGrowth(folder, async (downloaded) => {
    progress.update(downloaded);
    const size = downloaded + (await folderSize(path.join(electronPackage, 'dist')));
    if (size > largest) [largest, grewAt] = [size, performance.now()];
    else if (performance.now() - grewAt > GIVE_UP_AFTER_MS) aborter.abort();
  });
  return () => {
    stop();
    progress.end();
  };
}

/**
 * The line of an installer's complaint that says why.
 * @param {string} stderr
 * @returns {string}
 */
export function reasonIn(stderr) {
  const lines = stderr.split('\n').map((line) => line.trim());
  const error = lines.find((line) => /^(\w*Error|Error \[\w+\]):/.test(line));
  return error ?? lines.find((line) => line !== '') ?? 'its installer gave no reason';
}

/**
 * Remembers that the download failed, so that the next start does not wait for it again.
 * @param {string} reason
 */
export function rememberFailure(reason) {
  /** @type {InstallFailure} */
  const failure = { version: electronVersion(), node: process.version, at: Date.now(), reason };
  writeRecord(RECORD, failure);
}

/** Lets the download be tried again at once. */
export function forgetFailure() {
  forgetRecord(RECORD);
}

/**
 * Why the same download failed a short while ago.
 * @returns {string | undefined} nothing where it is worth a try
 */
export function recentFailure() {
  const failure = readRecord(RECORD);
  return isRecent(failure, electronVersion(), Date.now()) ? failure.reason : undefined;
}

/**
 * Whether a remembered failure still counts: the same Electron and Node, not long ago.
 * @param {InstallFailure | undefined} failure
 * @param {string} version
 * @param {number} now
 * @returns {boolean}
 */
export function isRecent(failure, version, now) {
  if (failure?.version !== version || failure.node !== process.version) return false;
  const age = now - failure.at;
  return age >= 0 && age < REMEMBER_FOR_MS;
}
