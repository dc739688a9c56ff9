import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  executableName,
  findGiven,
  findOwn,
  isRecent,
  reasonIn,
} from '../../scripts/setup/own-electron.mjs';
import { useTemporaryFolder } from './temporary.mjs';

const own = useTemporaryFolder();

/** Writes files of an electron package; a text for each path. */
function writeFiles(files) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(own.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const executable = `dist/${executableName()}`;
const whole = { [executable]: '', 'dist/version': 'v9.8.7', 'path.txt': executableName() };

describe('the binary in the electron package', () => {
  it('is found when it is whole', () => {
    writeFiles(whole);
    expect(findOwn(own.folder, '9.8.7')).toBe(path.join(own.folder, executable));
  });

  it('is none when it is of another version', () => {
    writeFiles(whole);
    expect(findOwn(own.folder, '9.8.8')).toBeUndefined();
  });

  it.each(Object.keys(whole))('is none without %s', (missing) => {
    writeFiles(Object.fromEntries(Object.entries(whole).filter(([name]) => name !== missing)));
    expect(findOwn(own.folder, '9.8.7')).toBeUndefined();
  });
});

describe('the Electron that the user names', () => {
  it('is none where none is named', () => {
    expect(findGiven({})).toBeUndefined();
    expect(findGiven({ ELECTRON_OVERRIDE_DIST_PATH: '' })).toBeUndefined();
  });

  it('is found in its folder', () => {
    writeFiles(whole);
    const folder = path.join(own.folder, 'dist');
    const found = findGiven({ ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(found).toBe(path.join(own.folder, executable));
  });

  it('is asked for where the folder does not hold it', () => {
    const find = () => findGiven({ ELECTRON_OVERRIDE_DIST_PATH: own.folder });
    expect(find).toThrow(`names ${own.folder}, and there is no ${executableName()} in it.`);
  });
});

describe('the executable', () => {
  it.each([
    ['linux', 'electron'],
    ['win32', 'electron.exe'],
    ['darwin', 'Electron.app/Contents/MacOS/Electron'],
  ])('on %s is %s', (platform, name) => {
    expect(executableName(platform)).toBe(name);
  });
});

describe('a failed download', () => {
  const hour = 60 * 60 * 1000;
  const failure = { version: '9.8.7', node: process.version, at: 100 * hour, reason: 'why' };

  it.each([
    ['a short while ago', failure, 101 * hour, true],
    ['long ago', failure, 124 * hour, false],
    ['in the future, by a clock that was wrong', failure, 99 * hour, false],
    ['of another Electron', { ...failure, version: '9.8.8' }, 101 * hour, false],
    ['under another Node', { ...failure, node: 'v1.2.3' }, 101 * hour, false],
    ['that never was', undefined, 101 * hour, false],
  ])('%s', (_, remembered, now, counts) => {
    expect(isRecent(remembered, '9.8.7', now)).toBe(counts);
  });

  it.each([
    ['TypeError: fetch failed\n    at node:internal', 'TypeError: fetch failed'],
    ['warning\nError: EACCES: no\n', 'Error: EACCES: no'],
    ['something else', 'something else'],
    ['', 'its installer gave no reason'],
  ])('is put in a line: %o', (stderr, reason) => {
    expect(reasonIn(stderr)).toBe(reason);
  });
});
