import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  builderConfiguration,
  FUSES,
  MIME_TYPE,
} from '../../../scripts/packaging/builder-configuration.mjs';
import { controlFile, desktopEntry } from '../../../scripts/packaging/linux.mjs';

const electron = { executable: '/electron/electron', version: '45.4.1' };
const shipped = builderConfiguration({ electron, isForTesting: false });
const tried = builderConfiguration({ electron, isForTesting: true });

describe('what electron-builder is told', () => {
  it('names all targets of all systems', () => {
    expect(shipped).toMatchObject({
      linux: { target: ['dir'] },
      mac: { target: ['dmg'] },
      win: { target: ['nsis'] },
    });
  });

  it('has the app read from its archive alone, whose contents are checked where systems can', () => {
    expect(FUSES).toEqual({
      runAsNode: true,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(shipped).toMatchObject({ asar: true, electronFuses: FUSES });
  });

  it('calls what is for testing only so, in its name and in its files’ names', () => {
    expect(shipped).toMatchObject({ productName: 'Gilscope' });
    expect(shipped.artifactName).toMatch(/^gilscope-\$/);
    const productName = 'Gilscope for testing only';
    expect(tried).toMatchObject({ productName, extraMetadata: { productName } });
    expect(tried.artifactName).toMatch(/^gilscope-for-testing-\$/);
  });

  it.each([
    ['/electron/electron', '/electron'],
    ['/e/dist/Electron.app/Contents/MacOS/Electron', '/e/dist'],
  ])('takes Electron from where %s is', (executable, folder) => {
    const told = builderConfiguration({
      electron: { ...electron, executable },
      isForTesting: false,
    });
    expect(told.electronDist).toBe(folder);
  });

  it('knows recordings by one type', () => {
    expect(shipped.fileAssociations).toMatchObject([{ ext: 'gilscope', mimeType: MIME_TYPE }]);
    const types = readFileSync('packaging/gilscope.xml', 'utf8');
    expect(types).toContain(`type="${MIME_TYPE}"`);
    expect(types).toContain('pattern="*.gilscope"');
    expect(desktopEntry({ isForTesting: false })).toContain(`MimeType=${MIME_TYPE};`);
  });
});

describe('the Debian package', () => {
  const about = { version: '1.2.3', description: 'A profiler.', architecture: 'amd64' };

  it('says what it is, what it needs, and that there is one Gilscope at a time', () => {
    const control = controlFile({ ...about, installedKb: 1000, isForTesting: false });
    expect(control).toMatch(/^Package: gilscope$/m);
    expect(control).toMatch(/^Version: 1\.2\.3$/m);
    expect(control).toMatch(/^Depends: .*libgtk-3-0 \| libgtk-3-0t64.*libnss3/m);
    expect(control).toMatch(/^Conflicts: gilscope-for-testing$/m);
    expect(control.endsWith('\n')).toBe(true);
  });

  it('for testing has another name', () => {
    const control = controlFile({ ...about, installedKb: 1000, isForTesting: true });
    expect(control).toMatch(/^Package: gilscope-for-testing$/m);
    expect(desktopEntry({ isForTesting: true })).toMatch(/^Name=Gilscope for testing only$/m);
  });
});
