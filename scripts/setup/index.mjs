/**
 * Set-up that needs nothing by hand: makes sure of a runtime and of what it needs of the system,
 * and is quick where all is there.
 */
import { statSync } from 'node:fs';
import { forgetRecord, readRecord, writeRecord } from './cache.mjs';
import { ensureElectron } from './electron.mjs';
import { say } from './errors.mjs';

/** @typedef {import('./electron.mjs').Runtime} Runtime */

/** What set-up may be for: the window, the tests, or the command line alone. */
export const purposes = /** @type {const} */ (['start', 'test', 'cli']);

/** @typedef {typeof purposes[number]} Purpose */

/**
 * Sets up what a purpose needs.
 * @param {Purpose} purpose
 * @param {{ again?: boolean }} [options] `again` checks what was checked before, and tries a
 *   download again that failed lately
 * @returns {Promise<Runtime>}
 */
export async function setUp(purpose, { again = false } = {}) {
  const runtime = await ensureElectron({ retry: again });
  if (process.platform === 'linux' && (again || !isChecked(runtime.executable, purpose))) {
    const { ensureSystem } = await import('./system.mjs');
    await ensureSystem(runtime.executable, purpose);
    writeRecord(recordName(purpose), stampOf(runtime.executable));
  }
  if (purpose !== 'cli' && runtime.origin === 'registry copy') {
    say(
      `Using Electron ${runtime.version}, a third party's older copy, to try and test with only.`,
    );
  }
  return runtime;
}

/**
 * Lets the system be checked again next time, as a runtime that did not start asks for.
 * @param {Purpose} purpose
 */
export function forgetSystem(purpose) {
  forgetRecord(recordName(purpose));
}

/**
 * Whether the system was found to have what this executable needs. Tests look every time.
 * @param {string} executable
 * @param {Purpose} purpose
 */
function isChecked(executable, purpose) {
  return purpose !== 'test' && isSameStamp(readRecord(recordName(purpose)), stampOf(executable));
}

/** @param {Purpose} purpose */
function recordName(purpose) {
  return `system-has-what-${purpose}-needs`;
}

/** @typedef {{ executable: string, changed: number, bytes: number }} Stamp */

/**
 * What tells an executable from another, or from itself before an update.
 * @param {string} executable
 * @returns {Stamp}
 */
export function stampOf(executable) {
  const { mtimeMs, size } = statSync(executable);
  return { executable, changed: mtimeMs, bytes: size };
}

/**
 * Whether a stamp that was kept is that of the same executable, unchanged.
 * @param {Partial<Stamp> | undefined} kept
 * @param {Stamp} stamp
 * @returns {boolean}
 */
export function isSameStamp(kept, stamp) {
  return (
    kept?.executable === stamp.executable &&
    kept.changed === stamp.changed &&
    kept.bytes === stamp.bytes
  );
}
