/**
 * Makes sure that what is built is what the sources say: builds when something is missing, or made
 * from other sources.
 */
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fingerprintOf, readFingerprint, recordFingerprint } from './fingerprint.mjs';
import { lackOfFiles } from './setup/descriptors.mjs';
import { say, SetupError } from './setup/errors.mjs';
import { withLock } from './setup/lock.mjs';
import { run } from './setup/processes.mjs';
import { projectFolder } from './setup/project.mjs';

/** What a build is made from. */
export const SOURCES = [
  'src',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package.json',
  'package-lock.json',
  'scripts/assembly.mjs',
  'scripts/build-kernel.mjs',
  'scripts/licences.mjs',
];

/** What a build makes. */
export const PRODUCTS = [
  'out/main/index.js',
  'out/main/cli.js',
  'out/main/lane.js',
  'out/main/sampler.js',
  'out/main/file-worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/kernel/kernel.simd.wasm',
  'out/kernel/kernel.relaxed.wasm',
  'out/licences.json',
  'out/licences.txt',
];

/** Where a build records which sources it was made from. */
const RECORD = 'out/sources.sha256';

/** What makes the products, one after the other. */
const steps = [
  ['scripts/build-kernel.mjs'],
  ['node_modules/electron-vite/bin/electron-vite.js', 'build'],
  ['scripts/write-licences.mjs'],
];

/** What electron-vite and its plugins open at once, with room to spare. */
const BUILD_FILES = 192;

/** Builds if need be. */
export async function ensureBuild() {
  if (isBuilt(projectFolder)) return;
  await withBuildLock(async () => {
    if (!isBuilt(projectFolder)) await runBuild('pipe');
  });
}

/**
 * Builds in any case.
 * @param {'inherit' | 'pipe'} [output] where what the tools print goes; piped, it is shown if they fail
 */
export async function build(output = 'pipe') {
  await withBuildLock(() => runBuild(output));
}

/**
 * Whether all that is built is there and made from the sources as they are.
 * @param {string} folder the project's
 * @returns {boolean}
 */
export function isBuilt(folder) {
  return (
    PRODUCTS.every((product) => existsSync(path.join(folder, product))) &&
    readFingerprint(path.join(folder, RECORD)) === fingerprintOf(folder, SOURCES)
  );
}

/** @param {() => Promise<void>} work */
function withBuildLock(work) {
  const project = createHash('sha256').update(projectFolder).digest('hex').slice(0, 16);
  return withLock(`build-${project}`, work, () =>
    say('Another build is under way; waiting for it.'),
  );
}

/**
 * Runs the steps. What the products are made from is read first: a source that changes meanwhile has
 * the next start build again.
 * @param {'inherit' | 'pipe'} output
 */
async function runBuild(output) {
  const lack = lackOfFiles(BUILD_FILES, 'Building Gilscope');
  if (lack !== undefined) throw new SetupError(lack.problem, lack.remedy);
  say('Building Gilscope.');
  const record = path.join(projectFolder, RECORD);
  const fingerprint = fingerprintOf(projectFolder, SOURCES);
  rmSync(record, { force: true });
  for (const step of steps) await runStep(step, output);
  recordFingerprint(record, fingerprint);
}

/**
 * @param {readonly string[]} step a script in the project and its arguments
 * @param {'inherit' | 'pipe'} output
 */
async function runStep([script = '', ...args], output) {
  const { status, stdout, stderr } = await run(
    process.execPath,
    [path.join(projectFolder, script), ...args],
    { cwd: projectFolder, stdio: ['ignore', output, output] },
  );
  if (status === 0) return;
  throw new SetupError(
    `${stdout}${stderr}The build failed: ${path.basename(script)} ended with status ${status}.`,
    'What it printed, above, says why. If packages are missing, run `npm ci` first.',
  );
}
