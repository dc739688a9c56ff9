/**
 * One at a time, across processes: who comes second waits, and finds the work done.
 *
 * The lock is a file that holds its owner's process id and is touched while it is held. One whose
 * owner is gone, or that nobody has touched for a minute, is taken over.
 */
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCacheFolder } from './cache.mjs';
import { hasCode } from './errors.mjs';
import { atExit } from './processes.mjs';

const TOUCH_EVERY_MS = 10_000;
const ABANDONED_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 200;

/**
 * Does some work while no other process does work under the same name.
 * @template Result
 * @param {string} name
 * @param {() => Promise<Result>} work must not block the event loop for long
 * @param {() => void} [onWait] called once when another process is at it
 * @returns {Promise<Result>}
 */
export async function withLock(name, work, onWait = () => {}) {
  const file = path.join(makeCacheFolder('locks'), name);
  for (let waits = 0; !take(file);) {
    if (isAbandoned(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (waits++ === 0) onWait();
    await sleep(LOOK_EVERY_MS);
  }
  const release = hold(file);
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * Makes the lock file, unless it is there.
 * @param {string} file
 * @returns {boolean} whether the lock is ours now
 */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Keeps a lock fresh until it is released or this process ends.
 * @param {string} file
 * @returns {() => void} releases it
 */
function hold(file) {
  const touching = setInterval(() => touch(file), TOUCH_EVERY_MS).unref();
  const remove = () => {
    // After a long sleep of the machine the lock may be another's.
    if (ownerOf(file) === process.pid) rmSync(file, { force: true });
  };
  const forget = atExit(remove);
  return () => {
    clearInterval(touching);
    remove();
    forget();
  };
}

/**
 * Marks a lock as held at this moment; one that was taken over meanwhile is left alone.
 * @param {string} file
 */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/**
 * Whether nobody holds the lock any longer, though its file is there.
 * @param {string} file
 * @param {number} [now]
 * @returns {boolean}
 */
export function isAbandoned(file, now = Date.now()) {
  try {
    if (now - statSync(file).mtimeMs > ABANDONED_AFTER_MS) return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  const owner = ownerOf(file);
  return owner !== undefined && !isRunning(owner);
}

/**
 * The process that holds a lock.
 * @param {string} file
 * @returns {number | undefined} nothing where there is no lock, or it is being taken at this moment
 */
function ownerOf(file) {
  try {
    // The file is made before it is filled.
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Whether there is a process with this id.
 * @param {number} id
 * @returns {boolean}
 */
function isRunning(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
