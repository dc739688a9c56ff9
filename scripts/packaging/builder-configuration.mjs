/** The configuration of electron-builder, for all systems. */
import path from 'node:path';

/**
 * @typedef {object} Packaging
 * @property {Pick<import('../setup/electron.mjs').Runtime, 'executable' | 'version'>} electron
 * @property {boolean} isForTesting with an Electron that is none to ship
 */

/** The type of recordings, as it stands in packaging/gilscope.xml too. */
export const MIME_TYPE = 'application/vnd.gilscope.recording+zip';

/**
 * The app's name, which About and the menus of systems show.
 * @param {Pick<Packaging, 'isForTesting'>} packaging
 * @returns {string}
 */
export function nameOf({ isForTesting }) {
  return isForTesting ? 'Gilscope for testing only' : 'Gilscope';
}

/**
 * The start of the packages' file names.
 * @param {Pick<Packaging, 'isForTesting'>} packaging
 * @returns {string}
 */
export function packageName({ isForTesting }) {
  return isForTesting ? 'gilscope-for-testing' : 'gilscope';
}

/**
 * What the shipped app may not do that Electron can: docs/security.md says why each is as it is.
 */
export const FUSES = {
  // The command line of the installed app runs in its Electron.
  runAsNode: true,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/**
 * @param {Packaging} packaging
 * @returns {object} electron-builder's configuration, with paths from the project's folder
 */
export function builderConfiguration(packaging) {
  const { electron } = packaging;
  const name = packageName(packaging);
  /** @param {string} from @param {string} to */
  const command = (from, to) => [{ from: `packaging/bin/${from}`, to }];
  return {
    appId: 'org.gilscope.Gilscope',
    productName: nameOf(packaging),
    copyright: 'The Gilscope developers, MIT licence',
    // The licences of all that is inside go beside it.
    extraFiles: [
      { from: 'LICENSE', to: 'LICENSE.gilscope.txt' },
      { from: 'out/licences.txt', to: 'LICENSES.packages.txt' },
    ],
    // The name that the app has for itself, in About and for its settings.
    extraMetadata: { productName: nameOf(packaging) },
    directories: { output: 'dist', buildResources: 'packaging' },
    files: [
      'out/**',
      '!out/bench',
      '!out/shell',
      '!out/licences.txt',
      '!**/*.map',
      '!**/*.sha256',
      'package.json',
    ],
    electronDist: distFolder(electron.executable),
    electronVersion: electron.version,
    afterExtract: './packaging/remove-default-app.mjs',
    npmRebuild: false,
    asar: true,
    electronFuses: FUSES,
    artifactName: `${name}-\${version}-\${os}-\${arch}.\${ext}`,
    fileAssociations: [
      { ext: 'gilscope', name: 'Gilscope recording', mimeType: MIME_TYPE, role: 'Editor' },
    ],
    linux: {
      // The .deb and the .tar.gz are made of that: here electron-builder would download tools for them.
      target: ['dir'],
      executableName: 'gilscope',
      icon: 'dist/icons',
      category: 'Development',
      synopsis: 'Shows what a lock does to threads that compute',
      maintainer: 'The Gilscope developers <developers@gilscope.invalid>',
      extraFiles: command('gilscope', 'bin/gilscope'),
    },
    mac: {
      target: ['dmg'],
      icon: 'dist/icons/1024x1024.png',
      category: 'public.app-category.developer-tools',
      extraResources: command('gilscope-mac', 'bin/gilscope'),
    },
    win: {
      target: ['nsis'],
      icon: 'dist/icons/256x256.png',
      extraFiles: command('gilscope.cmd', 'bin/gilscope.cmd'),
    },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true },
  };
}

/**
 * The folder that holds an unpacked Electron.
 * @param {string} executable
 * @returns {string}
 */
function distFolder(executable) {
  const [inApp] = executable.split(`${path.sep}Electron.app${path.sep}`);
  return inApp === executable || inApp === undefined ? path.dirname(executable) : inApp;
}
