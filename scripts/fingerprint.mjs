/**
 * Whether something that is made from sources is still what they say. What counts is what the sources
 * hold, not when they changed: clocks differ, and files may have times from the future.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns the fingerprint of sources: a hash of their names and contents.
 * @param {string} root the folder that the sources are named from
 * @param {readonly string[]} sources files, and folders with all that is in them; one may be missing
 * @returns {string}
 */
export function fingerprintOf(root, sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesIn(root, source)) {
      const contents = readFileSync(path.join(root, file));
      hash.update(`${file.replaceAll('\\', '/')}\0${contents.length}\0`).update(contents);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} source
 * @returns {string[]} in an order that is always the same
 */
function filesIn(root, source) {
  const status = statSync(path.join(root, source), { throwIfNoEntry: false });
  if (status === undefined) return [];
  if (!status.isDirectory()) return [source];
  const names = readdirSync(path.join(root, source)).sort();
  return names.flatMap((name) => filesIn(root, path.join(source, name)));
}

/**
 * Reads which sources something was made from.
 * @param {string} file where it was recorded
 * @returns {string | undefined} their fingerprint
 */
export function readFingerprint(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/**
 * Records which sources something was made from.
 * @param {string} file
 * @param {string} fingerprint
 */
export function recordFingerprint(file, fingerprint) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${fingerprint}\n`);
}
