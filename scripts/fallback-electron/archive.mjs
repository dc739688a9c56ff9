/** Fetches a package's archive from the npm registry, with progress, and checks that it is the one. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hasCode, SetupError } from '../setup/errors.mjs';
import { watchGrowth } from '../setup/growth.mjs';
import { run } from '../setup/processes.mjs';
import { followProgress } from '../setup/progress.mjs';
import { projectFolder } from '../setup/project.mjs';

/**
 * @typedef {object} Archive a package's archive in the registry
 * @property {string} name
 * @property {string} version
 * @property {number} bytes
 * @property {string} sha256
 */

/**
 * Fetches an archive by `npm pack`, so that the user's registry, proxy and credentials hold.
 * @param {Archive} archive
 * @param {string} folder a temporary folder
 * @returns {Promise<string>} the archive's path; it is checked
 */
export async function fetchArchive(archive, folder) {
  // A cache of its own shows how far npm is, and leaves no second copy of it behind.
  const cache = path.join(folder, 'npm-cache');
  const destination = path.join(folder, 'archive');
  await mkdir(destination);
  const progress = followProgress(`Downloading ${archive.name}`, archive.bytes);
  const stopWatching = watchGrowth(cache, progress.update);
  try {
    await pack(archive, ['--cache', cache, '--pack-destination', destination]);
  } finally {
    stopWatching();
    progress.end();
  }
  await rm(cache, { recursive: true, force: true });
  const [file] = await readdir(destination);
  if (file === undefined) throw new Error(`npm pack ${archive.name} made no file.`);
  await checkArchive(path.join(destination, file), archive);
  return path.join(destination, file);
}

/**
 * Runs `npm pack` in the project, whose npm configuration holds too.
 * @param {Archive} archive
 * @param {readonly string[]} options
 */
async function pack({ name, version }, options) {
  const args = ['pack', `${name}@${version}`, '--loglevel=error', ...options];
  const { status, stderr } = await run('npm', args, { cwd: projectFolder }).catch(refuseNpm);
  if (status === 0) return;
  throw new SetupError(
    `${name}@${version} could not be fetched from the npm registry:\n${gistOf(stderr)}`,
    'See to the network, or to the registry and proxy in the npm configuration, and try again.',
  );
}

/**
 * The first lines of what npm says that are about the failure, not about where in npm it was.
 * @param {string} stderr
 * @returns {string}
 */
export function gistOf(stderr) {
  const lines = stderr
    .split('\n')
    .filter((line) => /^npm error (?!\s|A complete log|})/.test(line));
  return lines.length > 0 ? lines.slice(0, 5).join('\n') : stderr.trim();
}

/**
 * @param {unknown} error why npm did not start
 * @returns {never}
 */
function refuseNpm(error) {
  if (!hasCode(error, 'ENOENT')) throw error;
  throw new SetupError('npm is not installed.', 'Install npm and try again.', { cause: error });
}

/**
 * Refuses a file that is not the archive, byte for byte.
 * @param {string} file
 * @param {Archive} archive
 */
export async function checkArchive(file, { name, version, sha256 }) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found === sha256) return;
  throw new SetupError(
    `The download of ${name}@${version} is not what it should be: its sha256 is ${found}, expected ${sha256}. It was thrown away.`,
    'Try again; if it happens again, the registry or a proxy gives out another file under this name.',
  );
}
