/**
 * Makes the .tar.gz and the Debian package of the app that electron-builder has laid out. electron-builder's own ways take
 * tools that it downloads; `tar` and `dpkg-deb` are on every Debian. The Debian package has no scripts of its own: the
 * system's triggers take in its desktop entry, its file type and its icons, and removing it leaves nothing.
 */
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { hasCode, SetupError } from '../setup/errors.mjs';
import { folderSize } from '../setup/growth.mjs';
import { linkedPackages } from '../setup/libraries.mjs';
import { run } from '../setup/processes.mjs';
import { projectFolder } from '../setup/project.mjs';
import { MIME_TYPE, nameOf, packageName } from './builder-configuration.mjs';

/** @typedef {Pick<import('./builder-configuration.mjs').Packaging, 'isForTesting'>} Marking */

/** Debian's names of architectures. */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

const APP = 'usr/lib/gilscope';

/** The folder that electron-builder lays the app out in. */
const UNPACKED = 'linux-unpacked';

/**
 * Makes the archive, whose one folder runs from wherever it is put.
 * @param {string} dist where electron-builder has made its folder; the archive goes there too
 * @param {Marking} marking
 */
export async function makeArchive(dist, marking) {
  const { version } = await readProject();
  const folder = `${packageName(marking)}-${version}`;
  const file = path.join(dist, `${folder}-linux-${process.arch}.tar.gz`);
  const owner = ['--owner=0', '--group=0', '--numeric-owner'];
  const args = [
    '-czf',
    file,
    '-C',
    dist,
    ...owner,
    `--transform=s,^${UNPACKED},${folder},`,
    UNPACKED,
  ];
  await runTool('tar', args);
}

/**
 * Makes the Debian package.
 * @param {string} dist where electron-builder has made its folder; the package goes there too
 * @param {Marking} marking
 */
export async function makeDeb(dist, marking) {
  const project = await readProject();
  const architecture = /** @type {Record<string, string>} */ (ARCHITECTURES)[process.arch];
  if (architecture === undefined)
    throw new Error(`There is no Debian package for ${process.arch}.`);
  const root = path.join(dist, 'deb');
  await layOut(root, dist, marking);
  const installedKb = Math.ceil((await folderSize(root)) / 1024);
  const control = controlFile({ ...marking, ...project, architecture, installedKb });
  await write(root, 'DEBIAN/control', control);
  const file = path.join(dist, `${packageName(marking)}_${project.version}_${architecture}.deb`);
  // The least of compression: the most takes six times as long for an eighth less.
  await runTool('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', '-z1', root, file]);
  await rm(root, { recursive: true });
}

/** @returns {Promise<{ version: string, description: string }>} */
async function readProject() {
  return JSON.parse(await readFile(path.join(projectFolder, 'package.json'), 'utf8'));
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
async function runTool(program, args) {
  const { status, stderr } = await run(program, args).catch((error) => {
    throw hasCode(error, 'ENOENT')
      ? new SetupError(`${program} is not installed.`, `Install ${program} and try again.`)
      : error;
  });
  if (status !== 0) throw new Error(`${program} failed: ${stderr.trim()}`);
}

/**
 * Lays out the files of the package as they are installed.
 * @param {string} root
 * @param {string} dist
 * @param {Marking} marking
 */
async function layOut(root, dist, marking) {
  const packaging = path.join(projectFolder, 'packaging');
  const shell = path.join(projectFolder, 'out/shell');
  await cp(path.join(dist, UNPACKED), path.join(root, APP), { recursive: true });
  // Chromium's sandbox needs it where the system keeps namespaces from users.
  await chmod(path.join(root, APP, 'chrome-sandbox'), 0o4755);
  await mkdir(path.join(root, 'usr/bin'), { recursive: true });
  await symlink(`../../${APP}/bin/gilscope`, path.join(root, 'usr/bin/gilscope'));
  await write(root, 'usr/share/applications/gilscope.desktop', desktopEntry(marking));
  const copies = [
    [path.join(packaging, 'gilscope.xml'), 'usr/share/mime/packages/gilscope.xml'],
    [path.join(packaging, 'icon.svg'), 'usr/share/icons/hicolor/scalable/apps/gilscope.svg'],
    ...[16, 24, 32, 48, 64, 128, 256, 512].map((size) => [
      path.join(dist, 'icons', `${size}x${size}.png`),
      `usr/share/icons/hicolor/${size}x${size}/apps/gilscope.png`,
    ]),
    [path.join(shell, 'gilscope.bash'), 'usr/share/bash-completion/completions/gilscope'],
    [path.join(shell, '_gilscope'), 'usr/share/zsh/vendor-completions/_gilscope'],
    [path.join(shell, 'gilscope.fish'), 'usr/share/fish/vendor_completions.d/gilscope.fish'],
    [path.join(projectFolder, 'LICENSE'), `usr/share/doc/${packageName(marking)}/copyright`],
  ];
  for (const [from = '', to = ''] of copies) await cp(from, path.join(root, to));
  const manual = await readFile(path.join(shell, 'gilscope.1'));
  await write(root, 'usr/share/man/man1/gilscope.1.gz', gzipSync(manual, { level: 9 }));
}

/**
 * @param {string} root
 * @param {string} file
 * @param {string | Uint8Array} contents
 */
async function write(root, file, contents) {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), contents, { mode: 0o644 });
}

/**
 * @param {Marking & { version: string, description: string, architecture: string, installedKb: number }} about
 * @returns {string}
 */
export function controlFile(about) {
  const { version, description, architecture, installedKb, isForTesting } = about;
  const other = packageName({ isForTesting: !isForTesting });
  return [
    `Package: ${packageName(about)}`,
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Maintainer: The Gilscope developers <developers@gilscope.invalid>',
    `Installed-Size: ${installedKb}`,
    `Depends: ${linkedPackages().map(withTimeT).join(', ')}`,
    'Recommends: xdg-utils',
    `Conflicts: ${other}`,
    `Replaces: ${other}`,
    'Section: science',
    'Priority: optional',
    `Description: ${nameOf(about)}: what a lock does to threads that compute`,
    ` ${description}`,
    '',
  ].join('\n');
}

/**
 * A package under its plain name, or under the one since the move to a 64-bit time_t.
 * @param {string} name
 * @returns {string}
 */
function withTimeT(name) {
  return `${name} | ${name}t64`;
}

/**
 * @param {Marking} marking
 * @returns {string}
 */
export function desktopEntry(marking) {
  const name = nameOf(marking);
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    'GenericName=Profiler of locks and threads',
    'Comment=Shows what a lock does to threads that compute',
    `Exec=/${APP}/gilscope %F`,
    'Icon=gilscope',
    'Terminal=false',
    `StartupWMClass=${name}`,
    'Categories=Development;Profiling;Science;',
    `MimeType=${MIME_TYPE};`,
    'Keywords=profiler;GIL;lock;threads;Python;',
    '',
  ].join('\n');
}
