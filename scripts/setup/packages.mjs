/**
 * Debian packages: installed where this process may, and else named in the one command that does.
 */
import { existsSync } from 'node:fs';
import { say } from './errors.mjs';
import { run } from './processes.mjs';

/** A package under its plain name, or under the one since the move to a 64-bit time_t. */
const suffixes = ['', 't64'];

const installOptions = [
  'install',
  '-y',
  '--no-install-recommends',
  '-o',
  'DPkg::Lock::Timeout=300',
];

/**
 * Whether this is Debian or a child of it.
 * @returns {boolean}
 */
export function hasApt() {
  return existsSync('/usr/bin/apt-get');
}

/**
 * Whether this process may install packages.
 * @returns {boolean}
 */
export function mayInstall() {
  return hasApt() && process.getuid?.() === 0;
}

/**
 * Installs packages.
 * @param {readonly string[]} packages under their plain names
 * @returns {Promise<string | undefined>} what went wrong, or nothing
 */
export async function install(packages) {
  say(`Installing system packages: ${packages.join(' ')}`);
  // A new system has no lists of packages yet. Old ones may do, should this fail.
  await aptGet(['update', '-q', '-o', 'DPkg::Lock::Timeout=300']);
  const { status, stdout, stderr } = await aptGet([
    ...installOptions,
    ...(await resolve(packages)),
  ]);
  if (status === 0) return undefined;
  return (stderr.trim() || stdout.trim()).split('\n').slice(-5).join('\n');
}

/**
 * The command with which an administrator installs packages.
 * @param {readonly string[]} packages under their plain names
 * @returns {Promise<string>}
 */
export async function installCommand(packages) {
  const names = (await resolve(packages)).join(' ');
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names}`;
  return process.getuid?.() === 0 ? command : `sudo sh -c '${command}'`;
}

/** @param {readonly string[]} args */
function aptGet(args) {
  return run('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  });
}

/**
 * The names that packages have on this system.
 * @param {readonly string[]} packages
 */
async function resolve(packages) {
  const candidates = packages.flatMap((name) => suffixes.map((suffix) => name + suffix));
  const { stdout } = await run('apt-cache', ['show', '--no-all-versions', ...candidates]);
  return chooseNames(packages, stdout);
}

/**
 * Picks for each package the name that `apt-cache show` knows.
 * @param {readonly string[]} packages
 * @param {string} shown what it printed
 * @returns {string[]} the plain name where neither is known
 */
export function chooseNames(packages, shown) {
  const known = new Set(Array.from(shown.matchAll(/^Package: (\S+)$/gm), (match) => match[1]));
  return packages.map((name) => {
    const suffix = suffixes.find((candidate) => known.has(name + candidate));
    return name + (suffix ?? '');
  });
}
