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
import { CacheError, hasCode, messageOf } from './errors.mjs';
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
  if (given && path.isAbsolute(given)) return path.join(given, 'gilscope');
  return path.join(homeFolder(), '.cache', 'gilscope');
}

/** @returns {string} */
function homeFolder() {
  try {
    const home = homedir();
    if (path.isAbsolute(home)) return home;
  } catch {
    // Nobody has said where it is, nor is there a user to look it up for.
  }
  throw new CacheError(
    'There is no home folder to keep a cache in (HOME is no absolute path).',
    'Set XDG_CACHE_HOME to a folder that you can write to.',
  );
}

/**
 * Does something in the cache, and says what to do where the system refuses.
 * @template Result
 * @param {() => Result} work
 * @returns {Result}
 */
export function inCache(work) {
  try {
    return work();
  } catch (error) {
    throw describeRefusal(error);
  }
}

/**
 * What the system's refusal of something in the cache means to the reader.
 * @param {unknown} error
 * @returns {unknown} the error itself where it is not the system's
 */
export function describeRefusal(error) {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const isFull = hasCode(error, 'ENOSPC', 'EDQUOT');
  return new CacheError(
    `The cache folder ${cacheFolder()} cannot be used (${messageOf(error)}).`,
    isFull
      ? 'Make room there, or set XDG_CACHE_HOME to a folder on another disk.'
      : 'Set XDG_CACHE_HOME to a folder that you can write to.',
    { cause: error },
  );
}

/**
 * Makes a folder in the cache, and says what to do where it cannot.
 * @param {...string} segments
 * @returns {string} its path
 */
export function makeCacheFolder(...segments) {
  const folder = path.join(cacheFolder(), ...segments);
  inCache(() => makeFolders(folder));
  return folder;
}

/**
 * Makes a folder and those that it is in. Node's own way of doing so never ends where a system has
 * folders in which nothing can be made and says that they are not there, as Linux's /proc.
 * @param {string} folder
 */
function makeFolders(folder) {
  if (isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolders(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been first.
    if (!isFolder(folder)) throw error;
  }
}

/** @param {string} folder */
function isFolder(folder) {
  try {
    return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    if (hasCode(error, 'ENOTDIR')) return false;
    throw error;
  }
}

/**
 * Makes a temporary folder in the cache, on the same file system as what it will become.
 * It is removed when this process ends, or by the function given with it.
 * @returns {{ folder: string, remove: () => void }}
 */
export function makeTemporaryFolder() {
  const parent = makeCacheFolder('unfinished');
  const folder = inCache(() => {
    sweep(parent);
    return mkdtempSync(path.join(parent, 'part-'));
  });
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  const forget = atExit(removeFolder);
  const remove = () => {
    removeFolder();
    forget();
  };
  return { folder, remove };
}

/**
 * Removes what a process left behind that was killed, a day ago or more; also what is a day ahead, by a
 * clock that was wrong.
 * @param {string} folder
 */
function sweep(folder) {
  for (const name of readdirSync(folder)) {
    const part = path.join(folder, name);
    const changed = statSync(part, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Math.abs(Date.now() - changed) > DAY_MS) rmSync(part, { recursive: true, force: true });
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
  inCache(() => {
    try {
      writeFileSync(part, `${JSON.stringify(record, null, 2)}\n`);
      renameSync(part, file);
    } finally {
      rmSync(part, { force: true });
    }
  });
}

/**
 * Removes a record.
 * @param {string} name
 */
export function forgetRecord(name) {
  inCache(() => rmSync(path.join(cacheFolder(), `${name}.json`), { force: true }));
}
