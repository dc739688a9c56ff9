/**
 * One at a time, across processes: who comes second waits, and finds the work done.
 *
 * The lock is a file that says who holds it and is touched while it is held. It is taken over at once
 * where its holder is gone, also where another process has the holder's id by now, and after a minute
 * of watching in which nobody touched it. Times of files are compared with one another alone, never
 * with a clock, as either may be wrong.
 */
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inCache, makeCacheFolder } from './cache.mjs';
import { hasCode } from './errors.mjs';
import { atExit } from './processes.mjs';

const TOUCH_EVERY_MS = 10_000;
const ABANDONED_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Identifies this process, also from others that had or will have its id. */
const OWN_NAME = nameOf(process.pid);

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
  const isAbandoned = watchLock(file);
  for (let waits = 0; !inCache(() => take(file));) {
    if (inCache(() => isAbandoned() && takeAway(file, isAbandoned))) continue;
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
    writeFileSync(file, OWN_NAME, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Removes an abandoned lock. Of several who find it abandoned only one does, and looks again first, so
 * that none removes what another has just taken.
 * @param {string} file
 * @param {() => boolean} isAbandoned
 * @returns {boolean} whether it is removed
 */
function takeAway(file, isAbandoned) {
  const claim = `${file}.claim`;
  if (!take(claim)) {
    if (isGone(ownerOf(claim))) rmSync(claim, { force: true });
    return false;
  }
  try {
    if (!isAbandoned()) return false;
    rmSync(file, { force: true });
    return true;
  } finally {
    rmSync(claim, { force: true });
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
    if (ownerOf(file) === OWN_NAME) rmSync(file, { force: true });
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
 * Watches a lock.
 * @param {string} file
 * @param {() => number} [now] a clock in ms that only goes forward
 * @returns {() => boolean} whether nobody holds it any longer, though its file is there
 */
export function watchLock(file, now = () => performance.now()) {
  /** @type {number | undefined} */
  let touchedMs;
  let sinceMs = now();
  return () => {
    const status = statSync(file, { throwIfNoEntry: false });
    if (status === undefined) return false;
    if (isGone(ownerOf(file))) return true;
    if (status.mtimeMs !== touchedMs) {
      touchedMs = status.mtimeMs;
      sinceMs = now();
    }
    return now() - sinceMs > ABANDONED_AFTER_MS;
  };
}

/**
 * Who holds a lock, by the name that `nameOf` gives.
 * @param {string} file
 * @returns {string} empty where there is no lock, or it is being taken at this moment
 */
function ownerOf(file) {
  try {
    // The file is made before it is filled.
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}

/**
 * A process's id and, where the system says so, when it started: the id alone may be another's later.
 * @param {number} id
 * @returns {string}
 */
export function nameOf(id) {
  return `${id} ${startOf(id) ?? ''}`.trim();
}

/**
 * When a process started, in clock ticks since the system did (proc(5), /proc/pid/stat, field 22).
 * @param {number} id
 * @returns {string | undefined} nothing where the system does not say
 */
function startOf(id) {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The second field is the program's name in brackets, and may itself hold any sign.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/**
 * Whether a process is known to have ended.
 * @param {string} name as `nameOf` gives it; of any other nothing is known
 * @returns {boolean}
 */
function isGone(name) {
  const [id, start] = name.split(' ');
  const number = Number(id);
  if (!Number.isSafeInteger(number) || number <= 0) return false;
  try {
    process.kill(number, 0);
  } catch (error) {
    return !hasCode(error, 'EPERM');
  }
  const present = startOf(number);
  return start !== undefined && present !== undefined && present !== start;
}
