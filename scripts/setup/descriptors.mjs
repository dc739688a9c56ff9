/**
 * How many more files this process may open. A process that may open too few fails in ways that do
 * not say so, so it is found out before. This module imports nothing that would have to be opened.
 */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';

/**
 * Says what is wrong where fewer files than needed can be opened at once.
 * @param {number} needed
 * @param {string} purpose what they are needed for, as the beginning of a sentence
 * @returns {{ problem: string, remedy: string } | undefined} a sentence each; nothing where there are enough
 */
export function lackOfFiles(needed, purpose) {
  const free = countFree(needed);
  if (free >= needed) return undefined;
  const limit = readLimit();
  const named = limit === undefined ? '' : `, as the limit is ${limit} (ulimit -n)`;
  return {
    problem: `${purpose} needs ${needed} files open at once, and only ${free} more can be${named}.`,
    remedy: 'Raise the limit, as by `ulimit -n 1024` in a new shell, and try again.',
  };
}

/**
 * How many more files can be opened, as far as it matters.
 * @param {number} most
 * @returns {number}
 */
function countFree(most) {
  /** @type {number[]} */
  const opened = [];
  try {
    while (opened.length < most) opened.push(openSync(devNull, 'r'));
  } catch {
    // There are no more.
  }
  for (const descriptor of opened) closeSync(descriptor);
  return opened.length;
}

/** The system's limit, where it says so. */
function readLimit() {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return /^Max open files +(\d+)/m.exec(limits)?.[1];
  } catch {
    return undefined;
  }
}
