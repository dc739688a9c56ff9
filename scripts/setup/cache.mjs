/**
 * Gilscope's folder in the user's cache: the runtime that set-up unpacked, and short records of
 * what is known about this machine. Nothing in it is precious; all of it can be made again.
 */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { messageOf, SetupError } from './errors.mjs';
import { atExit } from './processes.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Where the cache is: `gilscope` in XDG_CACHE_HOME, or in ~/.cache.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheFolder(env = process.env) {
  const given = env.XDG_CACHE_HOME;
  // The base directory specification has relative paths ignored.
  const base = given && path.isAbsolute(given) ? given : path.join(homedir(), '.cache');
  return path.join(base, 'gilscope');
}

/**
 * Makes a folder in the cache, and says what to do where it cannot.
 * @param {...string} segments
 * @returns {string} its path
 */
export function makeCacheFolder(...segments) {
  const folder = path.join(cacheFolder(), ...segments);
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (error) {
    throw new SetupError(
      `The cache folder ${folder} could not be made (${messageOf(error)}).`,
      'Set XDG_CACHE_HOME to a folder that you can write to.',
      { cause: error },
    );
  }
}

/**
 * Makes a temporary folder in the cache, on the same file system as what it will become.
 * It is removed when this process ends, or by the function given with it.
 * @returns {{ folder: string, remove: () => void }}
 */
export function makeTemporaryFolder() {
  const parent = makeCacheFolder('unfinished');
  sweep(parent);
  const folder = mkdtempSync(path.join(parent, 'part-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const forget = atExit(removeFolder);
  const remove = () => {
    removeFolder();
    forget();
  };
  return { folder, remove };
}

/**
 * Removes what a process left behind that was killed, a day ago or more.
 * @param {string} folder
 */
function sweep(folder) {
  for (const name of readdirSync(folder)) {
    const part = path.join(folder, name);
    const changed = statSync(part, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > DAY_MS) rmSync(part, { recursive: true, force: true });
  }
}

/**
 * Reads a record; one that is missing or spoilt is no record.
 * @param {string} name
 * @returns {any}
 */
export function readRecord(name) {
  try {
    return JSON.parse(readFileSync(path.join(cacheFolder(), `${name}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Writes a record whole or not at all.
 * @param {string} name
 * @param {unknown} record
 */
export function writeRecord(name, record) {
  const file = path.join(makeCacheFolder(), `${name}.json`);
  const part = `${file}.${process.pid}`;
  writeFileSync(part, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(part, file);
}

/**
 * Removes a record.
 * @param {string} name
 */
export function forgetRecord(name) {
  rmSync(path.join(cacheFolder(), `${name}.json`), { force: true });
}
