import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { isBuilt, PRODUCTS, SOURCES } from '../../scripts/build.mjs';
import { fingerprintOf, recordFingerprint } from '../../scripts/fingerprint.mjs';
import { useTemporaryFolder } from './temporary.mjs';

const own = useTemporaryFolder();

function write(name, contents = '') {
  const file = path.join(own.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

beforeEach(() => {
  for (const name of ['src/main/index.ts', 'src/base/units.ts', 'package.json']) {
    write(name, `// ${name}`);
  }
  for (const name of PRODUCTS) write(name);
  const record = path.join(own.folder, 'out/sources.sha256');
  recordFingerprint(record, fingerprintOf(own.folder, SOURCES));
});

it('is built when all is there and made from the sources', () => {
  expect(isBuilt(own.folder)).toBe(true);
});

it.each(['1980-01-01', '2200-01-01'])('is built whatever the files’ times, such as %s', (year) => {
  const time = new Date(year);
  for (const part of ['src/main/index.ts', 'src/main', 'src', 'package.json']) {
    utimesSync(path.join(own.folder, part), time, time);
  }
  expect(isBuilt(own.folder)).toBe(true);
});

it.each([...PRODUCTS, 'out/sources.sha256'])('is not built without %s', (name) => {
  rmSync(path.join(own.folder, name));
  expect(isBuilt(own.folder)).toBe(false);
});

it.each(['src/base/units.ts', 'package.json', 'electron.vite.config.ts', 'package-lock.json'])(
  'is not built when %s is another',
  (name) => {
    write(name, '// another');
    expect(isBuilt(own.folder)).toBe(false);
  },
);

it('is not built when a source was removed, added, or has another name', () => {
  const file = path.join(own.folder, 'src/base/units.ts');
  rmSync(file);
  expect(isBuilt(own.folder)).toBe(false);
  write('src/base/unit.ts', '// src/base/units.ts');
  expect(isBuilt(own.folder)).toBe(false);
  rmSync(path.join(own.folder, 'src/base/unit.ts'));
  write('src/base/units.ts', '// src/base/units.ts');
  expect(isBuilt(own.folder)).toBe(true);
  write('src/base/more.ts');
  expect(isBuilt(own.folder)).toBe(false);
});

it('has a fingerprint of contents and names, in whatever order the system lists them', () => {
  const names = readdirSync(path.join(own.folder, 'src'));
  expect(names).toHaveLength(2);
  const whole = fingerprintOf(own.folder, ['src']);
  expect(fingerprintOf(own.folder, ['src/base', 'src/main'])).toBe(whole);
  expect(fingerprintOf(own.folder, ['src/main', 'src/base'])).not.toBe(whole);
});
