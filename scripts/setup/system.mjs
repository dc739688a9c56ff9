/** Makes sure of what the runtime and the tests need of a Linux system: installs it or says how. */
import { findDisplay } from './display.mjs';
import { say, SetupError } from './errors.mjs';
import { findMissingLibraries, hasFonts, hasNumpy, hasProgram, packagesFor } from './libraries.mjs';
import { hasApt, install, installCommand, mayInstall } from './packages.mjs';

/** @typedef {import('./index.mjs').Purpose} Purpose */

/**
 * @typedef {object} Lacks what the system does not have
 * @property {string[]} needed by name: without these the purpose fails
 * @property {string[]} neededPackages the packages that bring them
 * @property {string[]} wishedPackages the packages of what the purpose is better with
 */

/**
 * Makes sure of the system.
 * @param {string} executable the runtime's
 * @param {Purpose} purpose
 */
export async function ensureSystem(executable, purpose) {
  let lacks = await findLacks(executable, purpose);
  const packages = [...lacks.neededPackages, ...lacks.wishedPackages];
  if (packages.length === 0 && lacks.needed.length === 0) return;
  let failure;
  if (packages.length > 0 && mayInstall()) {
    failure = await install(packages);
    lacks = await findLacks(executable, purpose);
  }
  if (lacks.needed.length > 0) await refuse(lacks, failure);
  if (lacks.wishedPackages.length > 0) await sayWishes(lacks.wishedPackages);
}

/**
 * @param {string} executable
 * @param {Purpose} purpose
 * @returns {Promise<Lacks>}
 */
async function findLacks(executable, purpose) {
  const libraries = await findMissingLibraries(executable);
  const needed = [...libraries];
  const neededPackages = packagesFor(libraries);
  const wishedPackages = [];
  if (purpose !== 'cli' && !hasFonts()) wishedPackages.push('fonts-dejavu-core');
  if (purpose === 'test' && !(await hasNumpy())) wishedPackages.push('python3-numpy');
  if (purpose === 'test' && !hasProgram('parallel')) wishedPackages.push('parallel');
  if (purpose === 'test' && !hasProgram('Xvfb') && (await findDisplay()) === undefined) {
    needed.push('Xvfb (for a display that nobody sees)');
    neededPackages.push('xvfb');
  }
  return { needed, neededPackages, wishedPackages };
}

/**
 * @param {Lacks} lacks
 * @param {string | undefined} failure why installing them failed, if it was tried
 */
async function refuse({ needed, neededPackages, wishedPackages }, failure) {
  const problem = `This system lacks what is needed: ${needed.join(', ')}.`;
  const tried = failure === undefined ? '' : `\nInstalling it failed: ${failure}`;
  const remedy = hasApt()
    ? `Install it by: ${await installCommand([...neededPackages, ...wishedPackages])}`
    : 'Install the packages of your system that hold it.';
  throw new SetupError(problem + tried, remedy);
}

/** @param {readonly string[]} packages */
async function sayWishes(packages) {
  const how = hasApt() ? `: ${await installCommand(packages)}` : '.';
  say(`Some text or some tests need ${packages.join(' and ')}, which this system lacks${how}`);
}
