/**
 * The system's limits on a process, where they are so small that Electron would not start: it would
 * end without a word, or hang. What a run needs besides is looked at by the program itself.
 *
 * So that the script which asks can start there itself, package.json has its Node.js do without V8's
 * helper threads.
 */
import { readFileSync, readdirSync } from 'node:fs';

/** @typedef {(path: string) => string} ReadFile */

const GIB = 2 ** 30;

/**
 * What Electron takes to start as a plain Node, rounded up. Its V8 reserves address space for what
 * it may come to need, and the more the better it is protected: a terabyte, or 100 GB at least.
 */
const LEAST = [
  { row: 'Max address space', needed: 128 * GIB, words: 'of address space', flag: '-v' },
  { row: 'Max data size', needed: (3 * GIB) / 4, words: 'of data', flag: '-d' },
];

/** Threads that Electron has before it does anything. */
const THREADS = 14;

/** Limits on threads from this on are not looked at: counting what there is would take a while. */
const PLENTY_OF_THREADS = 2000;

/**
 * Says, in a line, which limit is too small for Electron to start and what to do; undefined where
 * none is.
 * @param {{ readFile?: ReadFile, uid?: number, threadsOf?: (uid: number) => number }} [system]
 * @returns {string | undefined}
 */
export function limitInTheWay({
  readFile = (path) => readFileSync(path, 'utf8'),
  uid = process.getuid?.() ?? 0,
  threadsOf = countThreads,
} = {}) {
  const limits = readIfAny(readFile, '/proc/self/limits');
  for (const { row, needed, words, flag } of LEAST) {
    const limit = softLimit(limits, row);
    if (limit >= needed) continue;
    return (
      `Electron cannot start: it takes ${gigabytes(needed)} ${words}, most of which it never uses, and ` +
      `this process may have ${gigabytes(limit)} (ulimit ${flag}). Lift that limit.`
    );
  }
  const most = softLimit(limits, 'Max processes');
  // The system does not count root's.
  if (uid === 0 || most >= PLENTY_OF_THREADS) return undefined;
  const there = threadsOf(uid);
  if (there + THREADS <= most) return undefined;
  return (
    `Electron cannot start: it takes ${THREADS} threads, and this user has ${there} of the ${most} processes ` +
    `and threads that are allowed (ulimit -u). End some, or raise that limit.`
  );
}

/**
 * @param {ReadFile} readFile
 * @param {string} path
 */
function readIfAny(readFile, path) {
  try {
    return readFile(path);
  } catch {
    // Other systems than Linux have no such file.
    return '';
  }
}

/**
 * @param {string} limits what /proc/self/limits says
 * @param {string} row
 * @returns {number} Infinity where there is no limit
 */
function softLimit(limits, row) {
  const digits = new RegExp(`^${row} +(\\d+)`, 'm').exec(limits)?.[1];
  return digits === undefined ? Infinity : Number(digits);
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return `${(bytes / 1e9).toPrecision(3)} GB`;
}

/**
 * The threads of all processes of a user, this one's included.
 * @param {number} uid
 */
function countThreads(uid) {
  let threads = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      if (Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]) !== uid) continue;
      threads += Number(/^Threads:\s+(\d+)/m.exec(status)?.[1]);
    } catch {
      // It has ended since.
    }
  }
  return threads;
}
