/**
 * Whether Chromium's sandbox can work for the runtime that set-up found. It needs a helper that
 * belongs to root and is set-uid, or namespaces for ordinary users; and root itself has none.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { hasCode, say } from './errors.mjs';
import { run } from './processes.mjs';

const SET_UID = 0o4000;

/** @typedef {{ isLinux: boolean, isRoot: boolean, hasHelper: boolean, hasNamespaces: boolean }} Facts */

/**
 * The switches that start a runtime here, with a word where the sandbox is left off.
 * @param {string} executable
 * @returns {Promise<string[]>}
 */
export async function sandboxSwitches(executable) {
  const reason = whyNoSandbox(await gatherFacts(executable));
  if (reason === undefined) return [];
  say(`Electron runs without its sandbox here: ${reason}.`);
  return ['--no-sandbox'];
}

/**
 * Why the sandbox cannot work.
 * @param {Facts} facts
 * @returns {string | undefined} nothing where it can
 */
export function whyNoSandbox({ isLinux, isRoot, hasHelper, hasNamespaces }) {
  if (!isLinux) return undefined;
  if (isRoot) return 'root has none';
  if (hasHelper || hasNamespaces) return undefined;
  return 'this system allows users no namespaces of their own, and chrome-sandbox is not set-uid root';
}

/**
 * @param {string} executable
 * @returns {Promise<Facts>}
 */
async function gatherFacts(executable) {
  const isLinux = process.platform === 'linux';
  const isRoot = process.getuid?.() === 0;
  const hasHelper = isLinux && isSetUidRoot(path.join(path.dirname(executable), 'chrome-sandbox'));
  const needsNamespaces = isLinux && !isRoot && !hasHelper;
  return { isLinux, isRoot, hasHelper, hasNamespaces: needsNamespaces && (await tryNamespaces()) };
}

/** @param {string} helper */
function isSetUidRoot(helper) {
  if (!existsSync(helper)) return false;
  const { uid, mode } = statSync(helper);
  return uid === 0 && (mode & SET_UID) !== 0;
}

/**
 * Tries to make a namespace as the sandbox does; kernels, containers and AppArmor each have their
 * own way of refusing it, so trying tells more than reading settings.
 */
async function tryNamespaces() {
  try {
    const { status } = await run('unshare', [
      '--user',
      '--map-root-user',
      '--net',
      '--pid',
      '--fork',
      'true',
    ]);
    return status === 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
