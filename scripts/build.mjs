/**
 * Makes sure that what is built is what the sources say: builds when something is missing or older
 * than any source. The building itself is `npm run build`.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { say, SetupError } from './setup/errors.mjs';
import { withLock } from './setup/lock.mjs';
import { run } from './setup/processes.mjs';
import { projectFolder } from './setup/project.mjs';

/** What a build is made from. */
const sources = [
  'src',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package.json',
  'package-lock.json',
  'scripts/assembly.mjs',
  'scripts/build-kernel.mjs',
];

/** What a build makes last of each of its parts. */
const products = [
  'out/main/index.js',
  'out/main/cli.js',
  'out/main/lane.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];

/** What a build leaves as it is where it is fresh, so that its age says nothing. */
const kernels = ['out/kernel/kernel.simd.wasm', 'out/kernel/kernel.relaxed.wasm'];

/** Builds if need be. */
export async function ensureBuild() {
  if (isBuilt(projectFolder)) return;
  await withBuildLock(async () => {
    if (!isBuilt(projectFolder)) await runBuild();
  });
}

/** Builds in any case. */
export async function build() {
  await withBuildLock(runBuild);
}

/**
 * Whether all that is built is there and newer than all it is built from.
 * @param {string} folder the project's
 * @returns {boolean}
 */
export function isBuilt(folder) {
  if (!kernels.every((kernel) => existsSync(path.join(folder, kernel)))) return false;
  const built = products.map((product) => lastChange(path.join(folder, product)));
  const changed = sources.map((source) => lastChange(path.join(folder, source)));
  return Math.min(...built) > Math.max(...changed);
}

/**
 * When a file, or anything in a folder, last changed; a removal changes the folder.
 * @param {string} file
 * @returns {number}
 */
function lastChange(file) {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status?.isDirectory()) return status?.mtimeMs ?? -Infinity;
  const inside = readdirSync(file).map((name) => lastChange(path.join(file, name)));
  return Math.max(status.mtimeMs, ...inside);
}

/** @param {() => Promise<void>} work */
function withBuildLock(work) {
  const project = createHash('sha256').update(projectFolder).digest('hex').slice(0, 16);
  return withLock(`build-${project}`, work, () =>
    say('Another build is under way; waiting for it.'),
  );
}

/** Runs `npm run build`; what it prints matters when it fails. */
async function runBuild() {
  say('Building Gilscope.');
  const { status, stdout, stderr } = await run('npm', ['run', 'build'], { cwd: projectFolder });
  if (status === 0) return;
  throw new SetupError(
    `${stdout}${stderr}The build failed: npm run build ended with status ${status}.`,
    'What it printed, above, says why. If packages are missing, run `npm ci` first.',
  );
}
