import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { hasFonts, hasProgram, packagesFor, parseMissing } from '../../scripts/setup/libraries.mjs';
import { chooseNames, install, installCommand } from '../../scripts/setup/packages.mjs';
import { useTemporaryFolder } from './temporary.mjs';

const own = useTemporaryFolder();

const printedByLdd = `	linux-vdso.so.1 (0x00007ffc)
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f1)
	libgtk-3.so.0 => not found
	libnss3.so => not found
	libsmime3.so => not found
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2)
	/lib64/ld-linux-x86-64.so.2 (0x00007f3)
`;

describe('missing libraries', () => {
  it('are read off what ldd prints, each once', () => {
    expect(parseMissing(printedByLdd)).toEqual(['libgtk-3.so.0', 'libnss3.so', 'libsmime3.so']);
    expect(parseMissing('	not a dynamic executable\n')).toEqual([]);
  });

  it('are brought by packages, each named once', () => {
    expect(packagesFor(parseMissing(printedByLdd))).toEqual(['libgtk-3-0', 'libnss3']);
    expect(packagesFor(['libunheard-of.so.1'])).toEqual([]);
  });
});

describe('the name of a package', () => {
  it.each([
    ['as it was', 'Package: libgtk-3-0\nVersion: 3\n', ['libgtk-3-0']],
    ['since the 64-bit time_t', 'Package: libgtk-3-0t64\nVersion: 3\n', ['libgtk-3-0t64']],
    ['where the system knows neither', '', ['libgtk-3-0']],
  ])('%s', (_, shown, names) => {
    expect(chooseNames(['libgtk-3-0'], shown)).toEqual(names);
  });
});

describe.runIf(process.platform === 'linux')('installing packages', () => {
  /** Has apt-get be a shell script, and apt-cache know nothing. */
  function replaceApt(script) {
    const programs = { 'apt-get': script, 'apt-cache': 'exit 0' };
    for (const [name, body] of Object.entries(programs)) {
      writeFileSync(path.join(own.folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    }
    vi.stubEnv('PATH', `${own.folder}:${process.env.PATH}`);
  }

  it('brings the lists up to date, and then installs without asking', async () => {
    const log = path.join(own.folder, 'log');
    replaceApt(`echo "$DEBIAN_FRONTEND $*" >> ${log}`);
    await expect(install(['libone', 'libtwo'])).resolves.toBeUndefined();
    const [update, installed] = readFileSync(log, 'utf8').split('\n');
    expect(update).toMatch(/^noninteractive update /);
    expect(installed).toMatch(/^noninteractive install -y .* libone libtwo$/);
  });

  it('goes on with old lists, and hands on what apt-get says at last', async () => {
    replaceApt('echo "E: no $1" >&2; exit 100');
    await expect(install(['libone'])).resolves.toBe('E: no install');
  });

  it('is named in one command where it may not be done', async () => {
    replaceApt('exit 1');
    const names = 'apt-get update && apt-get install -y --no-install-recommends libone libtwo';
    await expect(installCommand(['libone', 'libtwo'])).resolves.toContain(names);
  });
});

describe('a program', () => {
  it('is there when it is on the PATH and may be run', () => {
    const file = path.join(own.folder, 'tool');
    const searchPath = ['/nowhere', own.folder].join(path.delimiter);
    expect(hasProgram('tool', searchPath)).toBe(false);
    writeFileSync(file, '', { mode: 0o755 });
    expect(hasProgram('tool', searchPath)).toBe(true);
    expect(hasProgram('tool', '')).toBe(false);
  });
});

describe('fonts', () => {
  it('are there when any folder holds one, however deep', () => {
    const folder = path.join(own.folder, 'truetype', 'plain');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'README'), '');
    expect(hasFonts(['/nowhere', own.folder])).toBe(false);
    writeFileSync(path.join(folder, 'Plain.ttf'), '');
    expect(hasFonts(['/nowhere', own.folder])).toBe(true);
  });
});
