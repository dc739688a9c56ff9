/** Makes the packages of this system: sets up Electron and the tools, builds, and runs electron-builder. */
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from '../build.mjs';
import { ensureElectron } from '../setup/electron.mjs';
import { say, SetupError } from '../setup/errors.mjs';
import { run } from '../setup/processes.mjs';
import { describeBytes } from '../setup/progress.mjs';
import { electronVersion, projectFolder } from '../setup/project.mjs';
import { writeShellFiles } from '../shell-files.mjs';
import { builderConfiguration, nameOf } from './builder-configuration.mjs';
import { makeArchive, makeDeb } from './linux.mjs';

/** Where the tools are installed, apart from the project's own packages. */
const tools = path.join(projectFolder, 'packaging');

/** Where everything is made. */
export const DIST = path.join(projectFolder, 'dist');

/**
 * Makes the packages and says where they are.
 * @param {readonly string[]} targets electron-builder's; none for the usual ones of this system
 */
export async function makePackages(targets) {
  const electron = await ensureElectron();
  // Only the version that this project names is one to ship.
  const isForTesting =
    electron.origin === 'registry copy' || electron.version !== electronVersion();
  if (isForTesting) {
    say(
      `Electron ${electron.version} is no ${electronVersion()}: what is made is for testing only, and is called so.`,
    );
  }
  await build();
  await writeShellFiles();
  await installTools();
  await rm(DIST, { recursive: true, force: true });
  await drawIcons();
  await runBuilder({ electron, isForTesting }, targets);
  if (process.platform === 'linux' && targets.length === 0) {
    await makeArchive(DIST, { isForTesting });
    await makeDeb(DIST, { isForTesting });
  }
  await sayWhatWasMade();
}

/** Installs what packaging/package-lock.json names, where it is not there. */
async function installTools() {
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stderr } = await run('npm', args, {
    cwd: tools,
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  throw new SetupError(
    `The tools of packaging could not be installed:\n${stderr.trim()}`,
    'See to the network, or to the registry and proxy in the npm configuration, and try again.',
  );
}

/** Draws the icon in every size that systems ask for. */
async function drawIcons() {
  const { status, stderr } = await run(process.execPath, [
    path.join(tools, 'draw-icons.mjs'),
    path.join(DIST, 'icons'),
  ]);
  if (status !== 0) throw new Error(`The icons could not be drawn: ${stderr}`);
}

/**
 * @param {import('./builder-configuration.mjs').Packaging} packaging
 * @param {readonly string[]} targets
 */
async function runBuilder(packaging, targets) {
  await mkdir(DIST, { recursive: true });
  const configuration = path.join(DIST, 'builder.json');
  await writeFile(configuration, JSON.stringify(builderConfiguration(packaging), null, 2));
  const builder = path.join(tools, 'node_modules/electron-builder/cli.js');
  const system = { darwin: '--mac', win32: '--win' }[String(process.platform)] ?? '--linux';
  const args = [builder, system, ...targets, '--config', configuration, '--publish', 'never'];
  const { status, stdout, stderr } = await run(process.execPath, args, { cwd: projectFolder });
  if (status === 0) return;
  throw new SetupError(
    `${stdout}${stderr}electron-builder ended with status ${status}.`,
    `What it printed, above, says why. ${nameOf(packaging)} was not packaged.`,
  );
}

async function sayWhatWasMade() {
  for (const name of (await readdir(DIST)).sort()) {
    const { size } = await stat(path.join(DIST, name));
    if (/\.(deb|gz|AppImage|dmg|exe)$/.test(name)) say(`dist/${name}: ${describeBytes(size)}`);
  }
}
