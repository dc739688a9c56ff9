/**
 * What Electron and the tests need of a Linux system, and which Debian packages bring it: shared
 * libraries that Electron is linked with, a font, a virtual display, NumPy.
 *
 * Nothing here is needed on macOS and Windows.
 */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { hasCode } from './errors.mjs';
import { run } from './processes.mjs';

/** Each library that Electron names, and the Debian package that holds it. */
const packageOf = {
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
};

/**
 * The libraries that an executable is linked with and that the system does not have.
 * @param {string} executable
 * @returns {Promise<string[]>} their names; none where there is no way to tell
 */
export async function findMissingLibraries(executable) {
  try {
    const { stdout } = await run('ldd', [executable], { env: { ...process.env, LC_ALL: 'C' } });
    return parseMissing(stdout);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/**
 * Reads what `ldd` prints.
 * @param {string} text
 * @returns {string[]} the names of what was not found, each once
 */
export function parseMissing(text) {
  const names = Array.from(text.matchAll(/^\s*(\S+) => not found/gm), (match) => match[1] ?? '');
  return [...new Set(names)].sort();
}

/**
 * The packages for some libraries.
 * @param {readonly string[]} libraries
 * @returns {string[]} as far as they are known, each once
 */
export function packagesFor(libraries) {
  /** @type {Record<string, string | undefined>} */
  const known = packageOf;
  return [...new Set(libraries.flatMap((library) => known[library] ?? []))].sort();
}

/**
 * The packages of all libraries that Electron names, for a package that depends on them.
 * @returns {string[]} each once
 */
export function linkedPackages() {
  return packagesFor(Object.keys(packageOf));
}

/**
 * Whether a program is on the PATH.
 * @param {string} name
 * @param {string} [searchPath]
 * @returns {boolean}
 */
export function hasProgram(name, searchPath = process.env.PATH ?? '') {
  return searchPath.split(path.delimiter).some((folder) => isExecutable(path.join(folder, name)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether there is a font at all, so that windows have text in them.
 * @param {readonly string[]} [folders]
 * @returns {boolean}
 */
export function hasFonts(folders = fontFolders()) {
  return folders.some(holdsFont);
}

function fontFolders() {
  const ownFolders = ['.fonts', '.local/share/fonts'].map((name) => path.join(homedir(), name));
  return ['/usr/share/fonts', '/usr/local/share/fonts', ...ownFolders];
}

/**
 * @param {string} folder
 * @returns {boolean}
 */
function holdsFont(folder) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    if (entry.isDirectory()) return holdsFont(path.join(folder, entry.name));
    return /\.(ttf|otf|ttc)$/i.test(entry.name);
  });
}

/** The Python that the tests compare figures with. */
const python = '/usr/bin/python3';

/**
 * Whether the system's Python has NumPy.
 * @returns {Promise<boolean>}
 */
export async function hasNumpy() {
  if (!isExecutable(python)) return false;
  return (await run(python, ['-c', 'import numpy'])).status === 0;
}
